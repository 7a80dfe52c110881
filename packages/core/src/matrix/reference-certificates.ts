/** Certificates as they are met everywhere, from a full micro-credential to a slip of attendance: what every policy can be asked about (domain 5). */

import { readAs } from '../read-as.ts'
import { type CredentialFacts, RecognitionCase } from '../recognition/case.ts'
import type { TargetForm } from '../recognition/target.ts'

/** The reference certificates, those that tell the most first. */
export const referenceCertificateIds = [
  'full-micro-credential',
  'short-course',
  'online-course',
  'paper-completion',
  'paper-attendance',
] as const
export type ReferenceCertificateId = (typeof referenceCertificateIds)[number]

const none = { reference: false, signature: false, seal: false }
const facts: Readonly<Record<ReferenceCertificateId, Omit<CredentialFacts, 'id'>>> = {
  'full-micro-credential': {
    awardType: 'successful-completion',
    proof: 'qualified-eseal',
    eqf: 6,
    workload: [
      { value: 5, unit: 'ECTS', basis: 'total' },
      { value: 125, unit: 'hours', basis: 'total', hoursPerECTS: 25 },
    ],
    assessment: { type: 'project', supervised: true, idVerified: true, inPerson: true },
    mode: 'blended',
    marks: { reference: true, signature: true, seal: true },
  },
  'short-course': {
    awardType: 'successful-completion',
    proof: 'advanced-eseal',
    eqf: 5,
    workload: [{ value: 40, unit: 'hours', basis: 'total' }],
    assessment: { type: 'written examination', supervised: true, idVerified: true, inPerson: null },
    mode: 'presential',
    marks: { ...none, reference: true },
  },
  'online-course': {
    awardType: 'successful-completion',
    proof: 'wallet-vc',
    eqf: null,
    workload: [{ value: 25, unit: 'hours', basis: null }],
    assessment: { type: 'quiz', supervised: false, idVerified: false, inPerson: false },
    mode: 'online',
    marks: none,
  },
  'paper-completion': {
    awardType: 'successful-completion',
    proof: 'paper',
    eqf: null,
    workload: [{ value: 20, unit: 'hours', basis: 'contact' }],
    assessment: { type: 'written examination', supervised: null, idVerified: null, inPerson: null },
    mode: 'presential',
    marks: { ...none, signature: true, seal: true },
  },
  'paper-attendance': {
    awardType: 'attendance',
    proof: 'paper',
    eqf: null,
    workload: [{ value: 6, unit: 'hours', basis: 'contact' }],
    assessment: null,
    mode: 'presential',
    marks: { ...none, signature: true },
  },
}

/**
 * A reference certificate as a case: issued on the day, by nobody in particular, valid, and its holder's. A post counts hours, so they come first there.
 */
export function referenceCase(
  id: ReferenceCertificateId,
  { asOf, target, form }: { asOf: string; target: string; form: TargetForm },
): RecognitionCase {
  const { workload, ...told } = facts[id]
  const readings = form === 'post' ? workload?.toReversed() : workload
  const credential = { ...told, id, workload: readings, issueDate: asOf, status: 'valid', holderMatch: 'verified' }
  return readAs(RecognitionCase, { id, type: 'recognition', asOf, credentials: [credential], target, policies: ['none'] } as never)
}
