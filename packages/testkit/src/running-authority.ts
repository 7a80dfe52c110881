/** A small neighbourhood on loopback: root, seal authority, time-stamp authority, OCSP responder and revocation lists, all of one name. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { demonstrationMark } from '@cairn/keys'
import { parseCertificate } from '@cairn/seals'
import { type Absence, answerAway } from './absence.ts'
import {
  type Authority,
  type AuthorityOptions,
  createAuthority,
  issueSealCertificate,
  type SealCertificateOptions,
  type SealIdentity,
} from './authority.ts'
import { type CertifiedKey, createCertificate } from './certificate.ts'
import { nothing } from './der.ts'
import { createCrl, createOcspAnswer, readOcspQuestion, refuseOcsp } from './revocation.ts'
import { loadAuthority, loadKey, loadRevocations, type SavedAuthority, saveKey, saveRevocations } from './saved-authority.ts'
import { answerTimeStampRequest } from './time-stamping.ts'

/** Part of the neighbourhood that can be away. */
export type Part = 'tsa' | 'ocsp' | 'crl' | 'ca'

/** The running neighbourhood. Its clock is the real one until it is set. */
export interface RunningAuthority extends Authority {
  /** `http://127.0.0.1:port`; the caller has to allow it, for it is no public address. */
  origin: string
  timeStampAddress: string
  tsa: CertifiedKey
  responder: CertifiedKey
  /** Sets the clock of all its parts; `undefined` gives the real one back. */
  setClock(moment: Date | undefined): void
  /** Parts that are away from now on, and how. */
  setAway(parts: readonly Part[], how?: Absence): void
  /** Issues a sealing certificate that names the addresses of this neighbourhood. */
  issue(options: SealCertificateOptions): SealIdentity
  /** Revokes a certificate of the seal authority or of the root, from its clock on or from `at`. */
  revoke(certificate: Uint8Array, at?: Date, reason?: number): void
  /** Answers of the parts without the network, DER in and DER out. */
  timeStamp(request: Uint8Array): Uint8Array
  ocsp(request: Uint8Array): Uint8Array
  crl(of: 'root' | 'seal'): Uint8Array
  /** Keys, certificates, port and revocations, for the next start. */
  save(): SavedAuthority
  /** How often each path was asked. */
  asked: Map<string, number>
  stop(): Promise<void>
}

const hour = 3_600_000
const types: Record<Part, string> = {
  tsa: 'application/timestamp-reply',
  ocsp: 'application/ocsp-response',
  crl: 'application/pkix-crl',
  ca: 'application/pkix-cert',
}

