/** What `cairn verify` says of the real sealed credential of the Commission and of ten copies that were tampered with: outcome, codes and every sentence. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Report } from '@cairn/core'
import { tamperedSamples } from '@cairn/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const samples = path.join(root, '../shared/vectors/elm/samples')
const missing = !existsSync(samples)
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-tampered-'))
afterAll(() => rmSync(folder, { recursive: true }))

const clause = '  [EN 319 102-1, 5.2.7]'
const altered = [
  'Not genuine: the seal does not fit this document.',
  'Do not rely on it. Ask the learner for the original file, or ask the issuer.',
  'no       Is the seal intact?',
]
const otherBytes = (algorithm: string) =>
  `- The document was altered after sealing, or the seal is not of it. The signature (${algorithm}) was made over other bytes, or with another key.${clause}`
const unreadable = [
  'This is not a credential that can be read here.',
  'Hand in the file as it was downloaded: a file ending in .json or .jwt, a badge picture or a PDF.',
  'no       Is the seal intact?',
]
const said = [
  'It says: Ana Andromeda earned "Digital micro-credential creation" from University of Zed.',
  'It says: sealed by ORGANIZACION TEST, issued 2023-09-27T13:54:17+02:00.',
]
const stamp =
  'The authority of a time stamp is not known here. Token and imprint are sound. Its certificate ended on 2023-12-13. It calls itself a test.  [EN 319 102-1, 5.4]'
const otherStamp = 'A time stamp was made for other bytes. It was not made over this seal.  [EN 319 102-1, 5.4]'
const sealer = [
  'unknown  Is the sealer known and allowed?',
  '- The issuer is not known to you. The registry at hand names no issuers at all.  [EN 319 102-1, 5.2.6]',
  '- No chain leads from the certificate to an authority that is known here. It was issued in the name of "ANF AC Qualified Certificates for eSeal, ANF Autoridad de Certificacion, VATES-G63287510, ES".  [EN 319 102-1, 5.2.6]',
  '- A certificate is past its end. The certificate of the seal ended on 2025-05-10, and no time stamp of a known authority proves that it sealed before.  [EN 319 102-1, 5.2.6]',
  '- The certificate was made for tests. It says so itself: "TEST SEAL, ORGANIZACION TEST, VATES-A00000000, ES".  [EN 319 102-1, 5.2.6]',
]
const stranger = [
  'Not altered, but the issuer is not known to you.',
  'Nobody here vouches for who signed it. Look up the website or telephone number of the issuer yourself, and ask them.',
]
const timeAltered = [
  'The words were not altered, but the proofs of their time were.',
  'Do not rely on it. Ask the learner for the original file, or ask the issuer.',
]
const noStatus = 'yes      Is it free of revocation? Its issuer publishes no status for it.'
const current = ['yes      Does it count at this time?', noStatus]
const sealOf = (level: string) => `Seal ${level}, RS256, made 2023-09-27T11:54:17Z as its sealer says.`
const strangerCodes = ['issuer.not-known', 'certificate.no-path', 'certificate.expired', 'certificate.test-authority']

/** By what was done: the heading, the codes in their order, and the sentences. */
const expected: Record<string, [heading: string, codes: string[], lines: string[]]> = {
  original: [
    'Undecided (NO_CERTIFICATE_CHAIN_FOUND)',
    ['timestamp.authority-unknown', ...strangerCodes],
    [...stranger, ...said, sealOf('B-LTA'), 'yes      Is the seal intact?', `- 3 times: ${stamp}`, ...sealer, ...current],
  ],
  'another word': ['Not valid (SIG_CRYPTO_FAILURE)', ['seal.broken'], [...altered, otherBytes('RS256')]],
  'one bit of the signature': ['Not valid (SIG_CRYPTO_FAILURE)', ['seal.broken'], [...altered, otherBytes('RS256')]],
  'the certificate of another': [
    'Not valid (SIG_CRYPTO_FAILURE)',
    ['seal.certificate-mismatch'],
    [...altered, `- The seal names another certificate than the one it brings.${clause}`],
  ],
  'a time stamp dropped': [
    'Undecided',
    ['timestamp.authority-unknown', 'timestamp.imprint-mismatch', ...strangerCodes],
    [...timeAltered, ...said, sealOf('B-B'), 'unknown  Is the seal intact?', `- ${stamp}`, `- ${otherStamp}`, ...sealer, ...current],
  ],
  'a time stamp exchanged': [
    'Undecided',
    ['timestamp.authority-unknown', 'timestamp.imprint-mismatch', ...strangerCodes],
    [
      ...timeAltered,
      ...said,
      sealOf('B-LTA'),
      'unknown  Is the seal intact?',
      `- ${stamp}`,
      `- 2 times: ${otherStamp}`,
      ...sealer,
      ...current,
    ],
  ],
  'the payload of another': ['Not valid (SIG_CRYPTO_FAILURE)', ['seal.broken'], [...altered, otherBytes('RS256')]],
  'another algorithm': ['Not valid (SIG_CRYPTO_FAILURE)', ['seal.broken'], [...altered, otherBytes('PS256')]],
  'an unknown demand': [
    'Not valid (FORMAT_FAILURE)',
    ['seal.critical-unknown'],
    [
      'The seal is not one that is accepted here.',
      altered[1]!,
      altered[2]!,
      '- The seal demands something that we do not understand.  (/signatures/0/protected/crit/3)',
    ],
  ],
  'cut off': [
    'Not valid (FORMAT_FAILURE)',
    ['format.unreadable', 'json.syntax'],
    [...unreadable, '- This is not well-formed JSON. A string does not end, at character 105368.  (/payload)'],
  ],
  'a member twice': [
    'Not valid (FORMAT_FAILURE)',
    ['format.unreadable', 'json.duplicate-member'],
    [
      ...unreadable,
      '- A member appears twice in one object, so that it can be read in two ways. It stands there again, at character 26.  (/payload)',
    ],
  ],
}

