/** What a browser asks for to verify a document. The document itself stays with the visitor. */
import { z } from 'zod'

const names = z.array(z.string().max(2000)).max(8)

/**
 * Addresses and identifiers that a document names. Whatever is not of an issuer that the registry knows is left out of the answer, and nobody else is
 * asked for it. `bodies` are ids and numbers of whoever awarded, for registries of accreditations; `signers` certificates, base64 of DER, for trusted lists;
 * `chains` are certificates, leaf first, base64 of DER, whose revocation is in question.
 */
export const EvidenceAsked = z
  .strictObject({
    statusLists: names,
    controllers: names.optional(),
    hosted: names.optional(),
    issuerMetadata: names.optional(),
    types: names.optional(),
    bodies: z.array(z.string().max(500)).max(16).optional(),
    signers: z.array(z.string().max(16_000)).max(8).optional(),
    chains: z
      .array(z.array(z.string().max(16_000)).min(1).max(6))
      .max(4)
      .optional(),
  })
  .meta({ id: 'VerifyEvidence' })
export type EvidenceAsked = z.infer<typeof EvidenceAsked>
