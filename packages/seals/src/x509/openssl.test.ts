/** Paths judged by us and by OpenSSL over chains made at random (R-X509-1): every disagreement has its reason here. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type CertificateContent, type CertifiedKey, createCertificate, element, objectIdentifier, randomFrom } from '@cairn/testkit'
import { afterAll, expect, test } from 'vitest'
import { buildPath, parseCertificate } from '../index.ts'

const run = promisify(execFile)
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-openssl-'))
afterAll(() => rmSync(folder, { recursive: true }))
const version = await run('openssl', ['version']).then(
  ({ stdout }) => stdout.trim(),
  () => undefined,
)

const at = new Date('2026-05-12T10:00:00Z')
const day = (text: string) => new Date(`${text}T00:00:00Z`)
const serverAuth = '1.3.6.1.5.5.7.3.1'
const colleges = ['Small College', 'University']

/** A chain as it was made: root first, leaf last, and what is unusual in it. */
interface Chain {
  certificates: CertifiedKey[]
  unusual: string[]
}

const random = randomFrom(20260512)
const below = (count: number) => Math.floor(random() * count)
const sometimes = (share: number) => random() < share
const keys = (['ES256', 'ES384', 'EdDSA', 'RS256', 'ES256', 'EdDSA', 'ES512'] as const).map((algorithm) => ({
  algorithm,
  privateKey: createCertificate({ subject: { commonName: 'K' }, algorithm, from: at, to: at, ca: false, keyUsage: [] }).privateKey,
}))

/** The extension with names that an authority may vouch for, or may not. */
function limits(tag: 0xa0 | 0xa1, organisation: string) {
  const attribute = (id: string, type: number, value: string) =>
    element(0x31, element(0x30, objectIdentifier(id), element(type, Buffer.from(value))))
  const name = element(0x30, attribute('2.5.4.6', 0x13, 'XX'), attribute('2.5.4.10', 0x0c, organisation))
  return { id: '2.5.29.30', critical: true, value: element(0x30, element(tag, element(0x30, element(0xa4, name)))) }
}

function makeChain(): Chain {
  const unusual: string[] = []
  const certificates: CertifiedKey[] = []
  const length = 2 + below(4)
  for (let n = 0; n < length; n++) {
    const isLeaf = n === length - 1
    const above = certificates.at(-1)
    const note = (share: number, what: string) => {
      if (!sometimes(share)) return false
      unusual.push(`${isLeaf ? 'leaf' : n === 0 ? 'root' : 'middle'}: ${what}`)
      return true
    }
    const selfIssued = above && !isLeaf && note(0.06, 'names itself again')
    const key = keys[below(keys.length)]!
    const content: CertificateContent = {
      subject: selfIssued
        ? above.subject
        : isLeaf
          ? { commonName: 'Seal', organisation: colleges[below(2)]!, country: 'XX' }
          : { commonName: `Authority ${n} of ${below(1000)}`, organisation: 'Neighbourhood', country: 'XX' },
      ...key,
      from: note(0.04, 'not begun') ? day('2026-06-01') : day('2026-01-01'),
      to: note(0.04, 'ended') ? day('2026-05-01') : day('2030-01-01'),
      issuer:
        above && note(0.04, 'signed by a stranger')
          ? { ...above, privateKey: keys[(keys.findIndex((each) => each.privateKey === above.privateKey) + 1) % keys.length]!.privateKey }
          : above,
      issuerName: above && note(0.03, 'names another above it') ? { commonName: 'Somebody', country: 'XX' } : undefined,
      ca: isLeaf ? note(0.05, 'an authority') : !note(0.06, 'no authority'),
      pathLength: !isLeaf && note(0.4, 'bounded in depth') ? below(3) : undefined,
      keyUsage: isLeaf || note(0.06, 'may not sign certificates') ? ['digitalSignature'] : ['keyCertSign', 'cRLSign'],
      extendedKeyUsage: !isLeaf && note(0.05, 'for servers alone') ? [serverAuth] : undefined,
      marks: note(0.04, 'demands something unknown') ? [{ id: '2.25.1', critical: true }] : [],
      extensions:
        !isLeaf && note(0.2, 'bounded in names') ? [limits(sometimes(0.7) ? 0xa0 : 0xa1, [...colleges, 'Neighbourhood'][below(3)]!)] : [],
    }
    certificates.push(createCertificate(content))
  }
  return { certificates, unusual }
}

