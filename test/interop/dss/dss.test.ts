/** The EU DSS judges our seals of credentials and of sheets: every algorithm, every level, every holder of a key (R-JADES-1; EN 319 142-1). */
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type JsonObject, parseJson, type TrustRegistry } from '@cairn/core'
import { renderCertificate, renderDisplayImages, sealPdf } from '@cairn/documents'
import { composeElm, prepareElm, readElm } from '@cairn/formats'
import { describeHardwareKey, describeRemoteKey, devicesMissing, makeSigner, openHardwareKey, openRemoteKey } from '@cairn/keys'
import { augment, augmentSheet, fetchSafely, requestTimeStamp } from '@cairn/online'
import { finishSeal, prepareSeal, readJades, type SealAlgorithm, type Signer, sealAlgorithms } from '@cairn/seals'
import {
  createCertificate,
  type RunningAuthority,
  type SoftHsm,
  sampleEdition,
  startAuthority,
  startSigningServer,
  startSoftHsm,
} from '@cairn/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DssVerdict, dssMissing, judgeWithDss } from './run.ts'

const because = dssMissing()
const algorithms = Object.keys(sealAlgorithms) as SealAlgorithm[]
const levels = ['B-T', 'B-LT', 'B-LTA'] as const
const holder = { organisation: 'Lakeside Institute', organizationIdentifier: 'VATCZ-00000019', country: 'CZ' }

