/** R-LOG-1: the record says in words what was done, whatever it was. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { eventNames } from './event-names.ts'

const server = path.resolve(import.meta.dirname, '../../../../server/src')
/** Names that are put together from a noun or an outcome, and what they can be. */
const composed: Readonly<Record<string, readonly string[]>> = {
  '${kind}.${step}': ['policy', 'pathway'].flatMap((kind) => ['create', 'propose', 'publish', 'retire'].map((step) => `${kind}.${step}`)),
  'survey.${step}': ['open', 'save', 'invite', 'remind', 'withdraw'].map((step) => `survey.${step}`),
  'recognition.appeal-${verdict}': ['recognition.appeal-upheld', 'recognition.appeal-changed'],
}

test('every event that the server records has a name', () => {
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$/.test(file))
  const recorded = files.flatMap((file) =>
    [...readFileSync(path.join(server, file), 'utf8').matchAll(/actor: [^\n]*?\bname: (['`])(.+?)\1/g)].map((match) => match[2]!),
  )
  expect(recorded.length).toBeGreaterThan(40)
  const names = recorded.flatMap((name) => composed[name] ?? [name])
  expect([...new Set(names)].filter((name) => !(name in eventNames))).toEqual([])
})
