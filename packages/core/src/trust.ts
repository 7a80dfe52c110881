/** Who may seal what, and how their seal is known: the trust file of `--trust`, and the same shape in the database. */
import { z } from 'zod'
import { PlainDate } from './moments.ts'

/** One issuer that somebody vouches for. `types` names credential types, `*` any. */
export const TrustEntry = z
  .strictObject({
    id: z.string().min(1).max(500),
    legalName: z.string().min(1).max(500),
    organizationIdentifier: z.string().max(200).optional(),
    keys: z.array(z.string().max(500)).max(50).default([]),
    types: z.array(z.string().max(200)).max(50).default(['*']),
    from: PlainDate.nullish(),
    to: PlainDate.nullish(),
    logRequired: z.boolean().default(false),
  })
  .meta({ id: 'TrustEntry', title: 'Trust entry' })
export type TrustEntry = z.infer<typeof TrustEntry>

/** The registry handed to the verifier: anchors as base64 DER, trusted lists by file or address, issuers. */
export const TrustRegistry = z
  .strictObject({
    name: z.string().max(300).optional(),
    readAt: z.string().max(40).optional(),
    anchors: z.array(z.string().max(20_000)).max(1000).default([]),
    trustedLists: z.array(z.string().max(2000)).max(100).default([]),
    issuers: z.array(TrustEntry).max(10_000).default([]),
  })
  .meta({ id: 'TrustRegistry', title: 'Trust registry' })
export type TrustRegistry = z.infer<typeof TrustRegistry>
