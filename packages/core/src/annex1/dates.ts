/** A5 date of issuing, X1 dates in order, X12 validity and its reason. */
import { dayOf, millis, saidDay } from '../time.ts'
import { bySeverity, found, type Rule } from './rule.ts'

/** A5: said, and not in the future. Only documents and awards have one. */
export const issuedRule: Rule = (facts) => {
  const { issued, on } = facts
  if (!issued) return []
  if (issued.value === undefined)
    return [
      found(
        'A5',
        'B',
        'annex1.issue-date-missing',
        'The date of issuing is not said. It is set when the credential is sealed.',
        issued.pointer,
      ),
    ]
  if (Number.isNaN(millis(issued.value)))
    return [found('A5', 'B', 'annex1.date-unreadable', 'The date of issuing is no date we can read.', issued.pointer)]
  // A moment is held against the day that it is in UTC, as `on` is: far in the east a new day has begun before.
  return dayOf(issued.value) > on
    ? [found('A5', 'B', 'annex1.issue-date-future', 'The date of issuing lies in the future. Check it.', issued.pointer)]
    : []
}

/** X1: learning, assessment, award, issue, validity follow one another. */
export const orderRule: Rule = (facts) => {
  const readable = facts.dates.map((date) => ({ ...date, day: saidDay(date.when.value) }))
  const findings = readable
    .filter((date) => date.day === undefined)
    .map((date) =>
      found('X1', bySeverity(facts, 'B', 'W'), 'annex1.date-unreadable', `The ${date.name} is no date we can read.`, date.when.pointer),
    )
  const known = readable.filter((date) => date.day !== undefined)
  for (const later of known) {
    const earlier = known.filter((other) => other.place < later.place && other.day! > later.day!).map((other) => other.name)
    if (earlier.length > 0)
      findings.push(
        found(
          'X1',
          bySeverity(facts, 'B', 'W'),
          'annex1.dates-order',
          `The ${later.name} lies before the ${[...new Set(earlier)].join(', the ').replace(/, the (?=[^,]*$)/, ' and the ')}. Check these dates.`,
          later.when.pointer,
        ),
      )
  }
  return findings
}

/** X12: an end has a reason; what safety hangs on should have an end. */
export const validityRule: Rule = ({ stage, validity, safetyCritical }) => {
  if (stage === 'document') return []
  if (validity && !validity.value.reason)
    return [
      found(
        'X12',
        'W',
        'annex1.validity-reason',
        'It ends, and no reason is given. Say why, for what was learned does not lapse by itself.',
        validity.pointer,
      ),
    ]
  if (!validity && safetyCritical)
    return [found('X12', 'P', 'annex1.validity-none', 'Safety hangs on this skill. Should it be shown again after some time?', '/validity')]
  return []
}
