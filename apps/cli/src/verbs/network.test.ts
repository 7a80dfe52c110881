/** `cairn network`: two members on one machine join, agree, transfer, settle and leave; what was tampered with is refused. The real bin throughout. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const bin = path.resolve(import.meta.dirname, '../../bin/cairn.js')
const root = mkdtempSync(path.join(tmpdir(), 'cairn-network-'))
afterAll(() => rmSync(root, { recursive: true }))
const at = (...names: string[]) => path.join(root, ...names)
const env = { ...process.env, CAIRN_KEY_PASSPHRASE: 'correct horse battery' }
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, '--json'], { encoding: 'utf8', env })
  return { status, stderr, said: stdout.trim() === '' ? {} : JSON.parse(stdout.trim().split('\n').at(-1)!) }
}
const cairn = (who: string, action: string, ...args: string[]) =>
  run(
    'network',
    action,
    '--folder',
    at(who),
    ...(action === 'transfer' && args[0] === 'settle' ? [] : ['--key', at(`${who}-key`, 'seal-key.json')]),
    ...args,
  )
const good = (...given: Parameters<typeof cairn>) => {
  const answer = cairn(...given)
  expect(answer, given.join(' ')).toMatchObject({ status: 0 })
  return answer.said
}
const codes = ({ said }: ReturnType<typeof run>) => said.problems?.map(({ code }: { code: string }) => code)
const write = (name: string, value: unknown) => {
  writeFileSync(at(name), typeof value === 'string' ? value : JSON.stringify(value))
  return at(name)
}
const text = {
  network: 'SKIES',
  title: { en: 'Clouds count' },
  text: { en: 'What the centre teaches counts at the university.' },
  parties: ['UNI', 'CENTRE'],
  effective: ['2026-02-01', null],
  noticeDays: 30,
  counts: 'once-in-network',
  data: ['title', 'outcomes'],
  lines: [{ achievement: 'CLOUDS', of: 'CENTRE', gives: { kind: 'specified-credit', amount: 2, unit: 'ECTS', target: 'M' } }],
}
const consent = {
  learner: 'urn:learner:7',
  from: 'CENTRE',
  to: 'UNI',
  purpose: 'credit',
  credentials: ['c1'],
  fields: ['title'],
  given: '2026-03-01',
  until: '2026-03-31',
}

beforeAll(() => {
  for (const [who, name, number] of [
    ['hub', 'Hub', 'VATCZ-1'],
    ['uni', 'University', 'VATCZ-2'],
    ['centre', 'Centre', 'VATAT-3'],
  ] as const)
    expect(
      run('keys', 'create', '--demo', '--name', name, '--identifier', number, '--country', number.slice(3, 5), '--out', at(`${who}-key`))
        .status,
    ).toBe(0)
}, 60_000)

/** The last signed document with one letter of its payload changed. */
function tampered(file: string): string {
  const [head, payload, signature] = readFileSync(file, 'utf8').trim().split('.') as [string, string, string]
  const json = Buffer.from(payload, 'base64url').toString().replace(/2026/, '2027')
  return write(`tampered-${path.basename(file)}`, `${head}.${Buffer.from(json).toString('base64url')}.${signature}`)
}

