/** Reports on the real credential of the Commission and on ten tampered copies, as pages say them in each language. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Report } from '@cairn/core'
import { tamperedSamples } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Said } from './say-report.ts'

const web = path.resolve(import.meta.dirname, '../../..')
const samples = path.join(web, '../../../shared/vectors/elm/samples')
const spoken = vi.hoisted(() => ({ language: 'en', texts: {} as Record<string, Record<string, string>> }))
// The build makes functions of the messages; here they are read as they stand.
vi.mock('#lib/paraglide/messages.js', () => ({
  m: new Proxy(
    {},
    {
      get:
        (_, key: string) =>
        (given: Record<string, string> = {}) =>
          spoken.texts[spoken.language]![key]!.replace(/\{(\w+)\}/g, (_whole, name: string) => given[name] ?? ''),
    },
  ),
}))
vi.mock('#lib/paraglide/runtime.js', () => ({ getLocale: () => spoken.language }))

const languages = ['en', 'cs', 'ar'] as const
for (const each of languages) spoken.texts[each] = JSON.parse(readFileSync(path.join(web, `messages/${each}.json`), 'utf8'))

const sentencesOf = ({ sentence, now, lines, form = '' }: Said) => [
  sentence,
  now,
  form,
  ...lines.flatMap(({ label, said, reasons }) => [label, said, ...reasons.flatMap((reason) => [reason.check, reason.said])]),
]

describe.skipIf(!existsSync(samples))('the credential of the Commission and ten copies (skipped where ../shared/vectors is absent)', () => {
  const reports = new Map<string, Report>()
  beforeAll(async () => {
    const at = '2026-06-01T00:00:00Z'
    const evidence = { registry: { anchors: [], trustedLists: [], issuers: [] }, statusLists: {}, retrievedAt: at }
    for (const [name, text] of Object.entries(tamperedSamples(samples)))
      reports.set(name, await verify(new TextEncoder().encode(text), evidence, standardPolicy, at))
  })
  const say = async (name: string, language: (typeof languages)[number]) => {
    spoken.language = language
    const { sayReport } = await import('./say-report.ts')
    return sayReport(reports.get(name)!)
  }

  test('one sentence each, and the same time stamps once', async () => {
    const said = await Promise.all([...reports.keys()].map(async (name) => [name, (await say(name, 'en')).sentence]))
    expect(Object.fromEntries(said)).toEqual({
      original: 'Not altered, but the issuer is not known to you',
      'another word': 'Not genuine: the seal does not fit this document',
      'one bit of the signature': 'Not genuine: the seal does not fit this document',
      'the certificate of another': 'Not genuine: the seal does not fit this document',
      'a time stamp dropped': 'The words were not altered, but the proofs of their time were',
      'a time stamp exchanged': 'The words were not altered, but the proofs of their time were',
      'the payload of another': 'Not genuine: the seal does not fit this document',
      'another algorithm': 'Not genuine: the seal does not fit this document',
      'an unknown demand': 'The seal is not one that is accepted here',
      'cut off': 'This is not a credential that can be read here',
      'a member twice': 'This is not a credential that can be read here',
    })
    const lines = async (name: string) => Object.fromEntries((await say(name, 'en')).lines.map((line) => [line.name, line.said]))
    const notAsked = 'not asked, for the seal does not hold'
    expect(await lines('an unknown demand')).toEqual({
      seal: 'The seal demands something that we do not understand.',
      issuer: notAsked,
      validity: notAsked,
      status: notAsked,
    })
    expect((await lines('a time stamp exchanged')).seal).toBe('A time stamp was made for other bytes.')
    const { reasons } = (await say('original', 'en')).lines.find(({ name }) => name === 'seal')!
    expect(reasons.filter(({ check }) => check === 'Time stamp')).toMatchObject([{ times: 3 }])
  })

  test('no English is left in Czech and in Arabic', async () => {
    for (const name of reports.keys()) {
      const english = new Set(sentencesOf(await say(name, 'en')).filter((text) => /[a-z]{3}/.test(text)))
      const czech = sentencesOf(await say(name, 'cs'))
      const arabic = sentencesOf(await say(name, 'ar'))
      // Names of levels, algorithms and bodies are the same in every language.
      const same = /^(B-|RS256|PS256|ORGANIZACION)/
      expect(
        czech.filter((text) => english.has(text) && !same.test(text)),
        name,
      ).toEqual([])
      expect(
        arabic.filter((text) => /\b(?!json|jwt)[a-z]{3}/.test(text) && !same.test(text)),
        name,
      ).toEqual([])
    }
  })
})
