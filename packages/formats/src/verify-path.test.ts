/** What a browser page loads in order to show and judge a credential: no schema library, no long list, no rules. */
import path from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'

const entry = `
  import { parseJson } from '@cairn/core'
  import { bitAt, detectFormat, expandBits, factsForVerdict, readElm, readStatusList } from '@cairn/formats'
  globalThis.kept = [parseJson, bitAt, detectFormat, expandBits, factsForVerdict, readElm, readStatusList]`

test('reading a credential in the browser loads neither zod nor national frameworks nor the rules', async () => {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root: path.resolve(import.meta.dirname, '..'),
    resolve: { conditions: ['cairn-source', 'browser', 'module', 'import'] },
    plugins: [
      {
        name: 'entry',
        resolveId: (id: string) => (id.endsWith('verify-path') ? path.join(import.meta.dirname, 'verify-path.js') : undefined),
        load: (id: string) => (id.endsWith('verify-path.js') ? entry : undefined),
      },
    ],
    build: { write: false, minify: true, lib: { entry: 'verify-path', formats: ['es'] } },
  })
  const [output] = [result].flat()
  const code = output && 'output' in output ? output.output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('') : ''
  expect(code).toContain('EuropeanDigitalCredential')
  for (const [what, sign] of [
    ['zod', /_zod|ZodType/],
    ['national frameworks', /c_218a7e54/],
    ['ISCED-F', /Earth sciences/],
    ['the rules', /annex1\./],
    ['the profile', /elm\.property-missing/],
  ] as const)
    expect(sign.test(code), what).toBe(false)
  expect(code.length).toBeLessThan(40_000)
})
