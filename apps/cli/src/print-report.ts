/** A report as a person reads it in a terminal. */
import { type Declaration, type Finding, type Outcome, type Report, textIn, verdictKindOf } from '@cairn/core'
import type { Output } from './output.ts'
import { problemLine, visible } from './problem-line.ts'
import { saying } from './saying.ts'

const verdicts: Readonly<Record<Report['verdict'], string>> = {
  valid: 'Genuine',
  invalid: 'Not valid',
  indeterminate: 'Undecided',
}
const words = { valid: 'genuine', invalid: 'not valid', indeterminate: 'undecided' } as const
const kinds: Readonly<Record<NonNullable<Report['qualification']>['qualification'], string>> = {
  'qualified-seal': 'A qualified seal',
  'advanced-seal-qualified-certificate': 'An advanced seal on a qualified certificate',
  other: 'By the trusted lists neither a qualified seal nor one on a qualified certificate, but a seal',
  unknown: 'What it is worth by the trusted lists is not known: a seal',
}
const standings: Readonly<Record<NonNullable<Report['accreditation']>['standing'], string>> = {
  covered: 'covered',
  'with-conditions': 'covered, with conditions',
  'ended-since': 'covered then, ended since',
  'not-then': 'none on that day',
  outside: 'for other levels, fields or places',
  'scope-unknown': 'there is one, and whether for this is not said',
  'body-unknown': 'the body is not in the registry',
  silent: 'the registry says nothing of this',
}
const marks: Readonly<Record<Outcome, string>> = { passed: 'yes    ', failed: 'no     ', unknown: 'unknown' }
const questions = {
  seal: 'Is the seal intact',
  issuer: 'Is the sealer known and allowed',
  validity: 'Does it count at this time',
  status: 'Is it free of revocation',
  holder: 'Does whoever shows it prove that it is theirs',
  parts: 'Are the parts what the receipt says',
  accreditation: 'Is the awarding body accredited',
} as const

/** A declaration in plain lines. */
function declarationLines(declaration: Declaration, body: string): string[] {
  switch (declaration.kind) {
    case 'decision': {
      const { learner, outcome, target, grants, policies } = declaration
      const granted = grants.map(({ kind, amount, unit }) => (amount === undefined ? kind : `${kind} ${amount} ${unit ?? ''}`.trim()))
      return [
        `${body} answered ${learner} on "${textIn(target.title, 'en')}": ${outcome}${granted.length > 0 ? `, ${granted.join(', ')}` : ''}.`,
        ...policies.map(({ title, version, hash }) => `By "${textIn(title, 'en')}", version ${version}, SHA-256 ${hash}.`),
      ]
    }
    case 'pathway':
      return [`${body} published the pathway "${textIn(declaration.pathway.title, 'en')}", SHA-256 ${declaration.hash}.`]
    case 'stack-receipt':
      return [
        `${body} stacked "${textIn(declaration.pathway.content.title, 'en')}" for ${declaration.learner} from:`,
        ...declaration.parts.map(({ id, title, issuer, digest }) => `  "${title}" by ${issuer}, ${id}, SHA-256 ${digest}`),
        ...(declaration.award === undefined ? [] : [`The award is ${declaration.award}.`]),
      ]
  }
}

