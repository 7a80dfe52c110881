/** Paths that must not be believed (R-X509-1, R-X509-2), beside the ones that must. */
import { generateKeyPairSync, sign } from 'node:crypto'
import {
  cpuClock,
  createAuthority,
  createCertificate,
  element,
  issueSealCertificate,
  objectIdentifier,
  type SealCertificateOptions,
} from '@cairn/testkit'
import { describe, expect, test } from 'vitest'
import { buildPath, type Certificate, parseCertificate, sealCertificateProblems } from '../index.ts'

const at = '2026-05-12T10:00:00Z'
const from = new Date('2026-01-01T00:00:00Z')
const to = new Date('2030-01-01T00:00:00Z')
const authority = createAuthority('Neighbourhood', { from, to })
const anchor = parseCertificate(authority.root.certificate)
const issuing = parseCertificate(authority.issuing.certificate)
const college = { organisation: 'Small College', organizationIdentifier: 'VATXX-123', from, to }
const leafOf = (options: Partial<SealCertificateOptions> = {}) => issueSealCertificate(authority, { ...college, ...options })
const read = ({ certificate }: { certificate: Uint8Array }) => parseCertificate(certificate)

async function outcome(leaf: Certificate, others: readonly Certificate[] = [issuing], anchors = [anchor], moment = at): Promise<string> {
  const result = await buildPath(leaf, others, anchors, moment)
  return result.proven ? `proven over ${result.path.length}` : result.problem.code
}

test.each(['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA'] as const)(
  'RFC 5280, 6.1: a %s path is proven from the leaf to the anchor',
  async (algorithm) => {
    const of = createAuthority('Neighbourhood', { algorithm, from, to })
    const made = issueSealCertificate(of, { ...college, algorithm })
    expect(await outcome(read(made), [read(of.issuing)], [read(of.root)])).toBe('proven over 3')
  },
)

describe('R-X509-2: anchors come from configuration alone', () => {
  test('without an anchor, with another, with the root inside the document', async () => {
    const other = createAuthority('Neighbourhood', { from, to })
    expect(await outcome(read(leafOf()), [issuing], [])).toBe('certificate.no-path')
    expect(await outcome(read(leafOf()), [issuing, anchor], [])).toBe('certificate.no-path')
    expect(await outcome(read(leafOf()), [issuing, anchor], [read(other.root)])).not.toMatch(/proven/)
  })
  test('a false root of the same name, with and without the true one beside it', async () => {
    const fake = createAuthority('Neighbourhood', { from, to })
    const leaf = read(issueSealCertificate(fake, college))
    expect(await outcome(leaf, [read(fake.issuing), read(fake.root)])).not.toMatch(/proven/)
    expect(await outcome(leaf, [read(fake.issuing), anchor, issuing])).not.toMatch(/proven/)
  })
  test('a trusted certificate put beside a foreign leaf proves nothing', async () => {
    const stranger = createAuthority('Stranger', { from, to })
    const leaf = read(issueSealCertificate(stranger, college))
    expect(await outcome(leaf, [read(leafOf()), issuing, anchor])).toBe('certificate.no-path')
  })
  test('a self-signed leaf is refused, unless it is itself an anchor', async () => {
    const leaf = read(leafOf({ selfSigned: true }))
    expect(await outcome(leaf)).toBe('certificate.self-signed')
    expect(await outcome(leaf, [], [leaf])).toBe('proven over 1')
    expect(await outcome(leaf, [], [leaf], '2031-01-01T00:00:00Z')).toBe('certificate.expired')
  })
  test('an authority of the middle may be the anchor', async () => {
    expect(await outcome(read(leafOf()), [], [issuing])).toBe('proven over 2')
  })
})

