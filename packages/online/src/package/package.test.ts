/** R-LTV-4: one file, verified in 2056 without a network, with no trust but its own. */
import { TrustRegistry } from '@cairn/core'
import { bitsFrom, composeStatusList, filesInZip, statusListEntries, writeZip } from '@cairn/formats'
import { signCompact } from '@cairn/seals'
import { type RunningAuthority, sampleInstitution, sealSample, startAuthority } from '@cairn/testkit'
import { type Evidence, readPackage, standardPolicy, verify, verifyEach } from '@cairn/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { augment, type Door, fetchSafely, gather, writePackage } from '../index.ts'

const list = 'https://credentials.example/status/1'
const late = '2056-11-22T00:00:00Z'
const nothing: Evidence = { registry: { anchors: [], trustedLists: [], issuers: [] }, statusLists: {}, retrievedAt: late }
const alone = { ...standardPolicy, packageRegistry: 'alone' } as const
const madeAt = new Date().toISOString()

let authority: RunningAuthority
let registry: TrustRegistry
let levels: Record<string, Uint8Array>
let signList: (revoked: readonly number[]) => Promise<Uint8Array>

/** Evidence gathered today, with the list as it stands. */
async function gathered(bytes: Uint8Array, signed: Uint8Array): Promise<Evidence> {
  const door: Door = async (address, ask) =>
    address === list ? { bytes: signed } : fetchSafely(address, { ...ask, ownOrigins: [authority.origin] })
  return gather(bytes, registry, door, new Date().toISOString())
}
const packed = async (level: string, revoked: readonly number[] = []) => {
  const bytes = levels[level]!
  return writePackage(
    { name: 'credential.jsonld', bytes },
    await gathered(bytes, await signList(revoked)),
    standardPolicy,
    new Date().toISOString(),
  )
}

beforeAll(async () => {
  authority = await startAuthority('Neighbourhood', { to: new Date('2066-01-01') })
  const { sealed, signer, issuer, registry: ours } = await sealSample(authority, madeAt, { list, index: 7, purpose: 'revocation' })
  const elsewhere = await startAuthority('Elsewhere')
  await elsewhere.stop()
  const other = { ...ours.issuers[0]!, id: 'urn:other', organizationIdentifier: 'VATXX-1' }
  registry = { ...ours, anchors: [elsewhere.anchor, authority.anchor], issuers: [other, ...ours.issuers] }
  const door: Door = (address, ask) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] })
  const options = { timeStamps: { address: authority.timeStampAddress }, registry, door, now: () => new Date().toISOString() }
  levels = { 'B-B': sealed, 'B-LTA': await augment(sealed, 'B-LTA', options) }
  signList = async (revoked) => {
    const validUntil = new Date(Date.now() + 86_400_000).toISOString()
    const content = {
      id: list,
      issuer,
      purpose: 'revocation',
      validFrom: new Date().toISOString(),
      validUntil,
      bits: bitsFrom(statusListEntries, revoked),
    } as const
    return new TextEncoder().encode(await signCompact(await composeStatusList(content), 'vc+jwt', signer))
  }
})
afterAll(() => authority.stop())