test('join, agree, transfer, settle, leave', () => {
  const day = (date: string) => ['--at', date]
  const { coordinator } = good(
    'hub',
    'init',
    '--network',
    'SKIES',
    '--id',
    'HUB',
    '--name',
    'Hub',
    '--contact',
    'hub@example.org',
    ...day('2026-01-01'),
  )
  const joining = (who: string, id: string, pinned: string, key = at('hub', 'network-key')) =>
    cairn(
      ...([who, 'join', '--directory', at('hub', 'public', 'directory.jws'), '--coordinator', pinned, '--network-key', key] as const),
      ...['--id', id, '--name', id, '--country', 'CZ', '--contact', `${who}@example.org`],
    )
  // Another coordinator than the one that was named by a second way.
  expect(codes(joining('uni', 'UNI', 'A'.repeat(43)))).toEqual(['network.not-trusted'])
  expect(codes(joining('uni', 'UNI', coordinator, at('nowhere')))).toEqual(['input.file-unreadable'])
  expect(joining('uni', 'UNI', coordinator).status).toBe(0)
  expect(joining('centre', 'CENTRE', coordinator).status).toBe(0)

  const entries = ['uni', 'centre'].map((who) => at(who, 'public', 'member.jws'))
  const noted = write('wrong-member.jws', readFileSync(entries[0]!, 'utf8').replace(/\.[^.]{20}/, `.${'A'.repeat(20)}`))
  expect(cairn('hub', 'join', '--admit', noted).status).toBe(1)
  for (const entry of entries) good('hub', 'join', '--admit', entry, ...day('2026-01-02'))
  expect(codes(cairn('hub', 'join', '--admit', entries[0]!))).toEqual(['network.out-of-order'])
  const first = at('old-directory.jws')
  copyFileSync(at('hub', 'public', 'directory.jws'), first)
  expect(codes(cairn('uni', 'join', '--directory', tampered(first)))).toEqual(['seal.broken'])
  for (const who of ['uni', 'centre'])
    expect(good(who, 'join', '--directory', first)).toMatchObject({ serial: 3, members: ['CENTRE', 'UNI'] })

  // One text, one hash, two signatures.
  const { agreement, file } = good('uni', 'agree', write('text.json', text), ...day('2026-01-10'))
  const handed = write('handed.json', readFileSync(file, 'utf8'))
  const altered = JSON.parse(readFileSync(file, 'utf8'))
  altered.agreement.lines[0].gives.amount = 20
  expect(codes(cairn('centre', 'agree', write('altered.json', altered), ...day('2026-01-11')))).toEqual(['network.hash-differs'])
  const sendIt = (...more: string[]) =>
    cairn(
      'centre',
      'transfer',
      'send',
      write('credential.json', '{"the":"credential"}'),
      '--agreement',
      agreement,
      '--achievement',
      'CLOUDS',
      ...more,
    )
  const receipt = write('consent.json', consent)
  const signedByBoth = good('centre', 'agree', handed, ...day('2026-01-11'))
  expect(signedByBoth).toMatchObject({ agreement, missing: [] })
  expect(good('uni', 'agree', signedByBoth.file, ...day('2026-01-12'))).toMatchObject({ signed: ['CENTRE', 'UNI'] })

  // The learner's consent decides what goes.
  expect(codes(sendIt('--consent', write('late.json', { ...consent, until: '2026-03-02' }), ...day('2026-03-05')))).toEqual([
    'network.consent-missing',
  ])
  const { file: sent } = sendIt('--consent', receipt, ...day('2026-03-05')).said
  expect(codes(cairn('uni', 'transfer', 'receive', tampered(sent), ...day('2026-03-09')))).toEqual(['seal.broken'])
  const answer = good('uni', 'transfer', 'receive', sent, ...day('2026-03-09'))
  expect(answer).toMatchObject({ outcome: 'recognised', grants: [{ amount: 2, unit: 'ECTS' }] })
  expect(codes(cairn('centre', 'transfer', 'settle', tampered(answer.file)))).toEqual(['seal.broken'])
  good('centre', 'transfer', 'settle', answer.file)
  expect(codes(cairn('centre', 'transfer', 'settle', answer.file))).toEqual(['network.out-of-order'])

  // The same credential a second time: not counted; a person may refuse it in due form.
  const { file: again } = sendIt('--consent', receipt, ...day('2026-03-20')).said
  expect(codes(cairn('uni', 'transfer', 'receive', again, ...day('2026-03-21')))).toEqual(['network.used-before'])
  expect(cairn('uni', 'transfer', 'receive', again, '--refuse', 'Counted before.', ...day('2026-03-21')).status).toBe(64)
  const refused = good(
    'uni',
    'transfer',
    'receive',
    again,
    '--refuse',
    'Counted before.',
    '--confirmed-by',
    'Head of studies',
    ...day('2026-03-21'),
  )
  const names = `${readFileSync(at('uni', 'ledger.jsonl'), 'utf8')}${Buffer.from(readFileSync(at('uni', 'public', 'used.jws'), 'utf8').split('.')[1]!, 'base64url')}`
  expect(names).not.toMatch(/learner|\bc1\b/)

  // Before the refusal is noted at the source, the books differ; afterwards they agree.
  const theirs = good('uni', 'balance', '--with', 'CENTRE', '--quarter', '2026-Q1', ...day('2026-04-01'))
  const before = cairn('centre', 'balance', '--with', 'UNI', '--quarter', '2026-Q1', theirs.file, ...day('2026-04-01'))
  expect(before).toMatchObject({ status: 1, said: { differences: expect.arrayContaining(['given.refused']) } })
  good('centre', 'transfer', 'settle', refused.file)
  expect(good('centre', 'balance', '--with', 'UNI', '--quarter', '2026-Q1', theirs.file, ...day('2026-04-01'))).toMatchObject({
    given: { sent: 2, recognised: 1, refused: 1, credits: 2 },
    differences: [],
  })

  // After an appeal another answer takes the place of the refusal, as a new line in both ledgers; nobody can slip one in beside it.
  expect(codes(cairn('uni', 'transfer', 'receive', again, ...day('2026-04-02')))).toEqual(['network.used-before'])
  const appealed = ['receive', again, '--again', '--refuse', 'The board agrees.', '--confirmed-by', 'Board', ...day('2026-04-03')]
  copyFileSync(refused.file, at('first-answer.jws'))
  const second = good('uni', 'transfer', ...appealed)
  good('centre', 'transfer', 'settle', second.file)
  expect(codes(cairn('centre', 'transfer', 'settle', at('first-answer.jws')))).toEqual(['network.out-of-order'])
  for (const who of ['uni', 'centre']) {
    const [last] = readFileSync(at(who, 'ledger.jsonl'), 'utf8').trim().split('\n').slice(-1)
    expect(JSON.parse(last!)).toMatchObject({ kind: 'refused', corrects: 4, n: 5 })
  }
  const later = good('centre', 'balance', '--with', 'UNI', '--quarter', '2026-Q2', ...day('2026-07-01'))
  expect(later.given).toMatchObject({ sent: 0, refused: 1, corrected: 1 })
  expect(good('centre', 'balance', '--with', 'UNI', '--quarter', '2026-Q1', theirs.file, ...day('2026-07-01')).differences).toEqual([])

  // A ledger that was rewritten, or lost its end after it was signed.
  const ledger = readFileSync(at('centre', 'ledger.jsonl'), 'utf8')
  writeFileSync(at('centre', 'ledger.jsonl'), ledger.replace('"credits":2', '"credits":9'))
  const balancing = () => cairn('centre', 'balance', '--with', 'UNI', '--quarter', '2026-Q1')
  expect(codes(balancing())).toEqual(['network.ledger-altered'])
  writeFileSync(at('centre', 'ledger.jsonl'), `${ledger.trimEnd().split('\n').slice(0, -1).join('\n')}\n`)
  expect(codes(balancing())).toEqual(['network.ledger-altered'])
  writeFileSync(at('centre', 'ledger.jsonl'), ledger)

  // A third place that has the list of used tokens would not count it either; here it is the list itself that is read.
  mkdirSync(at('centre', 'used'))
  copyFileSync(at('uni', 'public', 'used.jws'), at('centre', 'used', 'uni.jws'))

  // Leaving: from then on nothing is sent; what was decided stays.
  const { leaving } = good('centre', 'leave', ...day('2026-05-01'))
  good('hub', 'leave', leaving, ...day('2026-05-01'))
  for (const who of ['uni', 'centre']) good(who, 'join', '--directory', at('hub', 'public', 'directory.jws'))
  expect(codes(cairn('uni', 'join', '--directory', first))).toEqual(['network.not-trusted'])
  const { said } = sendIt('--consent', write('may.json', { ...consent, given: '2026-05-02', until: '2026-05-30' }), ...day('2026-05-02'))
  expect(said.problems[0].code).toBe('network.not-member')
  expect(good('uni', 'balance', '--with', 'CENTRE', '--quarter', '2026-Q1').taken.recognised).toBe(1)
}, 300_000)

