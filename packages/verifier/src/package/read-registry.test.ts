/** The registry read by hand, beside the schema of the registry: a member that is added to one is added to the other. */
import { type CertificateCriteria, type JsonObject, ServicePeriod, TrustEntry, TrustedService, TrustRegistry } from '@cairn/core'
import { expect, test } from 'vitest'
import { readRegistry } from './read-registry.ts'

const criteria = {
  assert: 'all',
  keyUsage: [{ nonRepudiation: true }],
  policies: [['1.2.3']],
  extendedKeyUsage: [['1.2.4']],
  others: false,
  lists: [],
} satisfies CertificateCriteria
const period = {
  status: 'https://lists.example/granted',
  from: '2020-01-01T00:00:00Z',
  uses: ['https://lists.example/seals'],
  qualifiers: [{ names: ['https://lists.example/qualified'], criteria }],
  understood: true,
} satisfies ServicePeriod
const full = {
  name: 'Everything',
  readAt: '2026-01-01T00:00:00Z',
  anchors: ['AAAA'],
  timeStampAnchors: ['BBBB'],
  trustedLists: ['https://lists.example/list.xml'],
  trustedListSigners: ['CCCC'],
  issuers: [
    {
      id: 'urn:example:college',
      legalName: 'College',
      organizationIdentifier: 'VATXX-1',
      keys: ['did:key:z6Mk'],
      types: ['*'],
      from: '2020-01-01',
      to: '2030-01-01',
      logRequired: true,
      kinds: ['short'],
      levels: [5],
      fields: ['0613'],
      places: ['CZ'],
      statusLists: ['https://college.example/status/'],
    },
  ],
  trustedServices: [
    {
      ...period,
      territory: 'CZ',
      type: 'https://lists.example/authority',
      name: 'Authority',
      providerName: 'Provider',
      identifiers: ['VATCZ-2'],
      certificates: ['DDDD'],
      history: [period],
      until: '2029-01-01T00:00:00Z',
    },
  ],
} satisfies TrustRegistry

test('the example has every member of the schema, so that a new one is missed here first', () => {
  const keys = (value: object) => Object.keys(value).sort()
  expect(keys(full)).toEqual(keys(TrustRegistry.shape))
  expect(keys(full.issuers[0]!)).toEqual(keys(TrustEntry.shape))
  expect(keys(full.trustedServices[0]!)).toEqual(keys(TrustedService.shape))
  expect(keys(period)).toEqual(keys(ServicePeriod.shape))
  expect(TrustRegistry.parse(full)).toEqual(full)
})

test('every member of the schema is read', () => {
  expect(readRegistry(full as unknown as JsonObject)).toEqual(full)
})

test('what the schema gives when a member is absent, the reader gives too', () => {
  const bare = { anchors: [], trustedLists: [], issuers: [{ id: 'urn:example:college', legalName: 'College' }] }
  const read = readRegistry(bare as unknown as JsonObject)
  // An absent end and an end that is null say the same.
  const [{ from, to, ...entry }] = read.issuers as [TrustEntry]
  expect([from, to]).toEqual([null, null])
  expect({ ...read, issuers: [entry] }).toEqual(TrustRegistry.parse(bare))
})