test('valid in 2056 with an empty trust store but its own, and the report says whose registry spoke and how old its word on revocation is', async () => {
  const { bytes, report } = await packed('B-LTA')
  expect(report).toMatchObject({ verdict: 'valid' })
  expect(await verify(bytes, nothing, alone, late)).toMatchObject({
    format: 'zip',
    verdict: 'valid',
    results: { seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' },
    signatures: [{ level: 'B-LTA' }],
    package: { registry: 'own', statusAt: expect.stringMatching(/^20/) },
    view: { learner: 'Ana' },
  })
  expect(bytes.length).toBeLessThan(250 * 1024)
})

test('its registry holds the issuer and the anchors that its verdict rests on, and nobody else', async () => {
  const { bytes } = await packed('B-LTA')
  const { evidence } = (await readPackage(bytes))!
  expect(evidence.registry.anchors).toEqual([authority.anchor])
  expect(evidence.registry.issuers.map(({ id }) => id)).toEqual([sampleInstitution.id])
  const names = (await filesInZip(bytes)).map(({ name }) => name)
  for (const wanted of ['manifest.json', 'credential/credential.jsonld', 'registry-entry.json', 'policy.json', 'report.json', 'README.txt'])
    expect(names).toContain(wanted)
  for (const folder of ['chains/', 'statements/', 'time-stamps/', 'status-lists/'])
    expect(
      names.some((name) => name.startsWith(folder)),
      folder,
    ).toBe(true)
  expect(names.filter((name) => name.startsWith('time-stamps/'))).toHaveLength(2)
})

test('opened once and judged whole, it is what it is as an archive: evidence is asked for the credential in it, and a changed one is refused all the same', async () => {
  const { bytes } = await packed('B-LTA')
  const asked: Uint8Array[] = []
  const evidenceFor = async (part: Uint8Array) => {
    asked.push(part)
    return nothing
  }
  const judge = (given: Uint8Array) => verifyEach(given, evidenceFor, alone, late, 'whole')
  const [judged, ...others] = await judge(bytes)
  expect(others).toEqual([])
  expect(judged!.report).toEqual(await verify(bytes, nothing, alone, late))
  expect(judged!.part.bytes).toBe(bytes)
  expect(asked).toEqual([levels['B-LTA']])
  const broken = bytes.slice()
  const at = Buffer.from(broken).indexOf('credential/credential.jsonld')
  broken[at + 12] = 0x58
  const [refused] = await judge(broken)
  expect(refused!.report).toEqual(await verify(broken, nothing, alone, late))
  expect(refused!.report.verdict).toBe('invalid')
})

test('the registry of a package is read as the schema reads it', async () => {
  const period = { status: 'granted', from: '2020-01-01T00:00:00Z', uses: ['x'], understood: true }
  const criteria = {
    assert: 'all',
    keyUsage: [{ nonRepudiation: true }],
    policies: [['1.2']],
    extendedKeyUsage: [],
    others: false,
    lists: [],
  } as const
  const service = {
    ...period,
    qualifiers: [{ names: ['q'], criteria: { ...criteria, lists: [{ ...criteria }] } }],
    territory: 'CZ',
    type: 't',
    name: 'n',
    providerName: 'p',
    identifiers: ['VATCZ-1'],
    certificates: [authority.anchor],
    history: [{ ...period, qualifiers: [] }],
    until: '2030-01-01T00:00:00Z',
  }
  const limits = { kinds: ['micro-credential'], levels: [6], fields: ['05'], places: ['AQ'], statusLists: ['https://credentials.example/'] }
  const whole = {
    ...registry,
    name: 'R',
    readAt: madeAt,
    timeStampAnchors: [authority.anchor],
    trustedListSigners: [authority.anchor],
    issuers: registry.issuers.map((each) => ({ ...each, ...limits })),
    trustedServices: [service],
  }
  const bytes = levels['B-LTA']!
  const evidence = { ...(await gathered(bytes, await signList([]))), registry: TrustRegistry.parse(whole) }
  const { bytes: made, report } = await writePackage({ name: 'credential.jsonld', bytes }, evidence, standardPolicy, madeAt)
  const read = (await readPackage(made))!.evidence.registry
  expect(TrustRegistry.parse(read)).toEqual(read)
  expect(read.trustedServices).toEqual([service])
  expect(read).toMatchObject({ timeStampAnchors: [authority.anchor], trustedListSigners: [authority.anchor] })
  expect(read.issuers.at(-1)).toMatchObject(limits)
  // Who may not seal this may not do so by the package either.
  expect(report).toMatchObject({ verdict: 'invalid', results: { issuer: 'failed' } })
  expect(await verify(made, nothing, alone, late)).toMatchObject({ verdict: 'invalid', results: { issuer: 'failed' } })
})

describe('what a package does not give', () => {
  test('its registry speaks for nothing unless that is asked for, and never beside another one', async () => {
    const { bytes } = await packed('B-LTA')
    expect(await verify(bytes, nothing, standardPolicy, late)).toMatchObject({
      verdict: 'indeterminate',
      results: { issuer: 'unknown' },
      package: { registry: 'given' },
    })
    const others = { ...nothing, registry: { ...registry, anchors: [registry.anchors[0]!], issuers: [registry.issuers[0]!] } }
    expect(await verify(bytes, others, alone, late)).toMatchObject({ verdict: 'indeterminate', results: { issuer: 'unknown' } })
  })
  test('a seal that nothing protects is undecided in 2056', async () => {
    const { bytes } = await packed('B-B')
    expect(await verify(bytes, nothing, alone, new Date().toISOString())).toMatchObject({ verdict: 'valid' })
    expect(await verify(bytes, nothing, alone, late)).toMatchObject({ verdict: 'indeterminate' })
  })
  test('revoked is revoked, in the package and by a list that is newer than it', async () => {
    expect(await verify((await packed('B-LTA', [7])).bytes, nothing, alone, late)).toMatchObject({
      verdict: 'invalid',
      results: { status: 'failed' },
    })
    const { bytes } = await packed('B-LTA')
    const now = new Date().toISOString()
    const fresh = await gathered(bytes, await signList([7]))
    expect(Object.keys(fresh.statusLists)).toEqual([list])
    expect(await verify(bytes, fresh, standardPolicy, now)).toMatchObject({ verdict: 'invalid', results: { status: 'failed' } })
  })
  test('a file that was changed, added or taken out is found, and an archive of anything else is none', async () => {
    const { bytes } = await packed('B-LTA')
    const files = await filesInZip(bytes)
    const code = async (changed: typeof files) => (await verify(writeZip(changed), nothing, alone, late)).findings.at(-1)!.problem!.code
    for (const index of files.keys()) {
      const other = files.map((file, at) => (at === index ? { ...file, bytes: Uint8Array.from([...file.bytes, 32]) } : file))
      const found = await verify(writeZip(other), nothing, alone, late)
      // A blank after the manifest changes nothing that it says.
      if (files[index]!.name === 'manifest.json') expect(found).toMatchObject({ verdict: 'valid' })
      else expect(found, files[index]!.name).toMatchObject({ verdict: 'invalid', findings: [{ problem: { code: 'package.changed' } }] })
    }
    expect(await code([...files, { name: 'more.txt', bytes: new Uint8Array() }])).toBe('package.changed')
    expect(await code(files.slice(0, -1))).toBe('package.changed')
    expect(await code(files.slice(1))).toBe('format.unreadable')
  })
  test('R-LIM-1: whatever byte of it is broken, it is refused or says the same, and nothing surprises', async () => {
    const { bytes } = await packed('B-LTA')
    const { view } = await verify(bytes, nothing, alone, late)
    for (let at = 0; at < bytes.length; at += 331) {
      const broken = bytes.slice()
      broken[at]! ^= 0xff
      const found = await verify(broken, nothing, alone, late)
      // Times and checksums of the archive, and prose of its manifest, carry nothing that counts.
      if (found.verdict === 'valid') expect(found.view).toEqual(view)
      expect(found.findings.some(({ problem }) => problem?.code === 'server.internal')).toBe(false)
    }
  })
})
