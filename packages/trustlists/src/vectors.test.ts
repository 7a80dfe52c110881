/** Published lists: the Commission's list of lists and the list of Cyprus, both of 2019. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { DOMParser } from '@xmldom/xmldom'
import { expect, test } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { readTrustedList } from './index.ts'
import { canonicalXml } from './xml/canonical-xml.ts'
import { readXml } from './xml/read-xml.ts'
import { everyElement } from './xml/xml-element.ts'

const folder = path.resolve(import.meta.dirname, '../../../../shared/vectors/trust')
const missing = !existsSync(folder)
const because = missing ? ' (skipped: ../shared/vectors is not here)' : ''
const file = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)))
/** The certificate in KeyInfo: in these tests alone it is what was known beforehand. */
const signerIn = (bytes: Uint8Array) =>
  /<ds:X509Certificate>([^<]+)</.exec(new TextDecoder().decode(bytes).split('<ds:KeyInfo>')[1]!)![1]!.replace(/\s/g, '')
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error) => (error instanceof ProblemError ? error.problem.code : `crash ${error}`),
  )

test.skipIf(missing)(`R-TL-1, 2: the list of lists is intact, points to its own signer, and says nothing new today${because}`, async () => {
  const bytes = file('eu-lotl.xml')
  const list = await readTrustedList(bytes, { pinned: [signerIn(bytes)], now: '2019-09-10T00:00:00Z' })
  expect(list).toMatchObject({
    territory: 'EU',
    kind: 'list-of-lists',
    version: 5,
    sequence: 248,
    issued: '2019-09-04T08:00:00Z',
    nextUpdate: '2020-03-04T00:00:00Z',
    schemeOperator: 'European Commission',
    services: [],
    freshness: 'current',
  })
  const own = list.pointers.find(({ kind }) => kind === 'list-of-lists')!
  expect(own.certificates).toHaveLength(8)
  expect(own.certificates).toContain(signerIn(bytes))
  const national = list.pointers.filter(({ kind, mediaType }) => kind === 'national' && mediaType === 'application/vnd.etsi.tsl+xml')
  expect(national.length).toBeGreaterThanOrEqual(28)
  expect(national.map(({ territory }) => territory)).toEqual(expect.arrayContaining(['CY', 'CZ', 'DE', 'NO']))
  const today = await readTrustedList(bytes, { pinned: [signerIn(bytes)], now: '2026-11-25T00:00:00Z' })
  expect(today.freshness).toBe('expired')
})

test.skipIf(missing)(`R-TL-1: the list of Cyprus is proven by the certificates that the list of lists names for it${because}`, async () => {
  const lotl = file('eu-lotl.xml')
  const { pointers } = await readTrustedList(lotl, { pinned: [signerIn(lotl)], now: '2019-09-10T00:00:00Z' })
  const pinned = pointers.find(({ territory, mediaType }) => territory === 'CY' && mediaType.endsWith('tsl+xml'))!.certificates
  const list = await readTrustedList(file('CY.xml'), { pinned, now: '2019-09-10T00:00:00Z' })
  expect(list).toMatchObject({ territory: 'CY', kind: 'national', sequence: 31, freshness: 'current' })
  expect(list.services).toHaveLength(2)
  expect(list.services[1]).toMatchObject({
    type: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
    providerName: 'JCC PAYMENT SYSTEMS LTD',
    identifiers: ['VATCY-10029914L'],
    status: 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted',
    from: '2019-01-31T22:00:00Z',
    uses: ['http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/ForeSeals'],
    understood: true,
    history: [],
  })
  expect(await codeOf(readTrustedList(file('CY.xml'), { pinned: [signerIn(lotl)], now: '2019-09-10T00:00:00Z' }))).toBe(
    'trust-list.signer-unknown',
  )
})

test.skipIf(missing)(`R-TL-1: a change anywhere in a list is refused${because}`, async () => {
  const text = new TextDecoder().decode(file('CY.xml'))
  const pinned = [signerIn(file('CY.xml'))]
  const read = (changed: string) => codeOf(readTrustedList(new TextEncoder().encode(changed), { pinned, now: '2019-09-10T00:00:00Z' }))
  expect(await read(text)).toBe('taken')
  for (const [what, changed] of Object.entries({
    status: text.replace('Svcstatus/granted', 'Svcstatus/withdrawn'),
    blank: text.replace('<SchemeInformation>', '<SchemeInformation> '),
    sequence: text.replace('>31<', '>32<'),
    attribute: text.replace('xml:lang="en"', 'xml:lang="el"'),
    root: text.replace('TSLTag="http://uri.etsi.org/19612/TSLTag"', 'TSLTag="http://uri.etsi.org/19612/TSLTag2"'),
    value: text.replace('nYrrq6zUq1', 'nYrrq6zUq2'),
    property: text.replace('2019-07-17T07:53:08Z', '2019-07-17T07:53:09Z'),
  })) {
    expect(changed, what).not.toBe(text)
    expect(await read(changed), what).toBe('trust-list.signature-wrong')
  }
  // What canonical XML does not tell apart is no change.
  expect(await read(text.replace('<SchemeInformation>', '<SchemeInformation  ><!-- a comment -->'))).toBe('taken')
})

test.skipIf(missing)(`exclusive canonical XML is that of an independent implementation, byte for byte${because}`, () => {
  const canonicalised = (text: string, transforms: string[], xpath: string) => {
    const signed = new SignedXml({
      privateKey: '',
      canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
      signatureAlgorithm: '',
    })
    const document = new DOMParser().parseFromString(text, 'text/xml')
    const node = xpath === '/' ? document.documentElement! : document.getElementsByTagName(xpath)[0]!
    return signed.getCanonXml(transforms, node as unknown as Node, {})
  }
  for (const name of ['CY.xml', 'eu-lotl.xml']) {
    const bytes = file(name)
    const root = readXml(bytes)
    for (const tag of ['/', 'ds:SignedInfo', 'xades:SignedProperties', 'SchemeInformation']) {
      const apex =
        tag === '/' ? root : [...everyElement(root)].find(({ prefix, local }) => tag === (prefix ? `${prefix}:${local}` : local))!
      const theirs = canonicalised(new TextDecoder().decode(bytes), ['http://www.w3.org/2001/10/xml-exc-c14n#'], tag)
      expect(new TextDecoder().decode(canonicalXml(root, apex)) === theirs, `${name} ${tag}`).toBe(true)
    }
  }
})
