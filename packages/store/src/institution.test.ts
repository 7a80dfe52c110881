/** Invitations to work in an institution: listed while they stand, taken once. */
import { randomUUID } from 'node:crypto'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TenantTransaction } from './database.ts'
import { insertInvitation, listInvitations, takeInvitation } from './institution.ts'

let store: TestDatabase
beforeAll(async () => {
  store = await startTestDatabase()
})
afterAll(() => store?.stop())

const tenant = randomUUID()
const as = <T>(work: (tx: TenantTransaction) => Promise<T>) => store.database.tenant(tenant, work)

test('an invitation is listed while it stands and taken once; one whose time is over is neither', async () => {
  const given = { email: 'ann@staff.example', roles: ['designer' as const], createdAt: '2026-06-01T10:00:00.000Z' }
  const fresh = { ...given, id: randomUUID(), expiresAt: '2026-06-08T10:00:00.000Z' }
  const stale = { ...given, id: randomUUID(), expiresAt: '2026-06-02T10:00:00.000Z' }
  for (const each of [fresh, stale]) await as((tx) => insertInvitation(tx, { ...each, token: randomUUID() }))
  const now = '2026-06-03T10:00:00.000Z'
  expect(await as((tx) => listInvitations(tx, now))).toEqual([fresh])
  expect(await as((tx) => takeInvitation(tx, stale.id, now))).toBeUndefined()
  expect(await as((tx) => takeInvitation(tx, fresh.id, now))).toEqual(fresh)
  expect(await as((tx) => takeInvitation(tx, fresh.id, now))).toBeUndefined()
  expect(await as((tx) => listInvitations(tx, now))).toEqual([])
})
