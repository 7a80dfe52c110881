/** `cairn recognise` as people and scripts meet it: the real bin, its lines and its exits. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const bin = path.resolve(import.meta.dirname, '../../bin/cairn.js')
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-recognise-'))
const at = (name: string) => path.join(folder, name)
const write = (name: string, value: unknown) => writeFileSync(at(name), JSON.stringify(value))

const need = (id: string, kind: string, onFail: string, params: object) => ({ id, kind, onFail, params })
const library = {
  meta: 'members that are not of a library are left alone',
  policies: {
    P: {
      body: 'SKY',
      rank: 'institution',
      purpose: 'career-progression',
      effective: ['2025-01-01', null],
      requirements: [need('1', 'authenticity', 'refuse', { proofs: ['paper'] }), need('2', 'mode-in', 'note', { modes: ['presential'] })],
    },
  },
  targets: { POST: { body: 'SKY', competencies: ['OBS'] } },
}
const given = (id: string, credential: object) => ({
  id,
  type: 'recognition',
  asOf: '2026-03-01',
  target: 'POST',
  policies: ['P'],
  credentials: [
    {
      id: 'c',
      proof: 'paper',
      status: 'valid',
      mode: 'presential',
      competencies: ['OBS'],
      workload: [{ value: 8, unit: 'hours' }],
      ...credential,
    },
  ],
})

function cairn(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'recognise', ...args], { input, encoding: 'utf8' })
  return {
    status,
    stdout,
    stderr,
    lines: args.includes('--json')
      ? stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : [],
  }
}

beforeAll(() => {
  write('library.json', library)
  write('full.json', given('full', {}))
  write('refused.json', given('refused', { status: 'revoked' }))
  write('open.json', given('open', { status: null }))
  write('wrong.json', given('wrong', { colour: 'blue' }))
})
afterAll(() => rmSync(folder, { recursive: true }))

const on = (...files: string[]) => ['--library', at('library.json'), ...files.map((file) => (file === '-' ? file : at(file))), '--json']

test('one case: its line and its exit', () => {
  const full = cairn(on('full.json'))
  expect(full).toMatchObject({ status: 0, stderr: '' })
  expect(full.lines).toMatchObject([
    { file: at('full.json'), id: 'full', outcome: 'full', verdicts: { 1: 'pass', 2: 'pass' }, reasons: ['ALL_MET'] },
  ])
  expect(full.lines[0].policies).toEqual([{ id: 'P', hash: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) }])
  expect(cairn(on('refused.json')).status).toBe(1)
  expect(cairn(on('open.json'))).toMatchObject({ status: 2, lines: [{ outcome: 'needs-human', sub: 'evidence', grants: [] }] })
})

test('a case that cannot be read is a line with its problem, and exit 64', () => {
  expect(cairn(on('wrong.json'))).toMatchObject({
    status: 64,
    lines: [{ file: at('wrong.json'), problem: { code: 'input.invalid', pointer: '/credentials/0/colour' } }],
  })
  expect(cairn(on('not-there.json'))).toMatchObject({ status: 64, lines: [{ problem: { code: 'format.unreadable' } }] })
})

test('of several: unreadable before refused before open before good', () => {
  expect(cairn(on('full.json', 'open.json')).status).toBe(2)
  expect(cairn(on('full.json', 'open.json', 'refused.json')).status).toBe(1)
  const all = cairn(on('full.json', 'wrong.json', 'open.json', 'refused.json'))
  expect(all.status).toBe(64)
  expect(all.lines).toHaveLength(4)
})

test('a dash is standard input, and a replay gives the same bytes', () => {
  const input = JSON.stringify(given('full', {}))
  const first = cairn(on('-'), input)
  expect(first.lines).toMatchObject([{ file: '-', id: 'full', outcome: 'full' }])
  expect(cairn(on('-'), input).stdout).toBe(first.stdout)
})

test('for people: the outcome in words, what did not pass, and what would help', () => {
  const { stdout, status } = cairn(['--library', at('library.json'), at('open.json')])
  expect(status).toBe(2)
  expect(stdout).toContain('a person has to decide')
  expect(stdout).toContain('AUTHENTICITY_UNKNOWN')
  expect(stdout).toContain('/credentials/c/status = "valid"')
})

test('a library that cannot be used, or none, is a matter of use', () => {
  write('broken.json', { policies: { P: { ...library.policies.P, rank: 'ministry' } } })
  const broken = cairn(['--library', at('broken.json'), at('full.json'), '--json'])
  expect(broken.status).toBe(64)
  expect(broken.stderr).toContain('/policies/P/rank')
  expect(cairn([at('full.json')]).status).toBe(64)
})
