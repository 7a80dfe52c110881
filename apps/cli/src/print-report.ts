/** A report as a person reads it in a terminal. */
import type { Outcome, Report } from '@cairn/core'
import { type Output, problemLine, visible } from './output.ts'

const verdicts: Readonly<Record<Report['verdict'], string>> = {
  valid: 'Genuine',
  invalid: 'Not valid',
  indeterminate: 'Undecided',
}
const marks: Readonly<Record<Outcome, string>> = { passed: 'yes    ', failed: 'no     ', unknown: 'unknown' }
const questions = {
  seal: 'Is the seal intact',
  issuer: 'Is the sealer known and allowed',
  validity: 'Does it count at this time',
  status: 'Is it free of revocation',
  holder: 'Does whoever shows it prove that it is theirs',
  accreditation: 'Is the awarding body accredited',
} as const

/** Prints the verdict, what the signed bytes say, the results, and the reason of everything that did not pass. */
export function printReport(file: string, report: Report, output: Output): void {
  output.say(`${visible(file)}: ${verdicts[report.verdict]}${report.subIndication ? ` (${report.subIndication})` : ''}`)
  const { view } = report
  if (view) {
    output.say(`  ${visible(view.learner)} earned "${visible(view.title)}" from ${visible(view.awardingBody)}.`)
    output.say(`  Sealed by ${visible(view.issuer)}, issued ${visible(view.issued)}.`)
  }
  for (const [name, question] of Object.entries(questions)) {
    const outcome = report.results[name as keyof typeof questions]
    if (outcome) output.say(`  ${marks[outcome]}  ${question}?`)
  }
  for (const finding of report.findings.filter((each) => each.outcome !== 'passed' && each.problem))
    output.say(`  - ${problemLine(finding.problem!)}${finding.clause ? `  [${finding.clause}]` : ''}`)
}
