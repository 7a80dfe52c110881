/** Lists of a neighbourhood: right ones are read, and every way to slip in something unsigned is refused. */
import { createHash } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { type CertifiedKey, createCertificate, createLotl, createTrustedList, type TrustedListContent } from '@cairn/testkit'
import { DOMParser } from '@xmldom/xmldom'
import { expect, test } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { followTrustedList, freshnessAt, readTrustedList } from './index.ts'

const now = '2026-06-10T00:00:00Z'
const from = new Date('2026-01-01T00:00:00Z')
const to = new Date('2030-01-01T00:00:00Z')
const key = (commonName: string, algorithm: 'ES256' | 'ES384' | 'RS256' = 'ES256', times = { from, to }) =>
  createCertificate({ subject: { commonName }, algorithm, ...times, ca: false, keyUsage: ['digitalSignature'] })
const signer = key('List signer')
const stranger = key('Stranger')
const service = {
  name: 'Seal CA',
  providerName: 'Provider & Sons <Ltd>',
  identifiers: ['VATXX-1'],
  certificates: [key('CA').certificate],
  from,
}
const content: TrustedListContent = {
  territory: 'XX',
  sequence: 7,
  issued: new Date('2026-06-01T00:00:00Z'),
  nextUpdate: new Date('2026-12-01T00:00:00Z'),
  services: [service],
  signer,
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytes = (list: string) => new TextEncoder().encode(list)
const base64 = ({ certificate }: CertifiedKey) => Buffer.from(certificate).toString('base64')
const read = (list: Uint8Array, at = now) => readTrustedList(list, { pinned: [base64(signer)], now: at })
const codeOf = (list: Uint8Array) =>
  read(list).then(
    () => 'taken',
    (error) => (error instanceof ProblemError ? error.problem.code : `crash ${error}`),
  )
const good = text(createTrustedList(content))
const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(good)![0]
const unsigned = good.replace(signature, '')

test('a list is read, and an independent implementation finds the same signature good', async () => {
  const list = await read(bytes(good))
  expect(list).toMatchObject({ territory: 'XX', kind: 'national', version: 6, sequence: 7, freshness: 'current' })
  expect(list.services).toMatchObject([
    { name: 'Seal CA', providerName: 'Provider & Sons <Ltd>', identifiers: ['VATXX-1'], from: '2026-01-01T00:00:00Z' },
  ])
  const rsa = key('RSA list signer', 'RS256')
  const theirs = text(createTrustedList({ ...content, signer: rsa }))
  const pem = `-----BEGIN CERTIFICATE-----\n${base64(rsa)}\n-----END CERTIFICATE-----`
  const signed = new SignedXml({ publicCert: pem })
  signed.loadSignature(new DOMParser().parseFromString(theirs, 'text/xml').getElementsByTagName('ds:Signature')[0] as unknown as Node)
  expect(signed.checkSignature(theirs)).toBe(true)
  await readTrustedList(bytes(theirs), { pinned: [base64(rsa)], now })
  expect(await codeOf(createTrustedList({ ...content, rootId: 'list-1' }))).toBe('taken')
})

test('a list of lists points to national lists and names their signers', async () => {
  const pointers = [{ territory: 'XX', address: 'https://lists.example/xx.xml', certificates: [signer.certificate, stranger.certificate] }]
  const lotl = await read(createLotl({ ...content, pointers }))
  expect(lotl).toMatchObject({ territory: 'EU', kind: 'list-of-lists', services: [] })
  expect(lotl.pointers).toMatchObject([
    { territory: 'XX', address: 'https://lists.example/xx.xml', kind: 'national', certificates: [base64(signer), base64(stranger)] },
  ])
})

test('R-TL-1: unsigned, signed by another, or by a certificate past its end', async () => {
  expect(await codeOf(createTrustedList({ ...content, signer: null }))).toBe('trust-list.not-signed')
  expect(await codeOf(createTrustedList({ ...content, signer: stranger }))).toBe('trust-list.signer-unknown')
  expect(await codeOf(createTrustedList({ ...content, signer: stranger, named: signer.certificate }))).toBe('trust-list.signature-wrong')
  const old = key('Old signer', 'ES256', { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2026-05-01T00:00:00Z') })
  const late = readTrustedList(createTrustedList({ ...content, signer: old }), { pinned: [base64(old)], now })
  await expect(late).rejects.toMatchObject({ problem: { code: 'trust-list.signer-unknown' } })
})

test('R-TL-1: wrapping. What is signed is the document element, and nothing else is read', async () => {
  const evil = unsigned.replace('Seal CA', 'Evil CA')
  const evilRoot = evil.replace(/^<TrustServiceStatusList/, '<TrustServiceStatusList Id="evil"')
  const withId = text(createTrustedList({ ...content, rootId: 'list-1' }))
  const signatureById = /<ds:Signature .*<\/ds:Signature>/s.exec(withId)![0]
  const signedById = withId.replace(signatureById, '')
  const inside = (list: string, more: string) => list.replace('</TrustServiceStatusList>', `${more}</TrustServiceStatusList>`)
  const attacks: Record<string, string> = {
    'the signed list inside an object of the signature': inside(
      evil,
      signatureById.replace('<ds:Object>', `<ds:Object>${signedById}</ds:Object><ds:Object>`),
    ),
    'the signed list beside the signature in another root': inside(evilRoot, signedById + signatureById),
    'the signed list with its signature inside another': inside(evil, withId),
    'two roots': good + evil,
    'two signatures': inside(good, signature),
    'a signature deeper than the root': unsigned.replace('</SchemeInformation>', `${signature}</SchemeInformation>`),
    'an id that is there twice': inside(
      evil.replace(/^<TrustServiceStatusList/, '<TrustServiceStatusList Id="list-1"'),
      signedById + signatureById,
    ),
    'the enveloped signature as a place to hide in': inside(
      unsigned,
      signature.replace('<ds:KeyInfo>', '<ds:KeyInfo><Services></Services>'),
    ).replace('Seal CA', 'Evil CA'),
    'a comment inside a value': good.replace('Seal CA', 'Seal<!-- --> CBA'),
  }
  for (const [attack, list] of Object.entries(attacks))
    expect(await codeOf(bytes(list)), attack).toMatch(/^trust-list\.(signature-wrong|malformed)$/)
  // A comment does not split a name, as it does for readers that take the first piece of text.
  const split = await read(bytes(good.replace('Seal CA', 'Seal<!-- --> CA')))
  expect(split.services[0]!.name).toBe('Seal CA')
})

test('R-TL-1: no document type, no entities, no processing instructions, nothing that is not well-formed', async () => {
  const hostile: Record<string, string | Uint8Array> = {
    DTD: `<!DOCTYPE TrustServiceStatusList [<!ENTITY a "b">]>${good}`,
    'external DTD': `<!DOCTYPE TrustServiceStatusList SYSTEM "file:///etc/passwd">${good}`,
    entity: good.replace('Seal CA', '&seal;'),
    'processing instruction': good.replace('<SchemeInformation>', '<?run me?><SchemeInformation>'),
    'UTF-16': new Uint8Array(Buffer.from(`\ufeff${good}`, 'utf16le')),
    'another encoding': `<?xml version="1.0" encoding="ISO-8859-1"?>${good}`,
    'broken UTF-8': new Uint8Array([...bytes(good.slice(0, 200)), 0xff]),
    'control character': good.replace('Seal CA', 'Seal\u0001CA'),
    'reference to nothing': good.replace('Seal CA', 'Seal&#0;CA'),
    unclosed: good.slice(0, -10),
    crossed: good.replace('</SchemeInformation>', '</Scheme>'),
    'undeclared prefix': good.replace('<Name ', '<y:Name ').replace('</Name>', '</y:Name>'),
    'attribute twice': good.replace('xml:lang="en"', 'xml:lang="en" xml:lang="en"'),
    'too deep': '<a>'.repeat(100_000),
    'an XML bomb of elements': `<a>${'<b/>'.repeat(300_000)}</a>`,
    'too large': ' '.repeat(9_000_000),
    'another document': '<html xmlns="http://www.w3.org/1999/xhtml"></html>',
    nothing: '',
  }
  for (const [what, list] of Object.entries(hostile))
    expect(await codeOf(typeof list === 'string' ? bytes(list) : list), what).toBe('trust-list.malformed')
})

test('R-TL-1: the signing certificate is named by what is signed, algorithms of old and other transforms are refused', async () => {
  const named = createTrustedList({ ...content, signer, named: stranger.certificate })
  expect(await codeOf(named)).toBe('trust-list.signer-unknown')
  const both = text(named).replace(`<ds:X509Certificate>${base64(stranger)}`, `<ds:X509Certificate>${base64(signer)}`)
  expect(await codeOf(bytes(both))).toBe('trust-list.signature-wrong')
  for (const [found, put] of [
    ['xmldsig-more#ecdsa-sha256', 'xmldsig-more#ecdsa-sha1'],
    ['xmldsig-more#ecdsa-sha256', 'xmldsig-more#hmac-sha256'],
    ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1'],
    ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/TR/1999/REC-xpath-19991116'],
    ['<ds:Reference URI="">', '<ds:Reference URI="https://example.org/">'],
  ] as const) {
    expect(good).toContain(found)
    expect(await codeOf(bytes(good.replace(found, put))), put).toBe('trust-list.signature-wrong')
  }
})

test('R-TL-1: what a signer signed for another purpose does not become a list', async () => {
  const digest = (part: string) => createHash('sha256').update(part).digest('base64')
  const part = '<Extra xmlns="http://uri.etsi.org/02231/v2#" Id="part"></Extra>'
  const withPart = (list: string) => list.replace('</SchemeInformation>', `<Extra Id="part"></Extra></SchemeInformation>`)
  const whole = /<ds:Reference URI="">.*?<\/ds:Reference>/s
  const exclusive = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>'
  const partly = (reference: string) =>
    reference
      .replace('URI=""', 'URI="#part"')
      .replace(/<ds:Transform Algorithm="[^"]*enveloped-signature"><\/ds:Transform>/, '')
      .replace(/(<ds:DigestValue>)[^<]*/, `$1${digest(part)}`)
  const signed = (changeSignedInfo: (text: string) => string, changeList = withPart) =>
    codeOf(createTrustedList({ ...content, changeList, changeSignedInfo }))
  expect(await signed((info) => info)).toBe('taken')
  // Each of these is a signature that holds, over what it says it covers.
  const cases: Record<string, (info: string) => string> = {
    'a part in place of the whole': (info) => info.replace(whole, partly),
    'a part beside the whole': (info) => info.replace(whole, (reference) => reference + partly(reference)),
    nothing: (info) => info.replace(whole, ''),
    'the whole twice': (info) => info.replace(whole, (reference) => reference + reference),
    'without its own properties': (info) => info.replace(/<ds:Reference Type=.*?<\/ds:Reference>/s, ''),
    'properties under another type': (info) => info.replace('01903#SignedProperties', '01903#Other'),
    'a transform more': (info) => info.replace(exclusive, exclusive + exclusive),
  }
  for (const [what, change] of Object.entries(cases)) expect(await signed(change), what).toBe('trust-list.signature-wrong')
  const second = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"></ds:Signature>'
  const hidden = (list: string) => list.replace('</SchemeInformation>', `<Extra>${second}</Extra></SchemeInformation>`)
  expect(await signed((info) => info, hidden)).toBe('trust-list.signature-wrong')
  expect(await codeOf(bytes(good.replace('<ds:Object>', `<ds:Object>${second}</ds:Object><ds:Object>`)))).toBe('trust-list.signature-wrong')
})

test('R-TL-1: one changed byte anywhere is refused, or changes nothing that is read', async () => {
  const honest = JSON.stringify(await read(bytes(good)))
  const raw = bytes(good)
  let refused = 0
  for (let at = 3; at < raw.length; at += 17) {
    const changed = raw.slice()
    changed[at] = changed[at]! ^ 1
    const outcome = await read(changed).then(
      (list) => JSON.stringify({ ...list, digest: JSON.parse(honest).digest }),
      () => 'refused',
    )
    if (outcome === 'refused') refused++
    else expect(outcome, `byte ${at}`).toBe(honest)
  }
  expect(refused).toBeGreaterThan(raw.length / 17 / 2)
})

test('R-TL-2: a list is current, then overdue for seven days, then says nothing new', async () => {
  expect(freshnessAt('2026-12-01T00:00:00Z', '2026-12-01T00:00:00Z')).toBe('current')
  expect((await read(bytes(good), '2026-12-07T23:59:59Z')).freshness).toBe('overdue')
  expect((await read(bytes(good), '2026-12-08T00:00:01Z')).freshness).toBe('expired')
  expect((await read(createTrustedList({ ...content, nextUpdate: null }))).freshness).toBe('expired')
})

test('R-TL-2: the number of a list never falls, and what was known is kept', async () => {
  const before = await read(bytes(good))
  const at = (change: Partial<TrustedListContent>) => read(createTrustedList({ ...content, ...change }))
  const later = { issued: new Date('2026-06-05T00:00:00Z'), sequence: 8 }
  const other = { ...service, name: 'Another CA', certificates: [key('Another').certificate] }
  for (const older of [await at({ sequence: 6 }), await at({ services: [] }), await at({ territory: 'YY', sequence: 9 })])
    expect(() => followTrustedList(before, older)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'trust-list.went-back' }) }),
    )
  expect(followTrustedList(before, before).services).toHaveLength(1)
  const next = followTrustedList(before, await at({ ...later, services: [other] }))
  expect(next.services).toMatchObject([{ name: 'Another CA' }, { name: 'Seal CA', until: '2026-06-05T00:00:00Z' }])
  const third = followTrustedList(next, await at({ ...later, sequence: 9, issued: new Date('2026-06-07T00:00:00Z'), services: [other] }))
  expect(third.services[1]).toMatchObject({ name: 'Seal CA', until: '2026-06-05T00:00:00Z' })
})
