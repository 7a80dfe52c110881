/** What the file of every key has, wherever the key itself is. */
import { z } from 'zod'

/** Base64 DER. */
export const base64Text = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9+/]+=*$/)

/** Members of a key file beside those of its holder. */
export const keyHead = {
  cairn: z.literal('key'),
  version: z.literal(1),
  label: z.string().min(1).max(200),
  /** One key, one purpose (R-KEY-3): sealing credentials, or signing status lists. */
  purpose: z.enum(['seal', 'status']),
  algorithm: z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']),
  organizationIdentifier: z.string().max(200).optional(),
  /** Base64 DER, leaf first, without the root. */
  certificates: z.array(base64Text).min(1).max(6),
}
