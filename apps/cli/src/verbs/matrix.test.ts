/** `cairn matrix` as scripts meet it: the real bin, its lines and its exit codes. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const bin = path.resolve(import.meta.dirname, '../../bin/cairn.js')
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-matrix-'))
afterAll(() => rmSync(folder, { recursive: true }))
const run = (...args: string[]) => spawnSync(process.execPath, [bin, 'matrix', ...args], { encoding: 'utf8' })
function write(name: string, value: unknown): string {
  const file = path.join(folder, name)
  writeFileSync(file, JSON.stringify(value))
  return file
}
const policy = (requirement: object) => ({
  body: 'ANY',
  rank: 'institution',
  purpose: 'career-progression',
  effective: ['2025-01-01', null],
  requirements: [{ id: 'r', onFail: 'evidence', ...requirement }],
})
const library = write('library.json', {
  policies: {
    '=A': policy({ kind: 'holder-match' }),
    B: policy({ kind: 'formal-marks', params: { need: ['reference'] } }),
  },
  targets: { P: { body: 'NOBODY', competencies: ['OBS'] } },
})
const credentials = [
  { id: 'k', holderMatch: 'verified', awardType: 'successful-completion', workload: [{ value: 20, unit: 'hours' }], competencies: ['OBS'] },
]
const certificate = (id: string, more: object = {}) => ({
  id,
  type: 'recognition',
  asOf: '2026-03-01',
  target: 'P',
  policies: ['x'],
  credentials,
  ...more,
})
const good = write('good.json', certificate('c'))

test('one line with the matrix, the forecast, the profiles and the guideline', () => {
  const csv = path.join(folder, 'matrix.csv')
  const { status, stdout } = run('--library', library, good, '--csv', csv, '--json')
  expect(status).toBe(0)
  const found = JSON.parse(stdout)
  expect(found.matrix.rows[0]).toMatchObject({ asked: 2, accepts: 1, asks: 1 })
  expect(found.forecasts.c.gains[0]).toEqual({ feature: 'reference-number', adds: 1, policies: ['B'] })
  expect(found.profiles[0].profiles[2]).toMatchObject({ share: 1, accepts: 2, reached: true })
  expect(readFileSync(csv, 'utf8')).toContain("'=A")
})

test('for people it is the guideline in sentences', () => {
  expect(run('--library', library, good).stdout).toContain('adding a reference number would raise acceptance from 1 to 2 of 2')
})

test('a table that cannot be written is told with its place', () => {
  const { status, stderr } = run('--library', library, good, '--csv', path.join(folder, 'nowhere', 'matrix.csv'))
  expect([status, stderr]).toEqual([64, expect.stringContaining('cannot be written to')])
})

test('what cannot be read is 64, and no policy to ask is 1', () => {
  expect(run(good).status).toBe(64)
  expect(run('--library', library, write('wrong.json', certificate('w', { colour: 1 }))).status).toBe(64)
  expect(run('--library', library, write('early.json', certificate('e', { asOf: '2020-01-01' }))).status).toBe(1)
})

const worked = path.resolve(import.meta.dirname, '../../../../../shared/vectors/recognition/worked-cases.json')
test.skipIf(!existsSync(worked))('the worked cases make a matrix (needs the shared vectors)', () => {
  const { cases } = JSON.parse(readFileSync(worked, 'utf8')) as { cases: { id: string; type: string }[] }
  const files = cases.filter(({ type }) => type === 'recognition').map((each) => write(`${each.id}.json`, each))
  const { status, stdout } = run('--library', worked, ...files, '--json')
  expect(status).toBe(0)
  expect(JSON.parse(stdout).matrix.rows).toHaveLength(files.length)
})