describe.skipIf(because !== undefined)(`R-JADES-1 the EU DSS on our seals${because ? ` (skipped: ${because})` : ''}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-dss-seals-'))
  const verdicts = new Map<string, DssVerdict>()
  let authority: RunningAuthority
  let registry: TrustRegistry
  let hsm: SoftHsm | undefined

  async function seal(signer: Signer): Promise<Uint8Array> {
    const at = new Date().toISOString()
    const issuer = { organisation: sampleEdition.institution, organizationIdentifier: holder.organizationIdentifier }
    const award = {
      id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
      learner: { givenName: 'Žofie', identifier: '1' },
      awardDate: at.slice(0, 10),
    } as const
    const document = composeElm(prepareElm(sampleEdition, issuer, (await renderDisplayImages(sampleEdition)).slice(0, 1)), award, {
      issued: at,
    })
    const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: signer.algorithm, at })
    return finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes
  }
  const keyOf = (algorithm: SealAlgorithm): Signer => {
    const made = authority.issue({
      ...holder,
      algorithm: /^[RP]S/.test(algorithm) ? 'RS256' : (algorithm as 'ES256' | 'ES384' | 'ES512' | 'EdDSA'),
    })
    return makeSigner(made.privateKey, made.certificates, algorithm)
  }
  async function device(): Promise<Signer | undefined> {
    const started = (await devicesMissing()) ? undefined : startSoftHsm()
    if (!started || 'missing' in started) return undefined
    hsm = started
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    hsm.importKey(privateKey, 'seal', '01')
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 1e10)]
    const addresses = {
      ocsp: `${authority.origin}/ocsp/seal`,
      crl: `${authority.origin}/crl/seal.crl`,
      issuer: `${authority.origin}/ca/seal.cer`,
    }
    const content = {
      subject: { commonName: 'Lakeside Seal', ...holder },
      issuer: authority.issuing,
      algorithm: 'ES256',
      from,
      to,
      addresses,
      ca: false,
      privateKey,
    } as const
    const { certificate } = createCertificate({ ...content, keyUsage: ['nonRepudiation'] })
    const certificates = [certificate, authority.issuing.certificate]
    return openHardwareKey(
      await describeHardwareKey({ module: hsm.module, token: hsm.token, pin: hsm.pin, key: 'seal', certificates }),
      hsm.pin,
    )
  }

  beforeAll(async () => {
    authority = await startAuthority()
    registry = { anchors: [authority.anchor], trustedLists: [], issuers: [] }
    const server = await startSigningServer([{ id: 'remote', pin: '1', ...authority.issue({ ...holder, algorithm: 'RS256' }) }])
    const secrets = { clientSecret: server.clientSecret, pin: '1', ownOrigins: [server.origin] }
    const remote = { service: server.service, clientId: server.clientId, credential: 'remote', algorithm: 'PS256' } as const
    const signers: (readonly [string, Signer | undefined])[] = [
      ...algorithms.map((algorithm) => [algorithm, keyOf(algorithm)] as const),
      ['device', await device()],
      ['service', await openRemoteKey(await describeRemoteKey({ ...remote, ...secrets }), secrets)],
    ]
    const options = {
      timeStamps: { address: authority.timeStampAddress },
      registry,
      door: (address: string, ask = {}) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] }),
      now: () => new Date().toISOString(),
    }
    const write = (name: string, bytes: Uint8Array) => writeFileSync(path.join(folder, `${name}.json`), bytes)
    for (const part of ['leaves', 'roots']) mkdirSync(path.join(folder, part))
    writeFileSync(path.join(folder, 'roots/root.cer'), Buffer.from(authority.anchor, 'base64'))
    for (const [name, signer] of signers) {
      if (!signer) continue
      let bytes = await seal(signer)
      write(`${name} B-B`, bytes)
      const at = new Date().toISOString().replace(/\.\d+/, '')
      const view = readElm(parseJson(readJades(bytes).payload) as JsonObject)
      const sheet = await renderCertificate({ views: [{ language: 'en', view }], sealed: bytes, at })
      const stamp = async (signature: Uint8Array) => (await requestTimeStamp(signature, options.timeStamps, options.door, at)).der
      write(`${name} sheet`, await sealPdf(sheet, { signer, at }))
      const stamped = await sealPdf(sheet, { signer, at, stamp })
      const lasting = await augmentSheet(stamped, 'B-LTA', options)
      write(`${name} stamped sheet`, stamped)
      write(`${name} stored sheet`, await augmentSheet(stamped, 'B-LT', options))
      write(`${name} lasting sheet`, lasting)
      write(`${name} renewed sheet`, await augmentSheet(lasting, 'B-LTA', options))
      writeFileSync(path.join(folder, `leaves/${name}.cer`), signer.certificates[0]!)
      for (const level of levels) {
        bytes = await augment(bytes, level, options)
        write(`${name} ${level}`, bytes)
      }
    }
    const names = signers.flatMap(([name, signer]) => (signer ? [name] : []))
    const files = (wanted: readonly string[]) => names.flatMap((name) => wanted.map((level) => path.join(folder, `${name} ${level}.json`)))
    const judged = [
      ...judgeWithDss(['--trust', path.join(folder, 'leaves'), ...files(['B-B', 'sheet'])]),
      ...judgeWithDss([
        '--trust',
        path.join(folder, 'roots'),
        ...files([...levels, 'stamped sheet', 'stored sheet', 'lasting sheet', 'renewed sheet']),
      ]),
    ]
    for (const verdict of judged) verdicts.set(path.basename(verdict.file, '.json'), verdict)
    await server.stop()
  }, 600_000)
  afterAll(async () => {
    await authority.stop()
    hsm?.remove()
    rmSync(folder, { recursive: true })
  })

  const formats = {
    'B-B': 'JAdES-BASELINE-B',
    'B-T': 'JAdES-BASELINE-T',
    'B-LT': 'JAdES-BASELINE-LT',
    'B-LTA': 'JAdES-BASELINE-LTA',
  } as const
  test.each(['B-B', 'B-LT', 'B-LTA'] as const)('%s passes with no error and no warning, with every algorithm and holder', (level) => {
    for (const name of [...algorithms.filter((each) => each !== 'EdDSA'), 'device', 'service']) {
      const verdict = verdicts.get(`${name} ${level}`)
      if (name === 'device' && !verdict) continue
      expect(verdict, name).toMatchObject({
        format: formats[level],
        indication: 'TOTAL_PASSED',
        intact: true,
        structure: [],
        errors: [],
        warnings: [],
      })
    }
  })

  test('B-T is what it says; whether a certificate was revoked is asked elsewhere', () => {
    for (const name of algorithms)
      expect(verdicts.get(`${name} B-T`), name).toMatchObject({
        format: formats['B-T'],
        indication: 'INDETERMINATE',
        intact: true,
        structure: [],
      })
  })

  test('EdDSA is intact and of its level, and outside the algorithms that the policy of the DSS allows', () => {
    for (const level of ['B-B', ...levels] as const) {
      const verdict = verdicts.get(`EdDSA ${level}`)!
      expect(verdict).toMatchObject({ format: formats[level], indication: 'INDETERMINATE', intact: true, structure: [] })
      expect(verdict.errors.join()).toContain('EdDSA is not authorised')
    }
  })

  test('sheets are PAdES-BASELINE-B and -T; where whoever sealed is trusted they pass with no error and no warning', () => {
    for (const name of [...algorithms, 'device', 'service']) {
      const verdict = verdicts.get(`${name} sheet`)
      if (name === 'device' && !verdict) continue
      const passes = { indication: 'TOTAL_PASSED', errors: [], warnings: [] }
      expect(verdict, name).toMatchObject({ format: 'PAdES-BASELINE-B', intact: true, structure: [], ...(name === 'EdDSA' ? {} : passes) })
      expect(verdicts.get(`${name} stamped sheet`), name).toMatchObject({ format: 'PAdES-BASELINE-T', intact: true, structure: [] })
    }
  })

  test.each([
    ['stored sheet', 'PAdES-BASELINE-LT'],
    ['lasting sheet', 'PAdES-BASELINE-LTA'],
    ['renewed sheet', 'PAdES-BASELINE-LTA'],
  ])('a %s is %s and passes with no error and no warning by what it brings', (form, format) => {
    for (const name of [...algorithms, 'device', 'service']) {
      const verdict = verdicts.get(`${name} ${form}`)
      if (name === 'device' && !verdict) continue
      const passes = { indication: 'TOTAL_PASSED', errors: [], warnings: [] }
      expect(verdict, name).toMatchObject({ format, intact: true, structure: [], ...(name === 'EdDSA' ? {} : passes) })
    }
  })

  test('a changed seal fails', async () => {
    const file = path.join(folder, 'changed.json')
    const honest = new TextDecoder().decode(await seal(keyOf('ES256')))
    writeFileSync(file, honest.replace('Žofie', 'Žofia'))
    expect(judgeWithDss([file])[0]).toMatchObject({ indication: 'TOTAL_FAILED', intact: false })
  })
})
