import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchSafely } from './index.ts'

let connections = 0
const server = createServer((request, answer) => {
  if (request.url === '/away') answer.writeHead(302, { location: 'https://127.0.0.1/inside' }).end()
  else if (request.url?.startsWith('/hop')) {
    const left = Number(request.url.slice(4))
    answer.writeHead(302, { location: left > 1 ? `/hop${left - 1}` : '/' }).end()
  } else if (request.url === '/large') answer.end(Buffer.alloc(5000))
  else if (request.url === '/slow') setTimeout(() => answer.end('late'), 3000).unref()
  else answer.end('list')
})
server.on('connection', () => connections++)
let origin = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const port = () => new URL(origin).port
const forms = () => [
  ...[
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.0.1',
    '198.18.0.1',
  ].map((host) => `https://${host}/`),
  ...[
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[fc00::1]',
    '[fe80::1]',
  ].map((host) => `https://${host}/`),
  'https://localhost/',
  `https://127.0.0.1:${port()}/`,
  origin,
  'file:///etc/passwd',
  'https://user:secret@example.org/',
]

test('R-SSRF-1: no form of an inner address is reached, and no other scheme or port', async () => {
  connections = 0
  for (const form of forms()) await expect(fetchSafely(form), form).rejects.toMatchObject({ problem: { code: 'fetch.refused' } })
  expect(connections).toBe(0)
})

test('R-SSRF-2: a redirect is checked like the first address', async () => {
  await expect(fetchSafely(`${origin}/away`, { ownOrigins: [origin] })).rejects.toMatchObject({ problem: { code: 'fetch.refused' } })
})

test('R-SSRF-3: three redirects are followed, and no fourth', async () => {
  const own = { ownOrigins: [origin] }
  expect(new TextDecoder().decode((await fetchSafely(`${origin}/hop3`, own)).bytes)).toBe('list')
  await expect(fetchSafely(`${origin}/hop4`, own)).rejects.toMatchObject({ problem: { code: 'fetch.failed', detail: /more than 3 times/ } })
})

test('R-SSRF-3: too large and too slow are given up', async () => {
  const own = { ownOrigins: [origin] }
  expect(new TextDecoder().decode((await fetchSafely(`${origin}/`, own)).bytes)).toBe('list')
  await expect(fetchSafely(`${origin}/large`, { ...own, bytes: 1000 })).rejects.toMatchObject({ problem: { code: 'fetch.failed' } })
  await expect(fetchSafely(`${origin}/slow`, { ...own, milliseconds: 200 })).rejects.toMatchObject({
    problem: { code: 'fetch.failed', detail: /in time/ },
  })
})
