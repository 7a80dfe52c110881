/** Statements on the revocation of certificates, asked for where the certificates say (RFC 6960, RFC 5280). */
import { randomBytes } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { checkCrl, checkOcsp, createOcspRequest, readCrl, readOcspAnswer, sameBytes } from '@cairn/seals'
import type { ChainLink } from '@cairn/verifier'
import type { Door } from './door.ts'
import type { Ask } from './fetch-safely.ts'

/** What was collected, in DER. */
export interface Statements {
  crls: Uint8Array[]
  ocsps: Uint8Array[]
}

/** How many addresses of one certificate are tried. */
const mostAddresses = 2
/** Servers that did not answer while these were collected: they are not waited for again. */
const away = new WeakMap<Statements, Set<string>>()

async function ask(address: string, question: Ask, door: Door, found: Statements): Promise<Uint8Array> {
  const silent = away.get(found) ?? new Set()
  away.set(found, silent)
  const origin = URL.parse(address)?.origin ?? address
  if (silent.has(origin)) throw new ProblemError('fetch.failed', 'The server did not answer before.')
  try {
    return (await door(address, { ...question, signedContent: true })).bytes
  } catch (error) {
    if (error instanceof ProblemError && /not answer/.test(error.problem.detail)) silent.add(origin)
    throw error
  }
}

/**
 * Adds a statement for every certificate that names a source and has no recent one: an OCSP answer, else a list. Gives back the certificates for
 * which none was to be had; what was answered and does not speak of the certificate is not taken.
 */
export async function fetchStatements(links: readonly ChainLink[], door: Door, found: Statements, always = false): Promise<ChainLink[]> {
  const missing: ChainLink[] = []
  for (const link of links) {
    const { certificate, isKnown } = link
    if ((isKnown && !always) || certificate.noStatusPublished) continue
    if (certificate.ocspAddresses.length + certificate.crlAddresses.length === 0) continue
    if (!(await askResponder(link, door, found)) && !(await fetchList(link, door, found))) missing.push(link)
  }
  return missing
}

async function askResponder({ certificate, issuer }: ChainLink, door: Door, found: Statements): Promise<boolean> {
  for (const address of certificate.ocspAddresses.slice(0, mostAddresses))
    try {
      const nonce = new Uint8Array(randomBytes(16))
      const body = await createOcspRequest(certificate, issuer, { nonce })
      const post = { body, mediaType: 'application/ocsp-request' }
      const bytes = await ask(address, { post, accept: 'application/ocsp-response' }, door, found)
      const checked = await checkOcsp(readOcspAnswer(bytes, nonce), certificate, issuer)
      if (!checked || 'problem' in checked || checked.statement.status === 'unknown') continue
      add(found.ocsps, bytes)
      return true
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
    }
  return false
}

async function fetchList({ certificate, issuer }: ChainLink, door: Door, found: Statements): Promise<boolean> {
  for (const crl of found.crls) {
    const checked = await checkCrl(readCrl(crl), certificate, issuer)
    if (checked && 'statement' in checked) return true
  }
  for (const address of certificate.crlAddresses.slice(0, mostAddresses))
    try {
      const bytes = await ask(address, { accept: 'application/pkix-crl' }, door, found)
      const checked = await checkCrl(readCrl(bytes), certificate, issuer)
      if (!checked || 'problem' in checked) continue
      add(found.crls, bytes)
      return true
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
    }
  return false
}

function add(list: Uint8Array[], bytes: Uint8Array): void {
  if (!list.some((each) => sameBytes(each, bytes))) list.push(new Uint8Array(bytes))
}