function cairn(...args: string[]) {
  const bin = path.join(root, 'apps/cli/bin/cairn.js')
  return spawnSync(process.execPath, [bin, 'verify', '--offline', ...args], { cwd: folder, encoding: 'utf8' })
}

/** Printed blocks by file. */
const blocks = (stdout: string) =>
  new Map(
    stdout
      .split(/^(?=\S)/m)
      .map((block) => block.trimEnd().split('\n'))
      .map(([head, ...lines]) => [head!.split(': ')[0]!, { heading: head!.split(': ')[1], lines: lines.map((line) => line.trim()) }]),
  )

describe.skipIf(missing)('the credential of the Commission and ten copies (skipped where ../shared/vectors is absent)', () => {
  beforeAll(() => {
    for (const [name, text] of Object.entries(tamperedSamples(samples))) writeFileSync(path.join(folder, name), text)
  })

  test('each report says what was done, once, and what to do now', () => {
    const { stdout, status } = cairn(...Object.keys(expected))
    expect(status).toBe(1)
    const found = blocks(stdout)
    for (const [name, [heading, , lines]] of Object.entries(expected)) expect(found.get(name), name).toEqual({ heading, lines })
  })

  test('the codes below the sentences', () => {
    const { stdout } = cairn('--json', ...Object.keys(expected))
    const reports: (Report & { file: string })[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    for (const { file, findings, view, results } of reports) {
      expect([...new Set(findings.flatMap(({ problem }) => problem?.code ?? []))], file).toEqual(expected[file]![1])
      // R-DISP-2: nothing is shown of what a seal does not vouch for.
      if (results.seal === 'failed') expect(view, file).toBeUndefined()
    }
    expect(reports).toHaveLength(11)
  })

  test('before it was issued, and while its certificate was current', () => {
    const early = blocks(cairn('original', '--at', '2023-09-01').stdout).get('original')!
    expect(early.heading).toBe('Not valid')
    expect(early.lines[0]).toBe('Not current, and the issuer is not known to you.')
    expect(early.lines.slice(-3)).toEqual([
      'no       Does it count at this time?',
      '- The credential is not valid yet. It begins on 2023-09-27.  [VC data model, 4.9]',
      noStatus,
    ])
    const then = blocks(cairn('original', '--at', '2023-10-01').stdout).get('original')!
    expect(then).toEqual({
      heading: 'Undecided (NO_CERTIFICATE_CHAIN_FOUND)',
      lines: expected
        .original![2].filter((line) => !line.includes('is past its end'))
        .map((line) => line.replace(' Its certificate ended on 2023-12-13.', '')),
    })
  })
})
