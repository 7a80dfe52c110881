/** What a seal was worth: the certificate, the service that issued it, and the qualifiers, each at its time (TS 119 615). */

import { parseCertificate } from '@cairn/seals'
import { createAuthority, createCertificate, createTrustedList, type ListedService, type QcContent, qcStatements } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { namingCertificates, qualifiedStatusAt, readTrustedList, timeStampAuthorityAt } from './index.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const [from, to] = [day('2024-01-01'), day('2034-01-01')]
const authority = createAuthority('Qualified Seals', { from, to })
const signer = createCertificate({
  subject: { commonName: 'Lists' },
  algorithm: 'ES256',
  from,
  to,
  ca: false,
  keyUsage: ['digitalSignature'],
})
const sealer = (qc: QcContent | null, begins = day('2025-01-01')) =>
  parseCertificate(
    createCertificate({
      subject: { commonName: 'Lakeside Seal', organisation: 'Lakeside Institute', organizationIdentifier: 'VATXX-19', country: 'XX' },
      issuer: authority.issuing,
      algorithm: 'ES256',
      from: begins,
      to: day('2027-01-01'),
      ca: false,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      extensions: qc ? [qcStatements(qc)] : [],
    }).certificate,
  )
const seals = { type: 'seal', device: true } as const
const service: ListedService = {
  name: 'CA for seals',
  providerName: 'Provider',
  certificates: [authority.issuing.certificate],
  from: day('2024-02-01'),
  uses: ['ForeSeals'],
}
async function services(...listed: ListedService[]) {
  const list = createTrustedList({
    territory: 'XX',
    sequence: 1,
    issued: day('2026-01-01'),
    nextUpdate: day('2026-06-01'),
    services: listed,
    signer,
  })
  return (await readTrustedList(list, { pinned: [Buffer.from(signer.certificate).toString('base64')], now: '2026-02-01T00:00:00Z' }))
    .services
}
const at = '2026-02-01T10:00:00Z'
const ask = async (qc: QcContent | null, change: Partial<ListedService> = {}, instant = at) =>
  qualifiedStatusAt(sealer(qc), await services({ ...service, ...change }), instant)
const kind = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).qualification

test('a qualified seal is told with its holder, its service and the reason', async () => {
  expect(await ask(seals)).toEqual({
    qualification: 'qualified-seal',
    holder: { legalName: 'Lakeside Institute', identifier: 'VATXX-19' },
    service: {
      territory: 'XX',
      name: 'CA for seals',
      providerName: 'Provider',
      identifiers: [],
      type: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
    },
    reasons: ['A qualified certificate for seals, its key in a qualified device.'],
  })
})

test('without a device it is an advanced seal on a qualified certificate; without a qualified certificate for seals neither', async () => {
  expect(await kind({ type: 'seal' })).toBe('advanced-seal-qualified-certificate')
  expect(await kind({ type: 'signature', device: true })).toBe('other')
  expect(await kind({ device: true })).toBe('other')
  expect(await kind(null)).toBe('other')
})

test('the service must have been granted when the certificate was issued and when it sealed', async () => {
  const granted = { status: 'granted', from: day('2024-02-01'), uses: ['ForeSeals'] }
  const withdrawn = { status: 'withdrawn', from: day('2026-01-01'), history: [granted] }
  expect(await kind(seals, withdrawn, '2025-12-31T23:59:59Z')).toBe('qualified-seal')
  expect((await ask(seals, withdrawn)).reasons).toEqual(['The service was not granted when it was sealed.'])
  expect((await ask(seals, { from: day('2025-06-01') })).reasons).toEqual(['The service was not granted when the certificate was issued.'])
  expect(await kind(seals, { status: 'undersupervision' })).toBe('other')
})

test('R-TL-2: of a time after the last word of the list nothing is known', async () => {
  const [listed] = await services(service)
  const ended = [{ ...listed!, until: '2026-01-15T00:00:00Z' }]
  expect((await qualifiedStatusAt(sealer(seals), ended, at)).qualification).toBe('unknown')
  expect((await qualifiedStatusAt(sealer(seals), ended, '2026-01-14T00:00:00Z')).qualification).toBe('qualified-seal')
})

test('a list that demands what is not known here gives nothing', async () => {
  expect(await kind(seals, { unknownCritical: true })).toBe('other')
  expect(await kind(seals, { qualifiers: [{ names: ['QCNoQSCD'], criteria: { other: true } }] })).toBe('other')
})