test('a changed key: the old one speaks for it, of a member and of the coordinator, and one that nobody speaks for is compared', () => {
  const sky = (who: string, action: string, keyOf: string, ...args: string[]) =>
    run('network', action, '--folder', at(`sky-${who}`), '--key', at(`${keyOf}-key`, 'seal-key.json'), ...args)
  const founding = ['--network', 'SKY', '--id', 'HUB', '--name', 'Hub', '--contact', 'hub@example.org']
  const { coordinator } = sky('hub', 'init', 'hub', ...founding).said
  const directory = at('sky-hub', 'public', 'directory.jws')
  const joining = ['--directory', directory, '--coordinator', coordinator, '--network-key', at('sky-hub', 'network-key')]
  sky('uni', 'join', 'uni', ...joining, '--id', 'UNI', '--name', 'Uni', '--country', 'CZ', '--contact', 'uni@example.org')
  const entry = at('sky-uni', 'public', 'member.jws')
  expect(sky('hub', 'join', 'hub', '--admit', entry).status).toBe(0)
  const take = () => sky('uni', 'join', 'uni', '--directory', directory)
  expect(take().said).toMatchObject({ members: ['UNI'] })

  // Somebody else's key, under which the entry is signed, is taken only when it was compared.
  sky('uni', 'join', 'centre', '--renew')
  expect(codes(sky('hub', 'join', 'hub', '--admit', entry))).toEqual(['network.not-trusted'])
  sky('uni', 'join', 'centre', '--renew', '--old-key', at('uni-key', 'seal-key.json'))
  expect(sky('hub', 'join', 'hub', '--admit', entry).said).toMatchObject({ admitted: 'UNI', serial: 3 })

  expect(codes(sky('hub', 'join', 'centre', '--renew'))).toEqual(['network.not-trusted'])
  expect(sky('hub', 'join', 'centre', '--renew', '--old-key', at('hub-key', 'seal-key.json')).said).toMatchObject({ serial: 4 })
  expect(take().said).toMatchObject({ serial: 4 })
  // From now on the new key alone.
  expect(sky('hub', 'join', 'centre', '--renew').said).toMatchObject({ serial: 5 })
  expect(take().said).toMatchObject({ serial: 5 })
  sky('uni', 'join', 'uni', '--renew')
  expect(codes(sky('hub', 'join', 'centre', '--admit', entry))).toEqual(['network.out-of-order'])
}, 300_000)

test('what is not understood is exit 64', () => {
  expect(run('network').status).toBe(64)
  expect(run('network', 'agree', '--folder', at('nowhere')).status).toBe(64)
})
