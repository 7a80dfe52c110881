/** The command line as people and scripts meet it: the real bin, in a process of its own. */
import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { writeCsv } from '@cairn/sheets'
import { sampleEdition, sampleInstitution, sampleSpecification } from '@cairn/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const bin = path.join(root, 'apps/cli/bin/cairn.js')
const samples = path.join(root, '../shared/vectors/elm/samples')
const noSamples = !existsSync(samples)
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-cli-'))
const at = (name: string) => path.join(folder, name)
const passphrase = 'a demonstration passphrase'

interface Ran {
  status: number
  stdout: string
  stderr: string
  lines: Record<string, unknown>[]
}
function cairn(args: readonly string[], { input = '', env = {} }: { input?: string | Uint8Array; env?: Record<string, string> } = {}): Ran {
  const ran = spawnSync(process.execPath, [bin, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { PATH: process.env.PATH!, CAIRN_KEY_PASSPHRASE: passphrase, ...env },
  })
  const lines = args.includes('--json')
    ? ran.stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : []
  return { status: ran.status ?? -1, stdout: ran.stdout, stderr: ran.stderr, lines }
}

const hardNames: readonly (readonly [string, string])[] = [
  ['Nguyễn Thị Hồng-Đào', 'Phạm'],
  ['Ng', ''],
  ["Seán D'Arcy", 'O’Connor'],
  ['محمد', 'بن عبد الله'],
  ['שָׁלוֹם', 'כֹּהֵן'],
  ['José\u0301', 'Ångström'],
  ['=cmd', "|' /C calc'!A0"],
  ['+1', '-2'],
  ['@SUM(A1)', 'Tab'],
  ["'t", 'Hart'],
  ['山田', '太郎'],
  ['𠮷', '野家'],
  ['Александр', 'Ђорђевић'],
  ['स्वाति', 'शर्मा'],
  ['X'.repeat(120), 'Y'.repeat(150)],
  ['O\u0303\u0323', 'z\u0335algo\u0300\u0301\u0302'],
  ['<b>Ana</b>', '"quoted", comma; semicolon'],
  ['null', 'undefined'],
  ['Ana\nMaría', 'Line'],
  ['مى\u200cخواهم', 'é'],
]
const recipients = Array.from({ length: 200 }, (_, n) => {
  const [given, family] = hardNames[n % hardNames.length]!
  return [
    given,
    family,
    `1990-01-${String((n % 28) + 1).padStart(2, '0')}`,
    `S-${n}`,
    `learner${n}@example.org`,
    '2026-05-12',
    n % 2 ? 'A' : '',
  ]
})
const header = ['givenName', 'familyName', 'dateOfBirth', 'identifier', 'email', 'awardDate', 'grade']

beforeAll(() => {
  writeFileSync(at('edition.json'), JSON.stringify(sampleEdition))
  writeFileSync(at('spec.json'), JSON.stringify(sampleSpecification))
  writeFileSync(at('both.json'), JSON.stringify({ specification: sampleSpecification, institution: sampleInstitution }))
  writeFileSync(at('recipients.csv'), writeCsv([header, ...recipients]))
  const made = cairn(['keys', 'create', '--demo', '--spec', at('edition.json'), '--out', at('keys'), '--json'])
  expect(made.stderr + made.stdout).toContain('"organizationIdentifier":"VATCZ-00000019"')
})
afterAll(() => rmSync(folder, { recursive: true }))

const key = () => at('keys/seal-key.json')
const trust = () => at('keys/trust.json')
const filesOf = (name: string) =>
  readdirSync(at(name))
    .filter((file) => file.endsWith('.jsonld'))
    .sort()
    .map((file) => path.join(at(name), file))