test('qualifiers speak of the certificates that meet their criteria, and go before what the certificate says', async () => {
  const qualified = (names: string[], criteria: NonNullable<ListedService['qualifiers']>[number]['criteria'] = {}) => ({
    qualifiers: [{ names, criteria }],
  })
  expect(await kind({ type: 'seal' }, qualified(['QCWithQSCD']))).toBe('qualified-seal')
  expect(await kind({ type: 'seal' }, qualified(['QCQSCDManagedOnBehalf']))).toBe('qualified-seal')
  expect(await kind(seals, qualified(['QCNoQSCD']))).toBe('advanced-seal-qualified-certificate')
  expect(await kind(seals, qualified(['QCQSCDStatusAsInCert']))).toBe('qualified-seal')
  expect(await kind({ device: true }, qualified(['QCForESeal']))).toBe('qualified-seal')
  expect(await kind(seals, qualified(['QCForESig']))).toBe('other')
  expect(await kind(seals, qualified(['NotQualified']))).toBe('other')
  expect(await kind(null, qualified(['QCStatement', 'QCForESeal', 'QCWithQSCD']))).toBe('qualified-seal')
  expect(await kind({ type: 'seal' }, qualified(['QCWithQSCD'], { keyUsage: { nonRepudiation: true, crlSign: false } }))).toBe(
    'qualified-seal',
  )
  expect(await kind({ type: 'seal' }, qualified(['QCWithQSCD'], { keyUsage: { keyCertSign: true } }))).toBe(
    'advanced-seal-qualified-certificate',
  )
  expect(await kind({ type: 'seal' }, qualified(['QCWithQSCD'], { policies: ['1.2.3'] }))).toBe('advanced-seal-qualified-certificate')
  expect(await kind({ type: 'seal' }, qualified(['QCWithQSCD'], { assert: 'none', policies: ['1.2.3'] }))).toBe('qualified-seal')
  expect(
    await kind(
      { type: 'seal' },
      qualified(['QCWithQSCD'], { assert: 'atLeastOne', policies: ['1.2.3'], keyUsage: { nonRepudiation: true } }),
    ),
  ).toBe('qualified-seal')
})

test('a service for signatures does not issue for seals; the same authority may have two entries', async () => {
  expect(await kind(seals, { uses: ['ForeSignatures'] })).toBe('other')
  expect(await kind(seals, { uses: [] })).toBe('qualified-seal')
  const both = await services({ ...service, name: 'CA for signatures', uses: ['ForeSignatures'] }, service)
  expect(await qualifiedStatusAt(sealer(seals), both, at)).toMatchObject({
    qualification: 'qualified-seal',
    service: { name: 'CA for seals' },
  })
})

test('an authority of the same name and another key is nobody, and an authority may stand below the one of the list', async () => {
  const twin = createAuthority('Qualified Seals', { from, to })
  expect(await ask(seals, { certificates: [twin.issuing.certificate] })).toMatchObject({
    qualification: 'other',
    reasons: ['No trusted list names the authority that issued the certificate as one for qualified certificates.'],
  })
  const root = await services({ ...service, certificates: [authority.root.certificate] })
  expect((await qualifiedStatusAt(sealer(seals), root, at)).qualification).toBe('other')
  const others = [parseCertificate(authority.issuing.certificate)]
  expect((await qualifiedStatusAt(sealer(seals), root, at, { others })).qualification).toBe('qualified-seal')
  expect(await kind(seals, { type: 'CA/PKC' })).toBe('other')
})

test('a time-stamp authority is qualified by its own entry, or by the authority above it, at the time', async () => {
  const unit = createCertificate({
    subject: { commonName: 'TSU' },
    issuer: authority.issuing,
    algorithm: 'ES256',
    from: day('2025-01-01'),
    to,
    ca: false,
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'],
  })
  const stamp = (change: Partial<ListedService>) =>
    services({ ...service, type: 'TSA/QTST', name: 'Time stamps', uses: [], certificates: [unit.certificate], ...change })
  const read = parseCertificate(unit.certificate)
  expect(await timeStampAuthorityAt(read, await stamp({}), at)).toMatchObject({ qualified: true, service: { name: 'Time stamps' } })
  expect((await timeStampAuthorityAt(read, await stamp({ certificates: [authority.issuing.certificate] }), at)).qualified).toBe(true)
  expect((await timeStampAuthorityAt(read, await stamp({ status: 'withdrawn' }), at)).qualified).toBe(false)
  expect((await timeStampAuthorityAt(read, await stamp({ type: 'TSA' }), at)).qualified).toBe(false)
  expect((await timeStampAuthorityAt(read, await stamp({}), '2024-01-15T00:00:00Z')).qualified).toBe(false)
})

test('of all services those are kept that can speak of a certificate: its own, and those of its issuer’s name, in the order of the lists', async () => {
  const other = createAuthority('Other Seals', { from, to })
  const listed = await services({ ...service, name: 'Other', certificates: [other.issuing.certificate] }, service, {
    ...service,
    name: 'Again',
    certificates: [other.issuing.certificate, authority.issuing.certificate],
  })
  const names = (...certificates: Parameters<typeof namingCertificates>[1]) =>
    namingCertificates(listed, certificates).map(({ name }) => name)
  expect(names(sealer(seals))).toEqual(['CA for seals', 'Again'])
  expect(names(parseCertificate(other.issuing.certificate))).toEqual(['Other', 'Again'])
  expect(names(parseCertificate(other.issuing.certificate), sealer(seals))).toEqual(['Other', 'CA for seals', 'Again'])
  expect(names()).toEqual([])
})
