/** A1 identification of the learner, A3 country of the issuer, A4 awarding body, X10 data beyond need, X11 self-issued. */
import { isPlainDate, millis } from '../time.ts'
import type { Annex1Facts } from './facts.ts'
import { bySeverity, found, type Rule } from './rule.ts'

/** A1: a name and one thing that tells the learner from others of that name; a birth date is a plain day in a plausible past. */
export const learnerRule: Rule = (facts) => {
  const { learner } = facts
  if (!learner) return facts.stage === 'document' ? [found('A1', 'B', 'annex1.learner-missing', 'Nobody is named as the learner.', '')] : []
  const { name, birth, identified, email } = learner.value
  const findings = []
  if (name.trim() === '')
    findings.push(
      found('A1', 'B', 'annex1.learner-missing', 'The learner has no name. Give the name as the learner writes it.', learner.pointer),
    )
  if (!identified && !birth)
    findings.push(
      found(
        'A1',
        'B',
        'annex1.learner-ambiguous',
        `Nothing tells this learner from others of the same name${email ? ': a mail address alone does not' : ''}. Add a birth date or a learner number.`,
        learner.pointer,
      ),
    )
  if (birth) findings.push(...birthFindings(facts, birth.value, birth.pointer))
  return findings
}

function birthFindings(facts: Annex1Facts, value: string, pointer: string) {
  const day = value.replace(/T00:00:00(?:\.0+)?(?:Z|\+00:00)$/, '')
  if (!isPlainDate(day))
    return [
      found(
        'A1',
        bySeverity(facts, 'B', 'W'),
        'annex1.birth-date-form',
        'The birth date is a moment with a time of day, most likely a local midnight shifted by its time zone. Write the plain day.',
        pointer,
      ),
    ]
  const years = (millis(facts.on) - millis(day)) / 31_556_952_000
  if (years > 5 && years < 130) return []
  return [
    found(
      'A1',
      'B',
      'annex1.birth-date-implausible',
      'The birth date is in the future or not that of a living learner over five. Check it.',
      pointer,
    ),
  ]
}

/** A3: a country we know; it is the awarding body's own. */
export const countryRule: Rule = ({ issuer, awardingBody }) =>
  [issuer, awardingBody].flatMap((body) => {
    if (!body?.value || body.value.country) return []
    return [found('A3', 'B', 'annex1.country-missing', 'The country is not said. Choose it from the list.', body.pointer)]
  })

/** A4: legal name and one official number; where another body seals, a mandate is said. */
export const awardingBodyRule: Rule = ({ awardingBody, mandate }) => {
  const body = awardingBody.value
  if (!body || body.names.every((name) => name.trim() === ''))
    return [
      found(
        'A4',
        'B',
        'annex1.awarding-body-missing',
        'The awarding body has no legal name. Name the body that decides.',
        awardingBody.pointer,
      ),
    ]
  const findings = []
  if (body.identifiers === 0)
    findings.push(
      found(
        'A4',
        'B',
        'annex1.awarding-body-number-missing',
        'The awarding body has no official number. Add one: registration, VAT, or that of a public register.',
        awardingBody.pointer,
      ),
    )
  if (mandate && !mandate.value)
    findings.push(
      found(
        'A4',
        'B',
        'annex1.mandate-missing',
        'Another body seals than the one that awards, and no mandate says so. Add evidence of the mandate with its statement.',
        mandate.pointer,
      ),
    )
  return findings
}

/** X10: what a credential seldom needs. */
export const beyondNeedRule: Rule = ({ learner }) =>
  (learner?.value.beyondNeed ?? []).map(({ value, pointer }) =>
    found(
      'X10',
      'W',
      'annex1.data-beyond-need',
      `The credential carries the ${value} of the learner. Leave it out unless a reader needs it.`,
      pointer,
    ),
  )

/** X11: nobody certifies themselves. */
export const selfIssuedRule: Rule = ({ learner, issuer, awardingBody }) => {
  if (!learner || learner.value.name.trim() === '') return []
  const same = (name: string) => fold(name) === fold(learner.value.name)
  const bodies = [issuer, awardingBody].filter((body) => body?.value?.names.some(same))
  return bodies.map((body) =>
    found(
      'X11',
      'B',
      'annex1.self-issued',
      'The body that issues or awards has the name of the learner. An institution has to award it.',
      body!.pointer,
    ),
  )
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
