/** What a form of a credential is signed from. */
import type { AwardGiven, Edition, Issuer, StatusEntry } from '@cairn/core'
import type { Signer } from '@cairn/seals'

/** The edition, who signs with which key, what was awarded, when it was sealed (RFC 3339), and its place in the status list. */
export interface FormGiven {
  edition: Edition
  issuer: Issuer
  signer: Signer
  award: AwardGiven & { id: string }
  issued: string
  status: StatusEntry
}
