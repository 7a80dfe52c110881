/** R-CFG-1: what would not be safe to run is not started, and the reason is said. */
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const data = mkdtempSync(path.join(os.tmpdir(), 'cairn-config-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))
const refusal = (environment: Record<string, string>) => {
  try {
    return readConfig({ CAIRN_DATA: data, ...environment })
  } catch (error) {
    return (error as { problem: { code: string; detail: string } }).problem
  }
}
const secret = 'xQ7vT2mKz9LrB4wYc8HsD1nFgJ6pEa3U'

test('with nothing said it is a demonstration on this machine, with a secret of its own that only its owner can read', () => {
  const first = readConfig({ CAIRN_DATA: data })
  expect(first).toMatchObject({ demo: true, host: '127.0.0.1', publicUrl: 'http://localhost:8080' })
  expect(first.secret.length).toBeGreaterThanOrEqual(32)
  expect(readConfig({ CAIRN_DATA: data }).secret).toBe(first.secret)
  const file = path.join(data, 'secret')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  chmodSync(file, 0o644)
  expect(refusal({})).toMatchObject({ code: 'server.misconfigured', detail: expect.stringContaining('chmod 600') })
  chmodSync(file, 0o600)
})

test('production needs a secret and https; a demonstration on a public address must be asked for', () => {
  const wrong: [Record<string, string>, string][] = [
    [{ DATABASE_URL: 'postgres://x' }, 'CAIRN_SECRET'],
    [{ CAIRN_PUBLIC_URL: 'https://credentials.example.org' }, 'CAIRN_SECRET'],
    [{ CAIRN_PUBLIC_URL: 'http://credentials.example.org', CAIRN_SECRET: secret }, 'https://'],
    [{ CAIRN_SECRET: 'short' }, 'CAIRN_SECRET'],
    [{ CAIRN_DEMO: '0', CAIRN_SECRET: 'secret'.repeat(8) }, 'easy to guess'],
    [{ PORT: '70000' }, 'PORT'],
    [{ CAIRN_PUBLIC_URL: 'not an address' }, 'CAIRN_PUBLIC_URL'],
    [{ CAIRN_DEMO: 'perhaps' }, 'CAIRN_DEMO'],
    [{ CAIRN_PUBLIC_URL: 'https://credentials.example.org', CAIRN_SECRET: secret, CAIRN_FAIL_AT: 'seals-kept:1' }, 'CAIRN_FAIL_AT'],
    [{ CAIRN_FAIL_AT: 'nowhere:1' }, 'CAIRN_FAIL_AT'],
    [{ CAIRN_FAIL_AT: 'seals-kept:0' }, 'CAIRN_FAIL_AT'],
    [{ CAIRN_DKIM_SELECTOR: 'cairn' }, 'CAIRN_DKIM_KEY_FILE'],
    [{ CAIRN_DKIM_SELECTOR: 'cairn', CAIRN_DKIM_KEY_FILE: '/nowhere/key.pem' }, 'CAIRN_DKIM_KEY_FILE'],
    [{ CAIRN_DEMO: '0', CAIRN_SECRET: secret, CAIRN_SHEET_LEVEL: 'T' }, 'CAIRN_TSA_URLS'],
    [{ CAIRN_SEAL_LEVEL: 'XL' }, 'CAIRN_SEAL_LEVEL'],
    [{ CAIRN_DEMO: '0', CAIRN_SECRET: secret, CAIRN_SEAL_LEVEL: 'LTA' }, 'CAIRN_TSA_URLS'],
    [{ CAIRN_TSA_URLS: 'https://tsa.example.org, tsa.example.net' }, 'CAIRN_TSA_URLS'],
  ]
  for (const [environment, word] of wrong)
    expect(refusal(environment), JSON.stringify(environment)).toMatchObject({
      code: 'server.misconfigured',
      detail: expect.stringContaining(word),
    })
  expect(refusal({ CAIRN_PUBLIC_URL: 'https://credentials.example.org', CAIRN_SECRET: secret })).toMatchObject({ demo: false })
  expect(refusal({ CAIRN_PUBLIC_URL: 'https://demo.example.org', CAIRN_DEMO: '1', CAIRN_SECRET: secret })).toMatchObject({ demo: true })
})

test('seals are raised as far as the authorities go: to B-LTA in a demonstration or with a time-stamp authority, and not at all without', () => {
  const production = { CAIRN_DEMO: '0', CAIRN_SECRET: secret }
  expect(refusal({})).toMatchObject({ sealLevel: 'B-LTA', timeStampAuthorities: [] })
  expect(refusal(production)).toMatchObject({ sealLevel: 'B-B' })
  const two = 'https://tsa.example.org/tsr, http://tsa.example.net'
  expect(refusal({ ...production, CAIRN_TSA_URLS: two })).toMatchObject({
    sealLevel: 'B-LTA',
    timeStampAuthorities: ['https://tsa.example.org/tsr', 'http://tsa.example.net'],
  })
  expect(refusal({ ...production, CAIRN_TSA_URLS: two, CAIRN_SEAL_LEVEL: 'T' })).toMatchObject({ sealLevel: 'B-T' })
})

test('https of its own needs certificate and key; the VC API is for this machine alone', () => {
  const of = (environment: Record<string, string>) => () => readConfig({ CAIRN_DATA: data, ...environment })
  expect(of({ CAIRN_TLS_CERT: 'a.pem' })).toThrow('CAIRN_TLS_KEY')
  expect(of({ CAIRN_TLS_CERT: '/nowhere/a.pem', CAIRN_TLS_KEY: '/nowhere/b.pem' })).toThrow('cannot be read')
  const file = import.meta.filename
  expect(of({ CAIRN_TLS_CERT: file, CAIRN_TLS_KEY: file })()).toMatchObject({
    tls: { cert: expect.any(Buffer) },
    publicUrl: 'https://localhost:8080',
  })
  expect(of({ CAIRN_VC_API: '1' })().vcApi).toBe(true)
  const production = {
    CAIRN_PUBLIC_URL: 'https://credentials.example.org',
    CAIRN_SECRET: 'a secret of the test, and long enough for it',
    CAIRN_VC_API: '1',
  }
  expect(of(production)).toThrow('CAIRN_VC_API')
})
