/** Seals of institutions whose authority no configuration names, and a trusted list does. */
import { composeElm, prepareElm } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { finishSeal, prepareSeal } from '@cairn/seals'
import { createAuthority, createCertificate, createTrustedList, type ListedService, qcStatements, sampleEdition } from '@cairn/testkit'
import { readTrustedList } from '@cairn/trustlists'
import { expect, test } from 'vitest'
import { standardPolicy, verify } from '../index.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const [from, to, now] = [day('2025-01-01'), day('2035-01-01'), '2026-05-13T00:00:00Z']
const authority = createAuthority('Qualified Seals', { from, to })
const lists = createCertificate({
  subject: { commonName: 'Lists' },
  algorithm: 'ES256',
  from,
  to,
  ca: false,
  keyUsage: ['digitalSignature'],
})
const identifier = 'VATCZ-00000019'
const holder = createCertificate({
  subject: { commonName: 'Lakeside Seal', organisation: 'Lakeside Institute', organizationIdentifier: identifier, country: 'CZ' },
  issuer: authority.issuing,
  algorithm: 'ES256',
  from: day('2025-06-01'),
  to: day('2027-06-01'),
  ca: false,
  keyUsage: ['digitalSignature', 'nonRepudiation'],
  extensions: [qcStatements({ type: 'seal', device: true })],
})
const signer = makeSigner(holder.privateKey, [holder.certificate])
const institution = sampleEdition.institution
const image = { language: 'en', mediaType: 'image/png', base64: 'iVBORw0KGgo=' } as const
const award = {
  id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
  learner: { givenName: 'Ana', identifier: '1' },
  awardDate: '2026-05-10',
}
const document = composeElm(prepareElm(sampleEdition, { organisation: institution, organizationIdentifier: identifier }, [image]), award, {
  issued: '2026-05-12T00:00:00Z',
})
const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: 'ES256', at: '2026-05-12T00:00:00Z' })
const sealed = finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes

async function judge(change: Partial<ListedService> = {}, until?: string, retrievedAt = now) {
  const service = {
    name: 'CA for seals',
    providerName: 'Provider',
    certificates: [authority.issuing.certificate],
    from,
    uses: ['ForeSeals'],
    ...change,
  }
  const list = createTrustedList({
    territory: 'CZ',
    sequence: 1,
    issued: day('2026-05-01'),
    nextUpdate: day('2026-09-01'),
    services: [service],
    signer: lists,
  })
  const { services } = await readTrustedList(list, { pinned: [Buffer.from(lists.certificate).toString('base64')], now })
  const entry = {
    id: institution.id,
    legalName: 'Lakeside',
    organizationIdentifier: identifier,
    keys: [],
    types: ['*'],
    logRequired: false,
  }
  const trustedServices = services.map((each) => (until ? { ...each, until } : each))
  const registry = { anchors: [], trustedLists: [], issuers: [entry], trustedServices }
  return verify(sealed, { registry, statusLists: {}, retrievedAt }, standardPolicy, now)
}

test('R-TL: a seal is valid by the trusted list alone, and the report says what it is worth', async () => {
  const report = await judge()
  expect(report).toMatchObject({
    verdict: 'valid',
    qualification: {
      qualification: 'qualified-seal',
      holder: { legalName: 'Lakeside Institute', identifier },
      service: { territory: 'CZ', name: 'CA for seals', providerName: 'Provider' },
    },
  })
})

test('R-TL-2: a service that is not granted, or a list that was not renewed, vouches for nobody', async () => {
  expect(await judge({ status: 'withdrawn' })).toMatchObject({ verdict: 'indeterminate', qualification: { qualification: 'other' } })
  expect(await judge({ type: 'CA/PKC' })).toMatchObject({ verdict: 'indeterminate', qualification: { qualification: 'other' } })
  expect(await judge({}, '2026-05-12T12:00:00Z')).toMatchObject({ verdict: 'indeterminate', qualification: { qualification: 'unknown' } })
})
