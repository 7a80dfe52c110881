/** One verdict is said in the same words on a page and on the command line. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { saying } from './saying.ts'

const web = path.resolve(import.meta.dirname, '../../web')
const messages: Readonly<Record<string, string>> = JSON.parse(readFileSync(path.join(web, 'messages/en.json'), 'utf8'))
/** Verdict and what to do now of each kind, as `say-report.ts` of the pages binds them to messages. */
const table = readFileSync(path.join(web, 'src/lib/report/say-report.ts'), 'utf8')
const said = [...table.matchAll(/^ {2}'?([a-z-]+)'?: \['\w+', m\.(verdict_\w+), m\.(now_\w+)\],$/gm)].map(
  ([, kind, verdict, now]) => [kind!, verdict!, now!] as const,
)

test('the command line says what the pages say', () => {
  expect(saying).toEqual(Object.fromEntries(said.map(([kind, verdict, now]) => [kind, [`${messages[verdict]}.`, messages[now]]])))
})

test('no verdict of the pages is left out, and no message of one is left over', () => {
  const used = new Set(said.flatMap(([, verdict, now]) => [verdict, now]))
  expect(new Set(Object.keys(messages).filter((key) => /^(verdict|now)_/.test(key)))).toEqual(used)
})
