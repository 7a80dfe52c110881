/** A stack receipt against its parts: each verified by itself, then the receipt against them. */
import { createHash } from 'node:crypto'
import { checkReceipt, type PartAtHand, problem, type Report, type StackReceipt, verdictOf } from '@cairn/core'
import { signedContent } from '@cairn/seals'
import type { PartJudged } from '@cairn/verifier'
import { type Given, UsageError } from './verb.ts'

const hash = (content: Uint8Array | string) => createHash('sha256').update(content).digest('base64url')

/** The reports on a file, with what came of the parts of `--parts` where it is a stack receipt. Raises a usage error where it is none. */
export async function withParts(
  judged: readonly PartJudged[],
  given: Given,
  judge: (file: string) => Promise<readonly PartJudged[]>,
): Promise<readonly PartJudged[]> {
  const files = given.text('parts')?.split(',')
  if (!files) return judged
  const parts: PartAtHand[] = []
  for (const file of files)
    for (const { report, part } of await judge(file))
      parts.push({ report, digest: hash(signedContent(part.packed?.credential.bytes ?? part.bytes)) })
  return judged.map((each) => ({ ...each, report: reportWith(each.report, parts) }))
}

function reportWith(report: Report, parts: readonly PartAtHand[]): Report {
  const declaration = report.view?.declaration
  // What is no receipt by its seal keeps the report that says so.
  if (report.results.seal !== 'passed') return report
  if (declaration?.kind !== 'stack-receipt') throw new UsageError('Only a stack receipt has parts.')
  const faults = checkReceipt(declaration, parts, hash)
  const results = { ...report.results, parts: faults.length > 0 ? ('failed' as const) : ('passed' as const) }
  const found = faults.map(({ code, part, detail }) => ({
    check: `parts.${code}`,
    outcome: 'failed' as const,
    problem: problem('stacking.receipt-broken', part ? `${part}: ${detail}` : detail),
  }))
  const named = declaration.parts.length
  const note = declaration.award === undefined ? `${named} parts` : `${named} parts; the award ${awardAtHand(declaration, parts)}`
  const sound = { check: 'parts.receipt', outcome: 'passed' as const, note }
  return { ...report, results, verdict: verdictOf(results), findings: [...report.findings, ...(faults.length > 0 ? found : [sound])] }
}

const awardAtHand = ({ award }: StackReceipt, parts: readonly PartAtHand[]): string =>
  parts.some(({ report }) => report.view?.id === award) ? 'is the one that it names' : 'was not at hand'
