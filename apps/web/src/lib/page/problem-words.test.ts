/** No problem without a sentence in every language that pages speak. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { problems } from '@cairn/core'
import { expect, test } from 'vitest'

const web = path.resolve(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(path.join(web, file), 'utf8')
const tables = ['src/lib/page/problem-words.ts', 'src/lib/page/request-words.ts', 'src/lib/report/report-words.ts'].map(read).join('\n')
const messageOf = new Map([...tables.matchAll(/'([a-z0-9.-]+)': m\.(problem_[a-z0-9_]+),/g)].map(([, code, key]) => [code!, key!]))
const texts = Object.fromEntries(
  ['en', 'cs', 'ar'].map((each) => [each, JSON.parse(read(`messages/${each}.json`)) as Record<string, string>]),
)

test('every code has a message, and every message a text of its own in English, Czech and Arabic', () => {
  for (const code of Object.keys(problems)) {
    const key = messageOf.get(code)
    expect(key, `${code} has no words`).toBeDefined()
    const said = ['en', 'cs', 'ar'].map((each) => texts[each]![key!])
    for (const text of said) expect(text, `${code} (${key})`).toMatch(/\S/)
    expect(new Set(said).size, `${code} is not translated`).toBe(3)
  }
  for (const code of messageOf.keys()) expect(Object.keys(problems), 'a code that is none').toContain(code)
})

test('a text in Arabic is written in Arabic letters', () => {
  for (const [code, key] of messageOf) expect(texts.ar![key], code).toMatch(/\p{Script=Arabic}/u)
})

test('what the verifier, the seals and the formats can find is among the words of a report', () => {
  const words = read('src/lib/report/report-words.ts')
  const rooms = ['verifier', 'seals', 'formats', 'trustlists'].map((room) => path.join(web, '../../packages', room, 'src'))
  const found = new Set(rooms.flatMap(codesIn))
  for (const code of found) if (code in problems && !ofOthers.test(code)) expect(words, code).toContain(`'${code}'`)
})

/** Codes of lint, of asking for things and of trusted lists by themselves: no report holds them. */
const ofOthers =
  /^(annex1|elm|specification|trust-list|recognition)\.|^fetch\.|^(timestamp|revocation)\.(refused|nonce-mismatch|policy-mismatch)$|^seal\.already-finished$/

function codesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (each) => each.endsWith('.ts') && !/\.test\.ts$|vectors\//.test(each),
  )
  return files.flatMap((each) =>
    [...readFileSync(path.join(folder, each), 'utf8').matchAll(/'([a-z0-9-]+\.[a-z0-9-]+)'/g)].map((found) => found[1]!),
  )
}

test('every check of the verifier has a name', () => {
  const table = read('src/lib/report/say-report.ts')
  const checks = [...codesIn(path.join(web, '../../packages/verifier/src'))].filter(
    (each) => /^(seal|issuer|validity|status|holder|type|format)\./.test(each) && !(each in problems),
  )
  expect(checks.length).toBeGreaterThan(15)
  for (const check of checks) expect(table, check).toContain(`'${check}':`)
})
