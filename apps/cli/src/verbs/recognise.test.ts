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
  expect(cairn(on('not-there.json'))).toMatchObject({ status: 64, lines: [{ problem: { code: 'input.file-unreadable' } }] })
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

test('issue 5, bad input: each is one line with its problem, and exit 64', () => {
  const problemIn = (over: object, name = 'full.json') => {
    write('bad-library.json', over)
    const { status, lines } = cairn(['--library', at('bad-library.json'), at(name), '--json'])
    expect(status).toBe(64)
    expect(lines[0].problem.detail).not.toBe('')
    return lines[0].problem
  }
  const rules = (...requirements: object[]) => ({ ...library, policies: { P: { ...library.policies.P, requirements } } })
  const modes = (id: string, of: string) => need(id, 'mode-in', 'refuse', { modes: [of] })
  expect(problemIn(rules(modes('1', 'online'), modes('2', 'presential')))).toMatchObject({
    code: 'input.invalid',
    pointer: '/policies/P/requirements/1/params',
  })
  expect(problemIn(rules(need('1', 'astrology', 'refuse', {})))).toMatchObject({ pointer: '/policies/P/requirements/0/kind' })
  expect(problemIn({ ...library, targets: { POST: { body: 'SKY', credits: -6, outcomes: [] } } })).toMatchObject({
    pointer: '/targets/POST/credits',
  })
  write('negative.json', given('negative', { workload: [{ value: -8, unit: 'hours' }] }))
  expect(problemIn(library, 'negative.json')).toMatchObject({ pointer: '/credentials/0/workload/0/value' })
  write('elsewhere.json', { ...given('elsewhere', {}), policies: ['Q'] })
  expect(problemIn(library, 'elsewhere.json')).toMatchObject({ code: 'input.invalid', pointer: '/policies/0' })
  write('not-json.json', 'x')
  expect(problemIn(library, 'not-json.json')).toMatchObject({ pointer: '' })
})

test('two policies of one rank that contradict each other are no guess: a person decides', () => {
  const peer = { ...library.policies.P, requirements: [need('3', 'mode-in', 'refuse', { modes: ['online'] })] }
  const own = { ...library.policies.P, requirements: [...library.policies.P.requirements, need('4', 'certificate-type', 'refuse', {})] }
  write('peers.json', { ...library, policies: { P: { ...own, params: { typeFactor: { 'successful-completion': 1 } } }, Q: peer } })
  write('both.json', { ...given('both', { awardType: 'successful-completion' }), policies: ['P', 'Q'] })
  const { status, lines } = cairn(['--library', at('peers.json'), at('both.json'), '--json'])
  expect(status).toBe(2)
  expect(lines[0]).toMatchObject({ outcome: 'needs-human', sub: 'policy-conflict', grants: [], reasons: ['POLICY_CONFLICT'] })
})

test('a credential that is not sealed, or revoked, is never taken for good', () => {
  write('unsigned.json', given('unsigned', { proof: null }))
  expect(cairn(on('unsigned.json'))).toMatchObject({
    status: 2,
    lines: [{ outcome: 'needs-human', sub: 'evidence', reasons: ['AUTHENTICITY_UNKNOWN'], grants: [] }],
  })
  expect(cairn(on('refused.json'))).toMatchObject({
    status: 1,
    lines: [{ outcome: 'refused', reasons: ['CREDENTIAL_REVOKED'], grants: [] }],
  })
})

test('an exported decision is replayed under its own rules, and under others it is a problem', () => {
  const { file: _, id: __, ...decision } = cairn(on('full.json')).lines[0]
  write('exported.json', { ...library, case: given('full', {}), decision })
  const { file: ___, id: ____, ...replayed } = cairn(['--library', at('exported.json'), at('exported.json'), '--json']).lines[0]
  expect(JSON.stringify(replayed)).toBe(JSON.stringify(decision))
  write('later.json', { ...library, policies: { P: { ...library.policies.P, version: '2' } } })
  expect(cairn(['--library', at('later.json'), at('exported.json'), '--json'])).toMatchObject({
    status: 64,
    lines: [{ problem: { code: 'recognition.other-policy', pointer: '/decision/policies/0/hash' } }],
  })
  write('no-decision.json', { ...library, case: given('full', {}), decision: { policies: 'none' } })
  expect(cairn(['--library', at('library.json'), at('no-decision.json'), '--json'])).toMatchObject({
    status: 64,
    lines: [{ problem: { code: 'input.invalid', pointer: '/decision/policies' } }],
  })
})
