import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hasIntegrity, integrityOf } from './integrity.ts'

const bytes = new TextEncoder().encode('{"vct":"v"}')
const of = (name: string, text = '{"vct":"v"}') => `${name}-${createHash(name).update(text).digest('base64')}`

test('integrity is made over the very bytes', async () => {
  expect(await integrityOf(bytes)).toBe(of('sha256'))
  expect(await hasIntegrity(bytes, await integrityOf(bytes))).toBe(true)
  expect(await hasIntegrity(new TextEncoder().encode('{"vct": "v"}'), of('sha256'))).toBe(false)
})

test('of several hashes those of the strongest kind count, and any of them will do; what is not known is passed over', async () => {
  for (const name of ['sha256', 'sha384', 'sha512']) expect(await hasIntegrity(bytes, of(name))).toBe(true)
  expect(await hasIntegrity(bytes, `${of('sha256')} ${of('sha512', 'x')}`)).toBe(false)
  expect(await hasIntegrity(bytes, `${of('sha256', 'x')} ${of('sha512')}`)).toBe(true)
  expect(await hasIntegrity(bytes, `${of('sha256', 'x')}  ${of('sha256')}?ct=json`)).toBe(true)
  expect(await hasIntegrity(bytes, `md5-abc ${of('sha384')}`)).toBe(true)
  for (const bad of ['', 'md5-abc', of('sha1'), 'sha256-', 'sha256-!', of('sha256').slice(0, -1), 'SHA256-abc'])
    expect(await hasIntegrity(bytes, bad), bad).toBe(false)
})
