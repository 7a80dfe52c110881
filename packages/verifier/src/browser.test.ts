/** The verifier as a browser page gets it: bundled, without a module of Node, on WebCrypto, and on plain JavaScript where there is none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { standardPolicy, verify } from './index.ts'
import { evidenceOf, listAddress, now, sealedCredential, statusListOf } from './vectors/neighbourhood.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'cairn-verifier-'))
let code = ''
let bundled: typeof import('./index.ts')

beforeAll(async () => {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root: path.resolve(import.meta.dirname, '..'),
    resolve: { conditions: ['cairn-source', 'browser', 'module', 'import'] },
    build: {
      write: false,
      minify: true,
      lib: { entry: path.join(import.meta.dirname, 'index.ts'), formats: ['es'], fileName: 'verifier' },
    },
  })
  const [output] = [result].flat()
  for (const chunk of output && 'output' in output ? output.output : [])
    if ('code' in chunk) {
      if (chunk.isEntry) code = chunk.code
      writeFileSync(path.join(folder, chunk.isEntry ? 'verifier.mjs' : chunk.fileName), chunk.code)
    }
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
  bundled = await import(/* @vite-ignore */ pathToFileURL(path.join(folder, 'verifier.mjs')).href)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllGlobals())

test('nothing of Node, of the schema library or of the rules is loaded, and the curves only when they are needed', () => {
  for (const sign of [/node:/, /require\(/, /_zod|ZodType/, /annex1\.(?!learner-missing)/, /\bBuffer\b/])
    expect(code, String(sign)).not.toMatch(sign)
  expect(code.length).toBeLessThan(120_000)
})

test('the verdict in a browser is the verdict on the server', async () => {
  const bytes = await sealedCredential({ status: { list: listAddress, index: 7, purpose: 'revocation' } })
  const broken = bytes.slice()
  broken[5000]! ^= 1
  for (const revoked of [[], [7]]) {
    const evidence = evidenceOf(undefined, { [listAddress]: await statusListOf({ revoked }) })
    for (const each of [bytes, broken]) {
      const here = await verify(each, evidence, standardPolicy, now)
      expect(await bundled.verify(each, evidence, bundled.standardPolicy, now)).toEqual(here)
      vi.stubGlobal('crypto', undefined)
      expect(await bundled.verify(each.slice(), evidence, bundled.standardPolicy, now)).toEqual(here)
      vi.unstubAllGlobals()
    }
  }
})
