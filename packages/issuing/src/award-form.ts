/** A form in which awards are signed, made ready once for an edition, its issuer and a key. */
import { type AwardGiven, type Edition, type Issuer, type RuleFinding, refuseBlocked, type StatusEntry } from '@cairn/core'
import type { Signer } from '@cairn/seals'

/** What every award of an edition has in common: the edition, who signs, with which key. */
export interface FormGiven {
  edition: Edition
  issuer: Issuer
  signer: Signer
}

/** One award: what was given under its id, when it was sealed (RFC 3339), and its place in a status list where it has one. */
export interface AwardToSign {
  award: AwardGiven & { id: string }
  issued: string
  status?: StatusEntry
}

/** One signed form. */
export interface AwardForm {
  /** What a last look at the very document finds. */
  lint(award: AwardToSign): RuleFinding[]
  /** Composes and signs, without a look. */
  sign(award: AwardToSign): Promise<Uint8Array>
}

/** Signs one award after a look at its very document. Raises the blocking findings, the first with the others as its causes. */
export function signLinted(form: AwardForm, award: AwardToSign): Promise<Uint8Array> {
  refuseBlocked(form.lint(award))
  return form.sign(award)
}
