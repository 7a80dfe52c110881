/** `cairn survey` as scripts meet it: the real bin, its lines and its exit codes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const bin = path.resolve(import.meta.dirname, '../../bin/cairn.js')
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-survey-'))
afterAll(() => rmSync(folder, { recursive: true }))
const run = (...args: string[]) => spawnSync(process.execPath, [bin, 'survey', ...args], { encoding: 'utf8' })
function answers(name: string, given: unknown, respondent: Record<string, string>): string {
  const file = path.join(folder, name)
  const head = { survey: 'requirements', version: 1, answered: '2026-05-01' }
  writeFileSync(file, JSON.stringify({ ...head, respondent: { name: 'Sky Service', region: 'Europe', ...respondent }, answers: given }))
  return file
}
const purpose = { value: ['promotion'] }
const one = answers('one.json', { B1: { value: 16 }, B12: purpose, D5: { value: 'named' } }, { body: 'SKY', country: 'CZ' })
const two = answers(
  'two.json',
  { B1: { value: 8 }, B11: { value: ['en'] }, D5: { value: 'named' } },
  { body: 'RAIN', country: 'AT', region: '=1+1' },
)
const wrong = answers('wrong.json', { B8: { value: 'none' }, B9: { value: 'tested-in-person' } }, { body: 'FOG', country: 'SK' })

test('draft gives a policy that a library takes, and what is open', () => {
  const { status, stdout } = run('draft', one, '--json')
  expect(status).toBe(0)
  const { id, policy, open } = JSON.parse(stdout)
  expect(policy.params.minHours).toBe(16)
  const library = path.join(folder, 'library.json')
  writeFileSync(library, JSON.stringify({ policies: { [id]: policy }, targets: { P: { body: 'SKY', competencies: ['OBS'] } } }))
  const aCase = path.join(folder, 'case.json')
  const credentials = [{ id: 'c', holderMatch: 'verified', awardType: 'attendance', workload: [{ value: 8, unit: 'hours' }] }]
  writeFileSync(aCase, JSON.stringify({ id: 'k', type: 'recognition', asOf: '2026-06-01', target: 'P', policies: [id], credentials }))
  const decided = spawnSync(process.execPath, [bin, 'recognise', '--library', library, aCase, '--json'], { encoding: 'utf8' })
  expect(JSON.parse(decided.stdout)).toMatchObject({ outcome: 'refused', reasons: expect.arrayContaining(['BELOW_MIN_HOURS']) })
  expect(open).toContainEqual({ question: 'B2', why: 'not-answered' })
})

test('answers that exclude one another are exit 1, with the place', () => {
  const { status, stdout } = run('draft', wrong, '--json')
  expect(status).toBe(1)
  expect(JSON.parse(stdout).problems).toEqual([expect.objectContaining({ code: 'survey.contradiction', pointer: '/answers/B9' })])
})

test('analyse counts, and no cell of the table runs as a formula', () => {
  const csv = path.join(folder, 'analysis.csv')
  const { status, stdout } = run('analyse', one, two, '--csv', csv, '--json')
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ responses: 2, keptBack: 0 })
  const table = readFileSync(csv, 'utf8')
  expect(table).toContain("'=1+1")
  expect(table).not.toContain(',=1+1')
})

test('questions come with the pieces of a policy that answers carry', () => {
  const { stdout } = run('questions', '--json')
  const { questions } = JSON.parse(stdout)
  expect(questions).toHaveLength(24)
  expect(questions.find(({ id }: { id: string }) => id === 'B1').carries.params).toEqual({ minHours: '$value' })
})

test('what is not understood is exit 64', () => {
  expect(run('draft').status).toBe(64)
  expect(run('guess', one).status).toBe(64)
  expect(run('draft', path.join(folder, 'nowhere.json')).status).toBe(64)
})