/** Prints the verdict and what it means, what the signed bytes say, and each result with the reasons of what did not pass. */
export function printReport(file: string, report: Report, output: Output): void {
  output.say(`${visible(file)}: ${verdicts[report.verdict]}${report.subIndication ? ` (${report.subIndication})` : ''}`)
  for (const sentence of saying[verdictKindOf(report)]) output.say(`  ${sentence}`)
  if (report.reported) {
    const { verdict, at, sha256 } = report.reported
    const by = report.registry ? visible(report.registry.legalName) : 'somebody who is not known here'
    output.say(`  A signed report by ${by}: on ${visible(at)} they found the document with SHA-256 ${sha256} ${words[verdict]}.`)
  }
  const { view } = report
  if (view) {
    // Of what is not proven this only tells what it says; of what is, the registry names the sealer.
    const says = report.verdict === 'valid' ? '' : 'It says: '
    for (const line of view.declaration ? declarationLines(view.declaration, view.awardingBody) : [])
      output.say(`  ${says}${visible(line)}`)
    if (!view.declaration)
      output.say(`  ${says}${visible(view.learner)} earned "${visible(view.title)}" from ${visible(view.awardingBody)}.`)
    output.say(`  ${says}${says ? 's' : 'S'}ealed by ${visible(view.issuer)}, issued ${visible(view.issued)}.`)
    if (report.registry) output.say(`  The registry knows the sealer as ${visible(report.registry.legalName)}.`)
  }
  for (const { level, algorithm, claimedAt, provenAt } of report.signatures ?? []) {
    const made = claimedAt ? `, made ${claimedAt} as its sealer says` : ''
    output.say(`  Seal ${level ?? 'below B-B'}, ${algorithm}${made}${provenAt ? `, proven to exist since ${provenAt}` : ''}.`)
  }
  if (report.sheet) {
    const { seal, level, algorithm, signer, claimedAt } = report.sheet
    if (seal === 'none') output.say('  The sheet itself is not sealed: what counts is what is shown here, and not what it prints.')
    else if (level)
      output.say(
        `  Sheet sealed by ${visible(signer ?? '')}, ${level}, ${algorithm}${claimedAt ? `, made ${claimedAt} as its sealer says` : ''}.`,
      )
  }
  if (report.package) {
    const { madeAt, registry, statusAt } = report.package
    output.say(`  Evidence package of ${visible(madeAt)}.`)
    if (registry === 'own') output.say('  Who may seal is what its own registry says: whoever made the package vouches for it.')
    if (statusAt) output.say('  Whether it was revoked is known as of that day; what came later is not in the package.')
  }
  const { qualification: found } = report
  if (found) {
    const by = found.service ? `, by ${visible(found.service.providerName)} (trusted list of ${visible(found.service.territory)})` : ''
    const whose = [found.holder.legalName, found.holder.identifier].filter((each) => each !== undefined).map(visible)
    output.say(`  ${kinds[found.qualification]} of ${whose.join(', ') || 'somebody without a name'}${by}.`)
    if (found.qualification === 'other' || found.qualification === 'unknown')
      for (const reason of found.reasons) output.say(`    ${reason}`)
  }
  printResults(report, output)
  const { accreditation } = report
  if (accreditation) {
    const by = accreditation.agency ? ` by ${visible(accreditation.agency)}, ${accreditation.from} to ${accreditation.to}` : ''
    output.say(
      `  Accreditation on ${accreditation.on}: ${standings[accreditation.standing]}${by} (${visible(accreditation.source)}, read ${accreditation.retrievedAt}).`,
    )
  }
}

/** Each question with its answer, and below it the reasons of what did not pass; the same reason once, with how often it is given. */
function printResults({ results, findings }: Report, output: Output): void {
  const told = new Set<Finding>()
  const printReasons = (reasons: readonly Finding[]) => {
    const counted = new Map<string, number>()
    for (const each of reasons) {
      told.add(each)
      const line = `${problemLine(each.problem!)}${each.clause ? `  [${each.clause}]` : ''}`
      counted.set(line, (counted.get(line) ?? 0) + 1)
    }
    for (const [line, times] of counted) output.say(`           - ${times > 1 ? `${times} times: ` : ''}${line}`)
  }
  // That it cannot be read stands above; where the parser says why, it is not said again.
  const why = findings.some(({ problem }) => problem?.code.startsWith('json.'))
  const open = findings.filter(({ outcome, problem }) => outcome !== 'passed' && problem && !(why && problem.code === 'format.unreadable'))
  for (const [name, question] of Object.entries(questions)) {
    const outcome = results[name as keyof typeof questions]
    // What was altered, or cannot be read, is asked nothing else: its answers would be those of whoever altered it.
    if (!outcome || (results.seal === 'failed' && outcome === 'unknown')) continue
    const aside = findings.some(({ check, note }) => check === `${name}.entry` && note === 'no status published')
    output.say(`  ${marks[outcome]}  ${question}?${aside ? ' Its issuer publishes no status for it.' : ''}`)
    printReasons(open.filter(({ check }) => check.startsWith(`${name}.`)))
  }
  printReasons(open.filter((each) => !told.has(each)))
}
