/** Words for kinds, states, reasons and roles. */
import type { CredentialState, GivenReason, Kind, RevocationReason } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'

/** Names of the kinds of record. */
export const kindNames: Record<Kind, () => string> = {
  'micro-credential': m.kind_micro_credential,
  'certificate-of-completion': m.kind_certificate_of_completion,
  'certificate-of-participation': m.kind_certificate_of_participation,
  'certificate-of-attendance': m.kind_certificate_of_attendance,
  badge: m.kind_badge,
  diploma: m.kind_diploma,
  transcript: m.kind_transcript,
}

/** Words for the states of a credential. */
export const stateNames: Record<CredentialState, () => string> = {
  intended: m.state_intended,
  sealed: m.state_sealed,
  delivered: m.state_delivered,
  superseded: m.state_superseded,
  revoked: m.state_revoked,
}

/** Words for the reasons of a revocation. */
export const reasonNames: Record<RevocationReason, () => string> = {
  error: m.reason_error,
  superseded: m.reason_superseded,
  fraud: m.reason_fraud,
  'withdrawn-by-awarding-body': m.reason_withdrawn_by_awarding_body,
  'learner-request': m.reason_learner_request,
  'key-compromise': m.reason_key_compromise,
}

/** Reasons that a person can give. */
export const givenReasons = (Object.keys(reasonNames) as RevocationReason[]).filter(
  (reason): reason is GivenReason => reason !== 'superseded',
)

/** What a level of the EQF compares to. */
export const levelComparisons: readonly (() => string)[] = [m.eqf_1, m.eqf_2, m.eqf_3, m.eqf_4, m.eqf_5, m.eqf_6, m.eqf_7, m.eqf_8]