describe('cairn issue and cairn verify', () => {
  test('200 recipients with hard names are sealed, and all 200 are valid to a verifier who trusts the key', () => {
    const issued = cairn([
      'issue',
      '--spec',
      at('edition.json'),
      '--recipients',
      at('recipients.csv'),
      '--key',
      key(),
      '--out',
      at('out'),
      '--json',
    ])
    expect(issued.stderr).toBe('')
    expect(issued.lines).toMatchObject([{ issued: 200, problems: [] }])
    expect(issued.status).toBe(0)
    const files = filesOf('out')
    expect(files).toHaveLength(200)
    for (const file of files) expect(path.basename(file)).toMatch(/^\d{3}[a-z0-9-]*\.jsonld$/)

    const verified = cairn(['verify', ...files, '--trust', trust(), '--json'])
    expect(verified.lines.filter((line) => line.verdict !== 'valid').slice(0, 2)).toEqual([])
    expect(verified.lines).toHaveLength(200)
    expect(verified.status).toBe(0)
    for (const [n, line] of verified.lines.entries()) {
      expect(line.results).toMatchObject({ seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' })
      const [given, family] = recipients[n] as [string, string]
      const name = `${given} ${family}`.replace(/\n/g, ' ').normalize('NFC').trim()
      expect(line.view).toMatchObject({ learner: name, title: sampleSpecification.title.en })
    }

    const manifest = JSON.parse(readFileSync(at('out/manifest.json'), 'utf8'))
    expect(manifest.credentials).toHaveLength(200)
    expect(manifest.credentials[0]).toMatchObject({ row: 1, referenceNumber: expect.stringMatching(/^LH-2026-/) })
    expect(new Set(manifest.credentials.map((each: { id: string }) => each.id)).size).toBe(200)
    expect(readdirSync(folder).filter((name) => name.startsWith('.out'))).toEqual([])
    expect(statSync(at('keys/seal-key.json')).mode & 0o777).toBe(0o600)
  }, 120_000)

  test('without trust the same credential is intact and undecided; with one byte changed it is invalid and shows nothing', () => {
    const [file] = filesOf('out') as [string]
    const stranger = cairn(['verify', file, '--json'])
    expect([stranger.status, stranger.lines[0]!.verdict, stranger.lines[0]!.results]).toMatchObject([
      2,
      'indeterminate',
      { seal: 'passed', issuer: 'unknown' },
    ])
    const bytes = readFileSync(file)
    bytes[Math.floor(bytes.length / 2)]! ^= 1
    const changed = cairn(['verify', '-', '--trust', trust(), '--json'], { input: bytes })
    expect([changed.status, changed.lines[0]!.verdict, changed.lines[0]!.view]).toEqual([1, 'invalid', undefined])
  })

  test('an address is fetched; one on this machine only when the person says so', async () => {
    const bytes = readFileSync(filesOf('out')[0]!)
    const server = createServer((_, answer) => answer.end(bytes)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const verify = (...args: string[]) =>
      new Promise<Record<string, unknown>>((resolve) =>
        execFile(process.execPath, [bin, 'verify', `${origin}/c.jsonld`, '--trust', trust(), '--json', ...args], (_, stdout) =>
          resolve(JSON.parse(stdout)),
        ),
      )
    expect(await verify('--allow', origin)).toMatchObject({ file: `${origin}/c.jsonld`, verdict: 'valid' })
    expect(await verify()).toMatchObject({ verdict: 'invalid', findings: [{ problem: { code: 'format.unreadable' } }] })
    server.close()
  })

  test('for people: who earned what, and why a verdict is what it is', () => {
    const [file] = filesOf('out') as [string]
    const good = cairn(['verify', file, '--trust', trust()])
    expect(good.stdout).toContain('Genuine')
    expect(good.stdout).toContain('earned "Homogenisation of climate records" from Lakeside Institute of Hydrometeorology')
    const unknown = cairn(['verify', file, '--offline'])
    expect(unknown.stdout).toMatch(/Undecided[\s\S]*unknown {2}Is the sealer known/)
  })

  test('when rows are wrong nothing is sealed, and each problem names row and field', () => {
    writeFileSync(
      at('wrong.csv'),
      writeCsv([
        header,
        recipients[0]!,
        ['', '', '', '', 'x@example.org', '2026-05-12', ''],
        ['Bo', 'M', '31.2.1990', 'S-9', '', '2026-05-12', ''],
        recipients[0]!,
      ]),
    )
    const ran = cairn([
      'issue',
      '--spec',
      at('edition.json'),
      '--recipients',
      at('wrong.csv'),
      '--key',
      key(),
      '--out',
      at('wrong'),
      '--json',
    ])
    expect(ran.status).toBe(1)
    expect((ran.lines[0]!.problems as { code: string; pointer: string }[]).map((each) => `${each.code} ${each.pointer}`)).toEqual([
      'sheet.cell-missing /rows/2/givenName',
      'sheet.cell-missing /rows/2/dateOfBirth',
      'sheet.cell-wrong /rows/3/dateOfBirth',
      'sheet.duplicate /rows/4/givenName',
    ])
    expect(ran.lines[0]!.issued).toBe(0)
    expect(existsSync(at('wrong'))).toBe(false)
    const spoken = cairn(['issue', '--spec', at('edition.json'), '--recipients', at('wrong.csv'), '--key', key(), '--out', at('wrong')])
    expect(spoken.stdout).toContain('Nothing was sealed.')
    expect(spoken.stdout).toContain('(/rows/3/dateOfBirth)')
  })

  test('a specification with its institution, and one without: then the key says who seals', () => {
    writeFileSync(at('one.csv'), 'Jméno;Příjmení;Datum narození\nŽofie;Dvořáková;12.5.1999\n')
    const both = cairn([
      'issue',
      '--spec',
      at('both.json'),
      '--recipients',
      at('one.csv'),
      '--key',
      key(),
      '--out',
      at('both'),
      '--award-date',
      '2026-05-12',
      '--json',
    ])
    expect([both.stderr, both.status]).toEqual(['', 0])
    expect(cairn(['verify', ...filesOf('both'), '--trust', trust(), '--json']).status).toBe(0)
    const bare = cairn([
      'issue',
      '--spec',
      at('spec.json'),
      '--recipients',
      at('one.csv'),
      '--key',
      key(),
      '--out',
      at('bare'),
      '--award-date',
      '2026-05-12',
      '--json',
    ])
    expect([bare.stderr, bare.status]).toEqual(['', 0])
    const verified = cairn(['verify', ...filesOf('bare'), '--trust', trust(), '--json'])
    expect(verified.lines[0]).toMatchObject({
      verdict: 'valid',
      view: { learner: 'Žofie Dvořáková', issuer: 'Lakeside Institute of Hydrometeorology' },
    })
  })

  test('a key of somebody else, a wrong passphrase, a status key, a used folder: each is said, nothing is sealed', () => {
    cairn(['keys', 'create', '--demo', '--name', 'Other Body', '--identifier', 'VATXX-9', '--out', at('other')])
    const attempt = (args: Record<string, string>, env: Record<string, string> = {}) => {
      const all = { spec: at('edition.json'), recipients: at('one.csv'), key: key(), out: at('never'), 'award-date': '2026-05-12', ...args }
      const ran = cairn(['issue', ...Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]), '--json'], { env })
      expect(existsSync(at('never'))).toBe(false)
      return [ran.status, (ran.lines[0]?.problems as { code: string }[] | undefined)?.[0]?.code]
    }
    expect(attempt({ key: at('other/seal-key.json') })).toEqual([1, 'key.organisation-mismatch'])
    expect(attempt({}, { CAIRN_KEY_PASSPHRASE: 'not this one' })).toEqual([1, 'key.passphrase-wrong'])
    expect(attempt({ key: at('keys/status-key.json') })).toEqual([1, 'key.unreadable'])
    expect(attempt({ out: at('out') })).toEqual([1, 'input.invalid'])
    expect(attempt({ recipients: at('keys/trust.json') })[0]).toBe(1)
    expect(attempt({}, { CAIRN_KEY_PASSPHRASE: '' })).toEqual([64, undefined])
    expect(attempt({ format: 'docx' })).toEqual([64, undefined])
    expect(attempt({ recipients: 'learners.xlsx' })).toEqual([1, 'input.file-unreadable'])
    expect(attempt({ spec: at('no-specification.json') })).toEqual([1, 'input.file-unreadable'])
  })

  test('from nothing to a verified credential, as the first page of the documentation has it', () => {
    const [specification, learners] = [at('begun/specification.json'), at('begun/learners.csv')]
    expect(cairn(['issue', '--sample', at('begun'), '--json']).lines).toEqual([{ files: [specification, learners] }])
    expect(cairn(['lint', specification, '--profile', 'annex1']).status).toBe(0)
    expect(cairn(['keys', 'create', '--demo', '--spec', specification, '--out', at('begun/demo')]).status).toBe(0)
    const given = ['--spec', specification, '--recipients', learners, '--key', at('begun/demo/seal-key.json'), '--out', at('begun/sealed')]
    expect(cairn(['issue', ...given])).toMatchObject({ status: 0, stdout: expect.stringContaining('2 sealed') })
    const files = readdirSync(at('begun/sealed')).filter((name) => name.endsWith('.jsonld'))
    expect(files).toHaveLength(2)
    const [file] = files.map((name) => at(`begun/sealed/${name}`)) as [string]
    expect(cairn(['verify', file, '--trust', at('begun/demo/trust.json')]).status).toBe(0)
    expect(cairn(['issue', '--sample', at('begun')])).toMatchObject({ status: 1, stderr: expect.stringContaining('already') })

    expect(cairn(['recognise', '--sample', at('rules')]).status).toBe(0)
    const decided = cairn(['recognise', '--library', at('rules/policies.json'), at('rules/case.json'), '--json'])
    expect(decided.lines).toMatchObject([{ outcome: 'partial', grants: [{ kind: 'career-hours', amount: 40, unit: 'hours' }] }])
    expect(cairn(['stack', '--sample', at('parts')]).status).toBe(0)
    const stacked = cairn(['stack', '--library', at('parts/policies.json'), at('parts/pathway.json'), '--json'])
    expect(stacked).toMatchObject({
      status: 1,
      lines: [{ eligible: false, countedCredits: 8, plans: [{ take: ['services'] }, { take: ['planning'] }] }],
    })
  })

  test('a specification that is no complete micro-credential is not sealed as one', () => {
    writeFileSync(
      at('poor.json'),
      JSON.stringify({
        specification: { ...sampleSpecification, assessments: [], qualityAssurance: undefined },
        institution: sampleInstitution,
      }),
    )
    const ran = cairn([
      'issue',
      '--spec',
      at('poor.json'),
      '--recipients',
      at('one.csv'),
      '--key',
      key(),
      '--out',
      at('never'),
      '--award-date',
      '2026-05-12',
      '--json',
    ])
    expect(ran.status).toBe(1)
    expect((ran.lines[0]!.problems as { code: string }[])[0]!.code).toBe('specification.not-complete')
    expect((ran.lines[0]!.problems as unknown[]).length).toBeGreaterThan(2)
    const linted = cairn(['lint', at('poor.json'), '--json'])
    expect(linted.status).toBe(1)
    expect(
      (linted.lines[0]!.findings as { rule: string; severity: string }[]).filter((each) => each.severity === 'B').map((each) => each.rule),
    ).toEqual(expect.arrayContaining(['A9', 'A11']))
  })
})

describe.skipIf(noSamples)('the real samples of the Commission (skipped where ../shared/vectors is absent)', () => {
  test('the sealed one is intact and undecided: nobody told us about its sealer', () => {
    const ran = cairn(['verify', path.join(samples, 'Sample-MC-Annex1-signed.jsonld'), '--json'])
    expect(ran.lines).toHaveLength(1)
    expect(ran.lines[0]).toMatchObject({ verdict: 'indeterminate', results: { seal: 'passed', validity: 'passed', issuer: 'unknown' } })
    expect(ran.status).toBe(2)
  })

  test('the unsigned one has the seven defects', () => {
    const ran = cairn(['lint', path.join(samples, 'Sample-MC-Annex1-unsigned.jsonld'), '--profile', 'annex1', '--json'])
    const found = (ran.lines[0]!.findings as { rule: string; problem: { pointer: string } }[]).map(
      ({ rule, problem }) => `${rule} ${problem.pointer.split('/').at(-1)}`,
    )
    for (const defect of [
      'A11 accreditation',
      'A7 volumeOfLearning',
      'A6 en',
      'A9 specifiedBy',
      'X4 nqfLevel',
      'X1 validFrom',
      'A1 dateOfBirth',
    ])
      expect(found).toContain(defect)
    expect(ran.status).toBe(1)
  })
})

describe('every verb', () => {
  test('what cannot be read still gets a report, one line a file', () => {
    const ran = cairn(['verify', at('nothing-here'), '-', '--json'], { input: 'no credential' })
    expect(ran.lines.map((line) => [line.file, line.verdict])).toEqual([
      [at('nothing-here'), 'invalid'],
      ['-', 'invalid'],
    ])
    for (const line of ran.lines) expect(JSON.stringify(line.findings)).toContain('format.unreadable')
    expect(ran.status).toBe(1)
    const linted = cairn(['lint', at('nothing-here'), '--json'])
    expect(linted.lines).toMatchObject([
      { file: at('nothing-here'), profile: 'annex1', findings: [{ severity: 'B', problem: { code: 'format.unreadable' } }] },
    ])
    expect(linted.status).toBe(1)
  })

  test.each([
    [[]],
    [['frobnicate']],
    [['recognise']],
    [['verify']],
    [['lint', '--profile', 'no-such-profile', 'x']],
    [['verify', 'x', '--no-such-option']],
    [['verify', 'x', '--at', 'yesterday']],
    [['issue', '--spec', 'x']],
    [['keys']],
    [['keys', 'create']],
  ])('%j is not understood: exit 64, a sentence on standard error, nothing on standard output with --json', (args) => {
    const ran = cairn([...args, ...(args.length > 0 ? ['--json'] : [])])
    expect(ran.status).toBe(64)
    if (args.length > 0) expect([ran.stdout, ran.stderr.trim().split('\n').length]).toEqual(['', 1])
  })

  test('a trust file that cannot be used is no verdict on the credential', () => {
    for (const options of [
      ['--trust', at('recipients.csv')],
      ['--trust', at('nothing-here')],
      ['--evidence', at('edition.json')],
    ]) {
      const ran = cairn(['verify', at('edition.json'), ...options, '--json'])
      expect([ran.status, ran.stdout]).toEqual([64, ''])
    }
  })

  test.each(['lint', 'verify', 'issue', 'keys', 'serve'])('cairn %s --help says how', (verb) => {
    const ran = cairn([verb, '--help'])
    expect([ran.status, ran.stdout.startsWith(`cairn ${verb}`)]).toEqual([0, true])
  })

  test('a key is listed and tried, and its passphrase is never an argument', () => {
    expect(cairn(['keys', 'list', at('keys'), '--json']).lines.map((line) => [line.purpose, line.demonstration])).toEqual([
      ['seal', true],
      ['status', true],
    ])
    expect(cairn(['keys', 'test', key(), '--json']).lines[0]).toMatchObject({ ok: true, organizationIdentifier: 'VATCZ-00000019' })
    expect(cairn(['keys', 'test', key(), '--json'], { env: { CAIRN_KEY_PASSPHRASE: 'wrong one' } }).status).toBe(1)
    expect(cairn(['keys', 'test', key(), '--passphrase', passphrase]).status).toBe(64)
    writeFileSync(at('passphrase.txt'), `${passphrase}\n`)
    expect(cairn(['keys', 'test', key(), '--passphrase-file', at('passphrase.txt')], { env: { CAIRN_KEY_PASSPHRASE: '' } }).status).toBe(0)
    expect(cairn(['keys', 'create', '--demo', '--out', at('keys')]).status).toBe(1)
  })

  const noOpenssl = spawnSync('openssl', ['version']).status !== 0
  test.skipIf(noOpenssl)('a PKCS#12 file becomes a key file (skipped where there is no openssl)', () => {
    const openssl = (...args: string[]) => expect(spawnSync('openssl', args, { cwd: folder }).status).toBe(0)
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'k.pem',
      '-out',
      'c.pem',
      '-days',
      '90',
      '-subj',
      '/C=XX/O=Small College/CN=Seal/organizationIdentifier=VATXX-123',
    )
    openssl('pkcs12', '-export', '-inkey', 'k.pem', '-in', 'c.pem', '-out', 'k.p12', '-passout', `pass:${passphrase}`)
    const taken = cairn(['keys', 'import', at('k.p12'), '--out', at('imported.json'), '--json'])
    expect(taken.lines).toMatchObject([{ organizationIdentifier: 'VATXX-123', demonstration: false, algorithm: 'ES256', purpose: 'seal' }])
    expect(cairn(['keys', 'test', at('imported.json')]).status).toBe(0)
  })
})
