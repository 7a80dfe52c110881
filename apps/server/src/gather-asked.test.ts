/** R-SSRF-2: whatever a visitor's browser asks for, only hosts of issuers in the registry are asked, and whom no anchor vouches for not at all. */
import { TrustRegistry } from '@cairn/core'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Installation } from './context.ts'
import { gatherAsked } from './gather-asked.ts'

const registry = TrustRegistry.parse({
  anchors: [],
  trustedLists: [],
  issuers: [
    { id: 'https://college.example/issuer', legalName: 'College' },
    { id: 'did:web:school.example', legalName: 'School' },
  ],
})
let store: TestDatabase
let installation: Installation
beforeAll(async () => {
  store = await startTestDatabase()
  installation = { database: store.database, config: { publicUrl: 'https://cairn.example', networkOrigins: [] } } as unknown as Installation
})
afterAll(() => store?.stop())
const now = '2026-05-12T10:00:00Z'

test('known hosts are asked and others never, in every member', async () => {
  const asked: string[] = []
  const door = async (address: string) => {
    asked.push(address)
    return { bytes: new Uint8Array([1]) }
  }
  const strangers = [
    'https://evil.example/',
    'https://college.example@evil.example/',
    'http://college.example/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'x',
  ]
  const evidence = await gatherAsked(
    installation,
    registry,
    {
      statusLists: [...strangers, 'https://college.example/list'],
      controllers: ['did:web:evil.example', 'did:web:school.example', ...strangers.slice(0, 2)],
      hosted: [...strangers, 'https://college.example/badge'],
      issuerMetadata: [...strangers, 'https://college.example/.well-known/jwt-vc-issuer'],
      types: [...strangers, 'https://college.example/type'],
      chains: [['AAAA'], ['nonsense']],
    },
    now,
    door,
  )
  expect(asked.sort()).toEqual([
    'https://college.example/.well-known/jwt-vc-issuer',
    'https://college.example/badge',
    'https://college.example/list',
    'https://college.example/type',
    'https://school.example/.well-known/did.json',
  ])
  expect(Object.keys(evidence.didDocuments!)).toEqual(['did:web:school.example'])
  expect(evidence.revocation).toBeUndefined()
})
