/** Certificates and statements on revocation that are at hand, wherever they came from: read once, trusted for nothing. */
import { ProblemError } from '@cairn/core'
import {
  type CarriedValues,
  type Certificate,
  type Crl,
  carriedValues,
  checkCrl,
  checkOcsp,
  type Ocsp,
  parseCertificate,
  readCrl,
  readOcsp,
  type SealRead,
  type StatusStatement,
} from '@cairn/seals'
import type { Evidence } from '../evidence.ts'

/** What is at hand. */
export interface Values {
  readonly certificates: readonly Certificate[]
  readonly crls: readonly Crl[]
  readonly ocsps: readonly Ocsp[]
}

/** How many of a kind are looked at: a seal full of lists must not keep us busy (R-LIM-1). */
const most = 128

/** Reads what a seal carries, what its time stamps bring, and what the evidence adds. What cannot be read is left out: it proves nothing. */
export function valuesOf(
  seal: SealRead | undefined,
  { revocation, certificates = [] }: Evidence,
  more: Partial<CarriedValues> = {},
): Values {
  const carried = (seal?.signatures ?? []).map(({ unsigned }) => carriedValues(unsigned))
  const ocsps = readable([...(revocation?.ocsps ?? []), ...(more.ocsps ?? []), ...carried.flatMap((each) => each.ocsps)], readOcsp)
  const ownCertificates = (seal?.signatures ?? []).flatMap((each) => each.certificates)
  return {
    crls: readable([...(revocation?.crls ?? []), ...(more.crls ?? []), ...carried.flatMap((each) => each.crls)], readCrl),
    ocsps,
    certificates: [
      ...ownCertificates,
      ...readable([...carried.flatMap((each) => each.certificates), ...(more.certificates ?? []), ...certificates], parseCertificate),
      ...ocsps.flatMap((each) => each.certificates),
    ],
  }
}

function readable<T>(list: readonly Uint8Array[], read: (der: Uint8Array) => T): T[] {
  return list.slice(0, most).flatMap((der) => {
    try {
      return [read(der)]
    } catch (error) {
      if (error instanceof ProblemError) return []
      throw error
    }
  })
}

/** What was found before for the same values: many time stamps of one authority ask the same question. */
const found = new WeakMap<Values, Map<Certificate, { issuer: Certificate; statements: Promise<StatusStatement[]> }>>()

/** Every statement on a certificate by somebody who may make it. */
export function statementsOn(certificate: Certificate, issuer: Certificate, values: Values): Promise<StatusStatement[]> {
  const known = found.get(values) ?? new Map()
  found.set(values, known)
  const before = known.get(certificate)
  if (before?.issuer === issuer) return before.statements
  const statements = findStatements(certificate, issuer, values)
  known.set(certificate, { issuer, statements })
  return statements
}

async function findStatements(certificate: Certificate, issuer: Certificate, values: Values): Promise<StatusStatement[]> {
  const found: StatusStatement[] = []
  for (const crl of values.crls) {
    const checked = await checkCrl(crl, certificate, issuer)
    if (checked && 'statement' in checked) found.push(checked.statement)
  }
  for (const ocsp of values.ocsps) {
    const checked = await checkOcsp(ocsp, certificate, issuer)
    if (checked && 'statement' in checked && !(await isRevokedResponder(checked.statement, issuer, values))) found.push(checked.statement)
  }
  return found
}

/** A responder whose certificate does not say that nobody publishes its status may itself be on a list. */
async function isRevokedResponder({ responder }: StatusStatement, issuer: Certificate, { crls }: Values): Promise<boolean> {
  if (!responder || responder.noStatusPublished) return false
  for (const crl of crls) {
    const checked = await checkCrl(crl, responder, issuer)
    if (checked && 'statement' in checked && checked.statement.status === 'revoked') return true
  }
  return false
}
