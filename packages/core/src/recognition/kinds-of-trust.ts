/** Requirements on who stands behind a credential: proof, holder, issuer, accreditation. */
import { z } from 'zod'
import { type AccreditationRecord, standsOn } from './accreditation.ts'
import type { CredentialFacts } from './case.ts'
import { type FactUsed, factOf, type Judgement, judged, judgeEach, type RecognitionFacts } from './facts.ts'
import { kind, plainKind, words } from './kind.ts'
import { Id, ProofKind } from './words.ts'

function authentic(credential: CredentialFacts, proofs: readonly string[]): Judgement {
  const facts = [factOf(credential, 'status'), factOf(credential, 'proof')]
  const { status, proof } = credential
  if (status === 'revoked') return judged('fail', ['CREDENTIAL_REVOKED'], { facts })
  if (status === 'invalid') return judged('fail', ['CREDENTIAL_INVALID'], { facts })
  if (status === 'suspended') return judged('unknown', ['CREDENTIAL_SUSPENDED'], { facts })
  if (status !== 'valid' || !proof) return judged('unknown', ['AUTHENTICITY_UNKNOWN'], { facts })
  return proofs.includes(proof)
    ? judged('pass', [], { facts })
    : judged('unknown', ['PROOF_NOT_ACCEPTED'], { facts, threshold: [...proofs] })
}

function accredited(credential: CredentialFacts, facts: RecognitionFacts, coverLevel: boolean): Judgement {
  const { issuer, issueDate, eqf } = credential
  const records = facts.accreditations.filter(({ organisation }) => organisation === issuer)
  const used: FactUsed[] = [
    factOf(credential, 'issuer'),
    factOf(credential, 'issueDate'),
    ...records.map(({ id, from, to }) => ({
      path: `/accreditationRegistry/${id}`,
      value: [from, to ?? null],
      source: 'registry' as const,
    })),
  ]
  if (!issuer || !issueDate || records.length === 0) return judged('unknown', ['ACCREDITATION_UNKNOWN'], { facts: used })
  const standing = records.filter((record) => standsOn(record, issueDate))
  if (standing.length === 0) return judged('fail', ['NOT_ACCREDITED_AT_ISSUE'], { facts: used, threshold: issueDate })
  if (!coverLevel) return judged('pass', [], { facts: used })
  used.push(factOf(credential, 'eqf'))
  if (eqf == null) return judged('unknown', ['LEVEL_UNKNOWN'], { facts: used })
  if (standing.some((record) => record.eqf?.includes(eqf))) return judged('pass', [], { facts: used })
  return standing.some((record) => record.eqf == null)
    ? judged('unknown', ['ACCREDITATION_LEVEL_UNKNOWN'], { facts: used, threshold: eqf })
    : judged('fail', ['ACCREDITATION_DOES_NOT_COVER_LEVEL'], { facts: used, threshold: eqf })
}

function ofType(credential: CredentialFacts, records: readonly AccreditationRecord[], types: readonly string[]): Judgement {
  const own = records.filter(({ organisation, decision }) => organisation === credential.issuer && decision !== 'negative')
  const facts = [factOf(credential, 'issuer')]
  const threshold = [...types]
  if (!credential.issuer || !credential.issueDate || own.length === 0)
    return judged('unknown', ['ACCREDITATION_UNKNOWN'], { facts, threshold })
  const standing = own.filter((record) => standsOn(record, credential.issueDate!))
  if (standing.some(({ type }) => type && types.includes(type))) return judged('pass', [], { facts, threshold })
  return standing.some(({ type }) => !type)
    ? judged('unknown', ['ACCREDITATION_TYPE_UNKNOWN'], { facts, threshold })
    : judged('fail', ['ACCREDITATION_TYPE_NOT_ACCEPTED'], { facts, threshold })
}

/** Kinds of trust. */
export const kindsOfTrust = {
  authenticity: kind(words('proofs', ProofKind), (facts, { proofs }) => judgeEach(facts, (each) => authentic(each, proofs))),
  'holder-match': plainKind((facts) =>
    judgeEach(facts, (each) => {
      const used = { facts: [factOf(each, 'holderMatch')] }
      if (each.holderMatch === 'verified') return judged('pass', [], used)
      return each.holderMatch === 'mismatch' ? judged('fail', ['HOLDER_MISMATCH'], used) : judged('unknown', ['HOLDER_UNKNOWN'], used)
    }),
  ),
  // No fact of a case tells on which lists an issuer stands, so a person looks.
  'issuer-trust': kind(words('lists', Id), (facts, { lists }) =>
    judgeEach(facts, (each) => judged('unknown', ['ISSUER_TRUST_UNKNOWN'], { facts: [factOf(each, 'issuer')], threshold: lists })),
  ),
  'issuer-listed': plainKind((facts) =>
    judgeEach(facts, (each) => {
      const listed = facts.numbers.recognisedIssuers ?? []
      const used = { facts: [factOf(each, 'issuer')], threshold: [...listed] }
      if (!each.issuer) return judged('unknown', ['ISSUER_UNKNOWN'], used)
      return listed.includes(each.issuer) ? judged('pass', [], used) : judged('fail', ['ISSUER_NOT_LISTED'], used)
    }),
  ),
  'accredited-at-issue': kind(z.strictObject({ coverLevel: z.boolean().default(false) }), (facts, { coverLevel }) =>
    judgeEach(facts, (each) => accredited(each, facts, coverLevel)),
  ),
  'qa-type': kind(words('types', z.string().min(1).max(200)), (facts, { types }) =>
    judgeEach(facts, (each) => ofType(each, facts.accreditations, types)),
  ),
  'authorised-provider': plainKind((facts) =>
    judgeEach(facts, (each) => {
      const used = { facts: [factOf(each, 'providerAuthorised', 'registry')] }
      if (each.providerAuthorised == null) return judged('unknown', ['PROVIDER_AUTHORISATION_UNKNOWN'], used)
      return each.providerAuthorised ? judged('pass', [], used) : judged('fail', ['PROVIDER_NOT_AUTHORISED'], used)
    }),
  ),
  'annex1-complete': plainKind((facts) => judgeEach(facts, () => judged('unknown', ['ANNEX_1_NOT_CHECKED']))),
}