const pem = ({ certificate }: CertifiedKey) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`

/** Errors of OpenSSL (x509_vfy.h) with what we call them. */
const reasons: Record<string, readonly string[]> = {
  proven: ['proven'],
  9: ['certificate.not-yet-valid'],
  10: ['certificate.expired'],
  20: ['certificate.no-path', 'certificate.signature-wrong'],
  25: ['certificate.path-too-long'],
  34: ['certificate.unknown-critical'],
  47: ['certificate.name-not-permitted'],
  48: ['certificate.name-not-permitted'],
  79: ['certificate.not-an-authority'],
}

/** Writes what OpenSSL is asked: a line of a script that answers `OK`, or its reason. */
function askOpenssl(leaf: CertifiedKey, others: readonly CertifiedKey[], anchor: CertifiedKey, name: string): string {
  const write = (what: string, text: string) => {
    writeFileSync(path.join(folder, `${name}-${what}.pem`), text)
    return `${name}-${what}.pem`
  }
  const untrusted = others.length > 0 ? `-untrusted ${write('others', others.map(pem).join(''))}` : ''
  const given = `-partial_chain -no-CApath -no-CAstore -attime ${at.getTime() / 1000} -trusted ${write('anchor', pem(anchor))} ${untrusted}`
  return `openssl verify ${given} ${write('leaf', pem(leaf))} 2>&1 | grep -oE '^error [0-9]+ .*|: OK$' | head -1\n`
}

test.skipIf(version === undefined)(
  `R-X509-1: 300 chains are judged alike by ${version ?? 'OpenSSL (skipped: it is not at hand)'}, and where not, we are stricter and know why`,
  async () => {
    const chains = Array.from({ length: 300 }, () => {
      const { certificates, unusual } = makeChain()
      const anchor = sometimes(0.8) ? certificates[0]! : certificates[below(certificates.length)]!
      const noise = sometimes(0.3) ? makeChain().certificates.slice(0, 2) : []
      // OpenSSL judges what stands above an anchor too, where it is offered; to us it means nothing.
      const others = [...certificates.slice(certificates.indexOf(anchor) + 1, -1), ...noise].sort(() => random() - 0.5)
      return { leaf: certificates.at(-1)!, others, anchor, unusual }
    })
    const script = chains.map(({ leaf, others, anchor }, n) => askOpenssl(leaf, others, anchor, String(n))).join('')
    writeFileSync(path.join(folder, 'ask.sh'), script)
    const answers = (await run('sh', ['ask.sh'], { cwd: folder })).stdout.trim().split('\n')
    expect(answers).toHaveLength(chains.length)
    const seen = new Map<string, number>()
    for (const [n, { leaf, others, anchor, unusual }] of chains.entries()) {
      const read = (each: CertifiedKey) => parseCertificate(each.certificate)
      const ours = await buildPath(read(leaf), others.map(read), [read(anchor)], at.toISOString())
      const code = ours.proven ? 'proven' : ours.problem.code
      const theirs = /^error (\d+)/.exec(answers[n]!)?.[1] ?? 'proven'
      const told = `${n}: ${code}, ${answers[n]}, ${unusual.join('; ')}`
      seen.set(theirs, (seen.get(theirs) ?? 0) + 1)
      // Whoever names the uses of an authority means it (RFC 5280, 4.2.1.12, leaves it open; OpenSSL asks only for a purpose).
      if (code === 'certificate.wrong-usage') expect(unusual.join(), told).toContain('for servers alone')
      else expect(code === 'proven', told).toBe(theirs === 'proven')
      // Where one thing alone is wrong, both name it.
      if (unusual.length === 1 && code !== 'certificate.wrong-usage') expect(reasons[theirs], told).toContain(code)
    }
    for (const each of Object.keys(reasons)) expect(seen.get(each), `OpenSSL, error ${each}`).toBeGreaterThan(0)
    expect(seen.get('proven')).toBeGreaterThan(80)
  },
)
