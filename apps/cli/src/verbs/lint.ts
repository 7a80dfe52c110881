/** `cairn lint`: what a credential or a specification lacks. */
import {
  AchievementSpecification,
  Edition,
  type JsonObject,
  lintSpecification,
  Organisation,
  ProblemError,
  parseJson,
  problem,
  type RuleFinding,
} from '@cairn/core'
import { detectFormat, lintElm, lintOpenBadge, readBadge } from '@cairn/formats'
import { readJades, sealedDocument } from '@cairn/seals'
import type { Output } from '../output.ts'
import { problemLine, visible } from '../problem-line.ts'
import { parseAs, readBytes, readOption } from '../read-input.ts'
import { readMoment } from '../read-moment.ts'
import { UsageError, type Verb } from '../verb.ts'

const profiles = ['annex1', 'elm', 'open-badges'] as const
type Profile = (typeof profiles)[number]

export const lint: Verb = {
  help: `cairn lint FILE… [--profile annex1|elm|open-badges] [--at DATE] [--institution FILE]

Says what a credential or a specification lacks. B blocks, W warns, P asks the designer to think again.

  --profile annex1    the elements of Annex I of Council Recommendation 2022/C 243/02 (default)
  --profile elm       the European Learning Model alone
  --profile open-badges
                      Open Badges 3.0: members, types and dates of a badge in JSON, a token or a picture
  --at DATE           judged on this day, such as 2026-05-12 (default: now)
  --institution FILE  the organisation that stands behind a specification, as JSON
  --json              one line a file: {"file", "profile", "findings": [{"rule", "severity", "problem"}]}

Exit codes: 0 nothing blocks, 1 something does, 64 not understood.`,
  options: { profile: { type: 'string' }, at: { type: 'string' }, institution: { type: 'string' } },
  async run(given, output) {
    const profile = given.text('profile') ?? 'annex1'
    if (!isProfile(profile)) throw new UsageError(`There is no profile "${profile}".`)
    if (given.operands.length === 0) throw new UsageError('Which file?')
    const at = readMoment(given.text('at'))
    const institutionFile = given.text('institution')
    const institution = institutionFile === undefined ? undefined : readOption(Organisation, institutionFile, 'institution')
    let blocked = false
    for (const file of given.operands) {
      const findings = profile === 'open-badges' ? await lintBadge(file) : lintFile(file, { profile, at, institution })
      blocked ||= findings.some((finding) => finding.severity === 'B')
      output.data({ file, profile, findings })
      print(file, findings, output)
    }
    return blocked ? 1 : 0
  },
}

const isProfile = (text: string): text is Profile => (profiles as readonly string[]).includes(text)

/** Findings on a badge, unpacked from its token or picture first; whether its proof holds is for `cairn verify` to say. */
async function lintBadge(file: string): Promise<RuleFinding[]> {
  try {
    return lintOpenBadge(asObject(await readBadge(readBytes(file, 5 * 1024 * 1024))))
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((problem) => ({ rule: 'format', severity: 'B' as const, problem }))
    throw error
  }
}

interface LintOptions {
  profile: Exclude<Profile, 'open-badges'>
  at: string
  institution: Organisation | undefined
}

/** Findings of one file. What cannot be read is one blocking finding, so that every file has its answer. */
function lintFile(file: string, { profile, at, institution }: LintOptions): RuleFinding[] {
  try {
    const bytes = readBytes(file)
    const format = detectFormat(bytes)
    if (format === 'elm-jades') return lintElm(asObject(sealedDocument(readJades(bytes))), { profile, at })
    const document = parseJson(bytes)
    if (isSpecification(document)) return lintDesign(document, at, institution)
    if (format === 'elm-unsealed') return lintElm(asObject(document), { profile, at })
    throw new ProblemError('format.unreadable', 'It is neither a European Digital Credential nor a specification.')
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((problem) => ({ rule: 'format', severity: 'B' as const, problem }))
    throw error
  }
}

function asObject(document: unknown): JsonObject {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new ProblemError('format.unreadable', 'A credential is a JSON object.')
  return document as JsonObject
}

const isSpecification = (document: unknown) =>
  typeof document === 'object' &&
  document !== null &&
  (('kind' in document && 'primaryLanguage' in document) || 'specification' in document)

function lintDesign(document: unknown, at: string, given: Organisation | undefined): RuleFinding[] {
  const on = at.slice(0, 10)
  if ('specification' in (document as object)) {
    const { specification, institution } = parseAs(
      Edition.pick({ specification: true, institution: true }).loose(),
      document,
      'specification',
    )
    return lintSpecification(specification, { institution, on })
  }
  const specification = parseAs(AchievementSpecification, document, 'specification')
  const institution = given ?? specification.awardingBody
  if (institution) return lintSpecification(specification, { institution, on })
  const findings = lintSpecification(specification, { institution: nobody, on })
  return [unanswered, ...findings.filter((finding) => !aboutInstitution.has(finding.rule))]
}

/** Stands in where a specification is linted before anybody stands behind it; what is found about it is not told. */
const nobody = Organisation.parse({
  id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  legalName: { en: '?' },
  country: 'XX',
  identifiers: [],
})
const aboutInstitution = new Set(['A3', 'A4', 'X4', 'X7', 'X8', 'X11'])
const unanswered: RuleFinding = {
  rule: 'A4',
  severity: 'W',
  problem: problem(
    'input.invalid',
    'Nothing says which institution stands behind it, so country and awarding body were not looked at. Give --institution FILE.',
  ),
}

function print(file: string, findings: readonly RuleFinding[], output: Output): void {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length
  output.say(`${visible(file)}: ${count('B')} blocking, ${count('W')} to look at, ${count('P')} to think about`)
  for (const severity of ['B', 'W', 'P'] as const)
    for (const finding of findings.filter((each) => each.severity === severity))
      output.say(`  ${severity}  ${finding.rule.padEnd(4)} ${problemLine(finding.problem)}`)
}
