/** Whether the awarding body was accredited for this when it was issued (domain rules, 6.2): told beside the verdict, which does not hang on it. */
import {
  type AccreditationFound,
  type AccreditationSnapshot,
  type AccreditationStanding,
  type AwardScope,
  dayOf,
  type Finding,
  judgeAccreditation,
  millis,
  type ProblemCode,
  problem,
  type Report,
  type Results,
} from '@cairn/core'
import { finding } from './result.ts'

/** Findings, and what goes into the results and the report. */
export interface AccreditationResult {
  findings: Finding[]
  results: Pick<Results, 'accreditation'>
  told: Pick<Report, 'accreditation'>
}

/** What the check looks at: where the award belongs, when it was issued, and at least one registry. */
export interface AccreditationQuestion {
  scope: AwardScope
  issued: string | undefined
  accreditations: readonly AccreditationSnapshot[]
}

const order: readonly AccreditationStanding[] = [
  'covered',
  'with-conditions',
  'ended-since',
  'scope-unknown',
  'not-then',
  'outside',
  'silent',
  'body-unknown',
]
const codes: Partial<Record<AccreditationStanding, ProblemCode>> = {
  'not-then': 'accreditation.not-then',
  outside: 'accreditation.outside',
  'scope-unknown': 'accreditation.scope-unknown',
  'body-unknown': 'accreditation.body-unknown',
  silent: 'accreditation.silent',
}

/** Judges by every registry at hand; the one that says most for the award speaks. */
export function checkAccreditation({ scope, issued, accreditations }: AccreditationQuestion, now: string): AccreditationResult {
  const day = issued !== undefined && !Number.isNaN(millis(issued)) ? dayOf(issued) : scope.awardedOn
  const on = day ?? dayOf(now)
  const judged = accreditations
    .map((snapshot) => ({ ...judgeAccreditation(snapshot, scope, on, dayOf(now)), snapshot }))
    .sort((one, other) => order.indexOf(one.standing) - order.indexOf(other.standing))
  const [best] = judged
  const { standing, outcome, record, snapshot } = best!
  const code = codes[standing]
  const what = code ? { problem: problem(code, detailOf(best!, on)) } : { note: `${record!.agency}, ${record!.from} to ${record!.to}` }
  return {
    findings: [finding('accreditation.covers', outcome, { ...what, clause: 'Annex I, quality assurance' })],
    results: { accreditation: outcome },
    told: {
      accreditation: {
        standing,
        source: snapshot.source,
        retrievedAt: snapshot.retrievedAt,
        on,
        ...(record ? { agency: record.agency, from: record.from, to: record.to } : {}),
        ...(record?.address ? { address: record.address } : {}),
      },
    },
  }
}

function detailOf({ standing, record }: AccreditationFound, on: string): string {
  const when = record ? `${record.agency} from ${record.from} to ${record.to}` : ''
  if (standing === 'not-then') return `On ${on} there was none; there was one by ${when}.`
  if (standing === 'outside') return `What there is, by ${when}, is for other levels, fields or places.`
  if (standing === 'scope-unknown') return `There is one by ${when}, and the document does not say whether this is within it.`
  return standing === 'silent' ? 'The registry says nothing of awards like this one.' : 'The registry does not know the awarding body.'
}
