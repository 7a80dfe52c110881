/** Stages of a credential as types: an unlinted document cannot be sealed, and only `finish` or `read` give a sealed one. */
import { z } from 'zod'
import { Instant } from './moments.ts'
import { Urn, Uuid } from './text.ts'

declare const stage: unique symbol

/** A composed and linted document, exactly the text that will be sealed. Only `formats` makes one, by {@link unsealed}. */
export interface Unsealed {
  readonly [stage]: 'unsealed'
  readonly format: 'elm' | 'declaration'
  readonly id: string
  /** The payload, character by character as it will be signed. */
  readonly payload: string
  /** The payload in UTF-8, and the payload as a JSON string in UTF-8: given where they come cheaper than by encoding the text. */
  readonly bytes?: Uint8Array
  readonly quoted?: Uint8Array
  /** Bytes that lie free around both in their buffers, for whoever seals first: what is signed and what is stored are then written in place. */
  readonly room?: { readonly before: number; readonly behind: number }
}

/** Sealed bytes. Only `seals` makes one, by {@link sealed}. */
export interface Sealed {
  readonly [stage]: 'sealed'
  readonly format: 'elm' | 'declaration'
  readonly id: string
  readonly bytes: Uint8Array
}

/** Marks a composed and linted document; for `formats` alone. */
export function unsealed(value: Omit<Unsealed, typeof stage>): Unsealed {
  return value as Unsealed
}
/** Marks sealed bytes; for `seals` alone. */
export function sealed(value: Omit<Sealed, typeof stage>): Sealed {
  return value as Sealed
}

/** Where a credential says its status stands: the list's address and the index in it. */
export const StatusEntry = z
  .strictObject({ list: z.string().max(2000), index: z.int().min(0), purpose: z.enum(['revocation', 'suspension']).default('revocation') })
  .meta({ id: 'StatusEntry', title: 'Status entry' })
export type StatusEntry = z.infer<typeof StatusEntry>

export const credentialStates = ['intended', 'sealed', 'delivered', 'superseded', 'revoked'] as const
export const CredentialState = z.enum(credentialStates).meta({ id: 'CredentialState', title: 'State' })
export type CredentialState = z.infer<typeof CredentialState>

/** Under which type an award is given to wallets: the European learning credential, or our own micro-credential, which extends it. */
export const WalletType = z.enum(['learning-credential', 'micro-credential']).meta({ id: 'WalletType', title: 'Type for wallets' })
export type WalletType = z.infer<typeof WalletType>

/** Why a credential was revoked; the public page says it in words. */
export const RevocationReason = z
  .enum(['error', 'superseded', 'fraud', 'withdrawn-by-awarding-body', 'learner-request', 'key-compromise'])
  .meta({ id: 'RevocationReason', title: 'Reason' })
export type RevocationReason = z.infer<typeof RevocationReason>

/** A reason that somebody can give. What is superseded has another in its place: that comes of replacing, never of a choice. */
export const GivenReason = RevocationReason.exclude(['superseded']).meta({ id: 'GivenReason', title: 'Reason' })
export type GivenReason = z.infer<typeof GivenReason>

/** What the console knows of a credential. */
export const CredentialRecord = z
  .strictObject({
    id: Uuid,
    award: Urn,
    edition: Uuid,
    title: z.string(),
    learner: z.string(),
    email: z.string().optional(),
    referenceNumber: z.string().optional(),
    state: CredentialState,
    awardDate: z.string(),
    sealedAt: Instant.optional(),
    deliveredAt: Instant.optional(),
    revokedAt: Instant.optional(),
    reason: RevocationReason.optional(),
    supersedes: Uuid.optional(),
    supersededBy: Uuid.optional(),
  })
  .meta({ id: 'CredentialRecord', title: 'Credential' })
export type CredentialRecord = z.infer<typeof CredentialRecord>