describe('R-X509-1; RFC 5280, 4.2.1.9 and 4.2.1.3: who may vouch', () => {
  const college2 = { ...college, organisation: 'University', organizationIdentifier: 'VATXX-999' }
  test('a leaf that poses as an authority', async () => {
    const small = leafOf()
    const forged = createCertificate({
      subject: { commonName: 'University Seal', organisation: 'University', organizationIdentifier: 'VATXX-999', country: 'XX' },
      algorithm: 'ES256',
      from,
      to,
      issuer: small,
      ca: false,
      keyUsage: ['digitalSignature'],
    })
    expect(await outcome(read(forged), [read(small), issuing])).toBe('certificate.not-an-authority')
  })
  test('an authority under one that allows none (pathLen 0)', async () => {
    const below = createCertificate({
      subject: { commonName: 'Below' },
      algorithm: 'ES256',
      from,
      to,
      issuer: authority.issuing,
      ca: true,
      keyUsage: ['keyCertSign'],
    })
    const leaf = issueSealCertificate({ ...authority, issuing: below }, college2)
    expect(await outcome(read(leaf), [read(below), issuing])).toBe('certificate.path-too-long')
  })
  test('a root that allows no authority below it (pathLen 0)', async () => {
    const narrow = createAuthority('Narrow', { from, to, rootPathLength: 0 })
    expect(await outcome(read(issueSealCertificate(narrow, college)), [read(narrow.issuing)], [read(narrow.root)])).toBe(
      'certificate.path-too-long',
    )
  })
  test('RFC 5280, 3.2: an authority that certifies its own name again, for a new key, is followed and makes no path longer', async () => {
    const again = createCertificate({
      subject: authority.issuing.subject,
      algorithm: 'ES256',
      from,
      to,
      issuer: authority.issuing,
      ca: true,
      keyUsage: ['keyCertSign'],
    })
    const leaf = issueSealCertificate({ ...authority, issuing: again }, college)
    expect(await outcome(read(leaf), [read(again), issuing])).toBe('proven over 4')
    expect(await outcome(read(leaf), [read(again)])).toBe('certificate.no-path')
  })
  test('an authority without basicConstraints, and one that may not sign certificates', async () => {
    const none = createAuthority('None', { from, to, issuingIsCa: false })
    expect(await outcome(read(issueSealCertificate(none, college)), [read(none.issuing)], [read(none.root)])).toBe(
      'certificate.not-an-authority',
    )
    const mute = createCertificate({
      subject: { commonName: 'Mute' },
      algorithm: 'ES256',
      from,
      to,
      issuer: authority.root,
      ca: true,
      keyUsage: ['digitalSignature', 'cRLSign'],
    })
    const leaf = issueSealCertificate({ ...authority, issuing: mute }, college)
    expect(await outcome(read(leaf), [read(mute)])).toBe('certificate.not-an-authority')
  })
  test('the name of an authority with the key of another', async () => {
    const stranger = createAuthority('Stranger', { from, to })
    const leaf = issueSealCertificate(stranger, { ...college, issuerName: authority.issuing.subject })
    expect(await outcome(read(leaf))).not.toMatch(/proven/)
  })
})

const middle = {
  subject: { commonName: 'Bound' },
  algorithm: 'ES256',
  from,
  to,
  issuer: authority.root,
  ca: true,
  keyUsage: ['keyCertSign'],
} as const
type Limits = Partial<Record<'permitted' | 'excluded', readonly (readonly ['O' | 'host' | 'other', string])[]>>

/** A leaf under an authority that is bound by names. */
function boundBy({ permitted, excluded }: Limits, critical: boolean): [Certificate, Certificate[]] {
  const country = element(0x31, element(0x30, objectIdentifier('2.5.4.6'), element(0x13, Buffer.from('XX'))))
  const base = ([kind, value]: readonly ['O' | 'host' | 'other', string]) =>
    kind === 'host'
      ? element(0x82, Buffer.from(value))
      : kind === 'other'
        ? element(0x88, Uint8Array.of(0x2a))
        : element(
            0xa4,
            element(0x30, country, element(0x31, element(0x30, objectIdentifier('2.5.4.10'), element(0x0c, Buffer.from(value))))),
          )
  const trees = (tag: number, list: Limits['permitted']) => (list ? [element(tag, ...list.map((each) => element(0x30, base(each))))] : [])
  const value = element(0x30, ...trees(0xa0, permitted), ...trees(0xa1, excluded))
  const bound = createCertificate({ ...middle, extensions: [{ id: '2.5.29.30', critical, value }] })
  return [read(issueSealCertificate({ ...authority, issuing: bound }, college)), [read(bound)]]
}