/** Starts the neighbourhood on loopback: a new one on `port` or a random one, or one that was saved on the port that its certificates name. */
export async function startAuthority(
  name = 'Neighbourhood',
  options: AuthorityOptions & { saved?: SavedAuthority | undefined; port?: number } = {},
): Promise<RunningAuthority> {
  const { saved } = options
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(saved?.port ?? options.port ?? 0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const fromRoot = { crl: `${origin}/crl/root.crl`, ocsp: `${origin}/ocsp/root` }
  const authority = saved ? loadAuthority(saved) : createAuthority(name, { ...options, addresses: { crl: fromRoot.crl } })
  const { algorithm = 'ES256', from = new Date(Date.now() - 24 * hour) } = options
  const to = options.to ?? new Date(from.getTime() + 10 * 365.25 * 24 * hour)
  const marks = options.demonstration ? [{ id: demonstrationMark }] : []
  const tsa = saved
    ? loadKey(saved.tsa)
    : createCertificate({
        subject: { commonName: `${name} TSA`, organisation: name },
        algorithm,
        from,
        to,
        issuer: authority.root,
        ca: false,
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'],
        extendedKeyUsageCritical: true,
        addresses: fromRoot,
        marks,
      })
  const responder = saved
    ? loadKey(saved.responder)
    : createCertificate({
        subject: { commonName: `${name} OCSP`, organisation: name },
        algorithm,
        from,
        to,
        issuer: authority.issuing,
        ca: false,
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'],
        extensions: [{ id: '1.3.6.1.5.5.7.48.1.5', value: nothing() }],
        marks,
      })

  let clock: Date | undefined
  let [away, absence]: [readonly Part[], Absence] = [[], 'refusing']
  // Serial numbers of tokens go on from the clock, so that a restart repeats none.
  let serial = Math.floor(Date.now() / 1000)
  const asked = new Map<string, number>()
  const revoked = { root: loadRevocations(saved?.revoked.root ?? []), seal: loadRevocations(saved?.revoked.seal ?? []) }
  const now = () => clock ?? new Date()
  const issuerOf = { root: authority.root, seal: authority.issuing }

  const timeStamp = (request: Uint8Array) => answerTimeStampRequest(request, tsa, now(), ++serial)
  const crl = (of: 'root' | 'seal') =>
    createCrl({
      issuer: issuerOf[of],
      thisUpdate: now(),
      nextUpdate: new Date(now().getTime() + 24 * hour),
      revoked: [...revoked[of].values()],
    })
  const ocsp = (request: Uint8Array, of: 'root' | 'seal' = 'seal') => {
    const question = readOcspQuestion(request)
    if (!question) return refuseOcsp(1)
    const entry = revoked[of].get(question.serial)
    const at = now()
    return createOcspAnswer({
      certId: question.certId,
      status: entry && entry.at <= at ? { at: entry.at, ...(entry.reason === undefined ? {} : { reason: entry.reason }) } : 'good',
      // The seal authority has a responder of its own, the root answers itself.
      signer: of === 'seal' ? responder : authority.root,
      withCertificate: of === 'seal',
      producedAt: at,
      nextUpdate: new Date(at.getTime() + hour),
      nonce: question.nonce,
    })
  }

  const answer = (path: string, body: Uint8Array): { part: Part; bytes: () => Uint8Array } | undefined => {
    if (path === '/tsa') return { part: 'tsa', bytes: () => timeStamp(body) }
    if (path === '/ocsp/seal') return { part: 'ocsp', bytes: () => ocsp(body) }
    if (path === '/ocsp/root') return { part: 'ocsp', bytes: () => ocsp(body, 'root') }
    if (path === '/crl/root.crl') return { part: 'crl', bytes: () => crl('root') }
    if (path === '/crl/seal.crl') return { part: 'crl', bytes: () => crl('seal') }
    if (path === '/ca/seal.cer') return { part: 'ca', bytes: () => authority.issuing.certificate }
    return undefined
  }
  server.on('request', async (request, response) => {
    const path = request.url ?? '/'
    asked.set(path, (asked.get(path) ?? 0) + 1)
    const found = answer(path, await bodyOf(request))
    if (!found) response.writeHead(404).end()
    else if (away.includes(found.part)) answerAway(response, absence, types[found.part])
    else response.writeHead(200, { 'content-type': types[found.part] }).end(found.bytes())
  })

  return {
    ...authority,
    origin,
    timeStampAddress: `${origin}/tsa`,
    tsa,
    responder,
    asked,
    setClock: (moment) => {
      clock = moment
    },
    setAway: (parts, how = 'refusing') => {
      ;[away, absence] = [parts, how]
    },
    issue: (wanted) =>
      issueSealCertificate(authority, {
        addresses: { ocsp: `${origin}/ocsp/seal`, crl: `${origin}/crl/seal.crl`, issuer: `${origin}/ca/seal.cer` },
        ...wanted,
      }),
    revoke: (certificate, at = now(), reason) => {
      const { serial: number, issuerDer } = parseCertificate(certificate)
      const of = Buffer.compare(issuerDer, parseCertificate(authority.root.certificate).subjectDer) === 0 ? 'root' : 'seal'
      revoked[of].set(number, { serial: number, at, ...(reason === undefined ? {} : { reason }) })
    },
    save: () => ({
      name: authority.name,
      demonstration: authority.demonstration,
      port: Number(new URL(origin).port),
      root: saveKey(authority.root),
      issuing: saveKey(authority.issuing),
      tsa: saveKey(tsa),
      responder: saveKey(responder),
      revoked: { root: saveRevocations(revoked.root.values()), seal: saveRevocations(revoked.seal.values()) },
    }),
    timeStamp,
    ocsp: (request) => ocsp(request),
    crl,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
