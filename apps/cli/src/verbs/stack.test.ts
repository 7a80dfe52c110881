/** `cairn stack` as scripts meet it: the real bin, its lines and its exit codes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const bin = path.resolve(import.meta.dirname, '../../bin/cairn.js')
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-stack-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, value: unknown): string {
  const file = path.join(folder, name)
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}
function run(...args: string[]) {
  const ran = spawnSync(process.execPath, [bin, 'stack', ...args], { encoding: 'utf8' })
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr }
}
const stacking = (id: string, minCredits: number) => ({
  id,
  type: 'stacking',
  asOf: '2026-01-10',
  pathway: { award: 'A certificate', slots: [{ id: 'A', accept: ['x'], minCredits }], rules: {} },
  credentials: [{ id: 'c1', credits: 5, tags: ['x'], issueDate: '2025-01-01', provider: 'OWN' }],
  catalogue: [{ id: 'k1', credits: 5, tags: ['x'], hours: 120 }],
})
const library = write('library.json', { policies: {}, targets: {}, others: 'are ignored' })
const good = write('good.json', stacking('good', 5))
const short = write('short.json', stacking('short', 10))
const wrong = write('wrong.json', { ...stacking('wrong', 5), colour: 'red' })

test('eligible is exit 0 and one line', () => {
  const { status, stdout } = run('--library', library, good, '--json')
  expect(status).toBe(0)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ file: good, id: 'good', eligible: true, assignment: { c1: 'A' }, countedCredits: 5, unused: [], gaps: [] }])
})

test('not eligible is exit 1, with gaps, conflict and plans', () => {
  const { status, stdout } = run('--library', library, short, '--json')
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    id: 'short',
    gaps: [{ goal: 'slot:A', have: 5, need: 10 }],
    conflictSet: ['slot:A'],
    plans: [{ take: ['k1'], hours: 120 }],
  })
  expect(JSON.parse(stdout)).not.toHaveProperty('proof')
  expect(JSON.parse(run('--library', library, short, '--json', '--proof').stdout).proof).toEqual({
    conflict: { 'slot:A': {} },
    plans: [{ c1: 'A', k1: 'A' }],
  })
})

test('of several cases each has its line, and one that cannot be read makes it 64', () => {
  const { status, stdout } = run('--library', library, good, wrong, short, '--json')
  expect(status).toBe(64)
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map((line) => line.file)).toEqual([good, wrong, short])
  expect(lines[1].problem).toMatchObject({ code: 'input.invalid', pointer: '/colour' })
})

test('for people it says what counts, what is missing and what to take', () => {
  const { stdout } = run('--library', library, short)
  expect(stdout).toContain('not eligible yet for A certificate')
  expect(stdout).toContain('c1 counts in A')
  expect(stdout).toContain('missing: slot:A, 5 of 10')
  expect(stdout).toContain('plan: k1 (120 h)')
})

test('without a library or a case it is a matter of use', () => {
  expect(run(good).status).toBe(64)
  expect(run('--library', library).status).toBe(64)
  expect(run('--library', path.join(folder, 'nowhere.json'), good).status).toBe(64)
})

test('issue 5, bad input: circles, negative credits, unknown rules and limits that exclude one another are problems with their place', () => {
  const problemOf = (change: (json: ReturnType<typeof stacking>) => object) => {
    const { status, stdout } = run('--library', library, write('bad.json', change(stacking('bad', 5))), '--json')
    expect(status).toBe(64)
    const { problem } = JSON.parse(stdout)
    expect(problem.detail).not.toBe('')
    return problem
  }
  const slots =
    (...of: object[]) =>
    (json: ReturnType<typeof stacking>) => ({ ...json, pathway: { ...json.pathway, slots: of } })
  const slot = (id: string, more: object) => ({ id, accept: ['x'], ...more })
  expect(problemOf(slots(slot('A', { afterSlots: ['B'] }), slot('B', { afterSlots: ['A'] })))).toMatchObject({
    code: 'stacking.slots-cyclic',
    pointer: '/pathway/slots/0/afterSlots',
  })
  expect(problemOf(slots(slot('A', { minCredits: 5, maxCredits: 2 })))).toMatchObject({
    code: 'stacking.limits-contradict',
    pointer: '/pathway/slots/0/minCredits',
  })
  expect(problemOf((json) => ({ ...json, credentials: [{ ...json.credentials[0], credits: -5 }] }))).toMatchObject({
    code: 'input.invalid',
    pointer: '/credentials/0/credits',
  })
  expect(problemOf((json) => ({ ...json, pathway: { ...json.pathway, rules: { luckMin: 1 } } }))).toMatchObject({
    code: 'input.invalid',
    pointer: '/pathway/rules/luckMin',
  })
})