describe('R-X509-1; RFC 5280, 4.1.2.5 and 4.2: time and extensions', () => {
  test('before, within and after', async () => {
    const leaf = read(leafOf({ from: new Date('2026-05-01T00:00:00Z'), to: new Date('2026-06-01T00:00:00Z') }))
    expect(await outcome(leaf, [issuing], [anchor], '2026-04-30T23:59:59Z')).toBe('certificate.not-yet-valid')
    expect(await outcome(leaf, [issuing], [anchor], '2026-06-01T00:00:00Z')).toBe('proven over 3')
    expect(await outcome(leaf, [issuing], [anchor], '2026-06-01T00:00:01Z')).toBe('certificate.expired')
  })
  test('an expired authority above a leaf that is not', async () => {
    const brief = createAuthority('Brief', { from, to: new Date('2026-03-01T00:00:00Z') })
    const result = await buildPath(read(issueSealCertificate(brief, college)), [read(brief.issuing)], [read(brief.root)], at)
    expect(result).toMatchObject({ proven: false, expired: true, problem: { code: 'certificate.expired' } })
  })
  test('an unknown critical extension', async () => {
    expect(await outcome(read(leafOf({ unknownCritical: true })))).toBe('certificate.unknown-critical')
  })
  test.each([
    ['the organisation it may vouch for', { permitted: [['O', 'Small College']] }, 'proven over 3'],
    ['the same in another spelling', { permitted: [['O', 'small  COLLEGE']] }, 'proven over 3'],
    ['another organisation', { permitted: [['O', 'University']] }, 'certificate.name-not-permitted'],
    [
      'one of several',
      {
        permitted: [
          ['O', 'University'],
          ['O', 'Small College'],
        ],
      },
      'proven over 3',
    ],
    ['an organisation it may not vouch for', { excluded: [['O', 'Small College']] }, 'certificate.name-not-permitted'],
    ['hosts alone, which a sealer does not have', { permitted: [['host', 'example.org']] }, 'proven over 3'],
    ['names of a kind that nobody knows', { permitted: [['other', '']] }, 'certificate.unknown-critical'],
  ] as const)('RFC 5280, 4.2.1.10: an authority bound to %s', async (_, limits, expected) => {
    for (const critical of [true, false]) expect(await outcome(...boundBy(limits, critical))).toBe(expected)
  })
  test('RFC 5280, 4.2.1.12: an authority for servers alone vouches for no sealer', async () => {
    const forServers = createCertificate({ ...middle, extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] })
    const leaf = issueSealCertificate({ ...authority, issuing: forServers }, college)
    expect(await outcome(read(leaf), [read(forServers)])).toBe('certificate.wrong-usage')
  })
  test('name constraints that are none are no certificate', () => {
    const broken = createCertificate({ ...middle, marks: [{ id: '2.5.29.30', critical: true }] })
    expect(() => read(broken)).toThrowError(/certificate.malformed/)
  })
  test('what a sealing certificate must not be', () => {
    const code = (options: Partial<SealCertificateOptions>) => sealCertificateProblems(read(leafOf(options)))[0]?.code ?? 'may seal'
    expect(code({})).toBe('may seal')
    expect(code({ ca: true })).toBe('certificate.wrong-usage')
    expect(code({ keyUsage: ['keyEncipherment'] })).toBe('certificate.wrong-usage')
    expect(code({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'] })).toBe('certificate.wrong-usage')
    expect(code({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })).toBe('certificate.wrong-usage')
    expect(code({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.36'] })).toBe('may seal')
  })
})

test('a certificate of which one byte was changed is never proven', async () => {
  const { certificate } = leafOf()
  for (let index = 0; index < certificate.length; index++) {
    const changed = certificate.slice()
    changed[index]! ^= 1 << (index % 8)
    const found = await Promise.resolve()
      .then(() => outcome(parseCertificate(changed)))
      .catch((error) => error.problem.code)
    expect(found, `byte ${index}`).toMatch(/^certificate\./)
  }
})

test('R-X509-1: SHA-1 is not accepted in a path', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const root = createCertificate({
    subject: { commonName: 'Old Root' },
    algorithm: 'RS256',
    from,
    to,
    ca: true,
    keyUsage: ['keyCertSign'],
    privateKey,
  })
  const made = issueSealCertificate({ ...authority, issuing: root }, college).certificate
  // sha256WithRSAEncryption becomes sha1WithRSAEncryption in both places, and the body is signed anew.
  const hex = Buffer.from(made).toString('hex').replaceAll('2a864886f70d01010b', '2a864886f70d010105')
  const changed = new Uint8Array(Buffer.from(hex, 'hex'))
  const { tbs, signature } = parseCertificate(changed)
  changed.set(sign('sha1', tbs, privateKey), changed.length - signature.length)
  expect(await outcome(parseCertificate(changed), [], [read(root)])).toBe('certificate.weak-algorithm')
})

test('authorities that certify one another in all directions do not keep us busy', async () => {
  const ring = (name: string, issuer?: ReturnType<typeof createCertificate>, privateKey = authority.root.privateKey) =>
    createCertificate({
      subject: { commonName: name },
      algorithm: 'ES256',
      from,
      to,
      ca: true,
      keyUsage: ['keyCertSign'],
      issuer,
      privateKey,
    })
  const first = ring('A')
  const second = ring('B')
  const many = Array.from({ length: 15 }, () => [read(ring('A', second)), read(ring('B', first))]).flat()
  const leaf = read(issueSealCertificate({ ...authority, issuing: first }, college))
  const spent = cpuClock()
  expect(await outcome(leaf, many, [anchor])).not.toMatch(/proven/)
  expect(spent()).toBeLessThan(2000)
})
