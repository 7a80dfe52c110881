import { problems, roles } from '@cairn/core'
import { expect, test } from 'vitest'
import { createClient, keyMayCall, openapi, operations, request, scopeNames, scopes } from './index.ts'

test('every operation is named noun.verb, has a path of its own, and lists problems and roles that exist', () => {
  const seen = new Set<string>()
  for (const [name, o] of Object.entries(operations)) {
    expect(name).toMatch(/^[a-z]+\.[a-z]+$/)
    expect(seen.has(`${o.method} ${o.path}`), name).toBe(false)
    seen.add(`${o.method} ${o.path}`)
    expect(o.roles.length, name).toBeGreaterThan(0)
    for (const role of o.roles) expect(roles, name).toContain(role)
    for (const code of o.problems) expect(problems, name).toHaveProperty([code])
  }
})

test('OpenAPI is derived from the table, and every reference in it resolves', () => {
  const document = openapi('0.1.0') as { paths: Record<string, unknown>; components: { schemas: Record<string, unknown> } }
  const text = JSON.stringify(document)
  for (const [, id] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(document.components.schemas, id).toHaveProperty([id!])
  expect(text).not.toContain('"$schema"')
  expect(Object.keys(document.paths)).toContain('/specifications/{id}/publish')
})

test('fields go where the table says: path, query or body', () => {
  expect(request('credential.list', { q: 'Ana', page: 2 })).toEqual({
    method: 'GET',
    address: '/api/v1/credentials?q=Ana&page=2',
    body: undefined,
  })
  expect(request('batch.confirm', { id: 'a/b', ready: 3 })).toEqual({
    method: 'POST',
    address: '/api/v1/batches/a%2Fb/confirm',
    body: { ready: 3 },
  })
})

test('a problem document is thrown as the problem it names', async () => {
  const client = createClient(async () => ({ status: 404, body: { code: 'request.not-found', detail: 'No batch has this id.' } }))
  await expect(client['home.read']({})).rejects.toMatchObject({ problem: { code: 'request.not-found', detail: 'No batch has this id.' } })
})

test('R-AZ-4: an operation is in one group for keys at most, the groups on offer are those that exist, and none lets a program approve, decide or grant', () => {
  const all = Object.values(scopes).flat()
  expect(new Set(all).size).toBe(all.length)
  expect(operations['apikey.create'].input.shape.scopes.element.options).toEqual(scopeNames)
  for (const name of all) {
    expect(name).not.toMatch(/^(apikey|key|people|restoration)\.|\.(approve|decide|review)$|^institution\.save$/)
    expect(keyMayCall(name, scopeNames)).toBe(true)
    expect(keyMayCall(name, [])).toBe(false)
  }
  expect(keyMayCall('batch.approve', scopeNames)).toBe(false)
  expect(keyMayCall('verify.file', [])).toBe(true)
})
