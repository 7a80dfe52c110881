/** What an entry of the registry lets its issuer seal: kinds, levels, fields and places (R-ISS-1). */
import { type AwardScope, type Finding, problem, type SignedView, scopeWithin, type TrustEntry } from '@cairn/core'
import type { VerdictFacts } from '@cairn/formats'
import type { Evidence } from '../evidence.ts'
import { finding } from './result.ts'

const clause = 'R-ISS-1'

/** The scope of an award as a view shows it: for forms that say no more. */
export function scopeOfView(view: SignedView, { issuerId, issuerIdentifiers, awardingBodyIdentifiers }: VerdictFacts): AwardScope {
  const { kind, title, achievement, level, fields, awardDate, awardingBody } = view
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(achievement === undefined ? {} : { achievement }),
    titles: title === '' ? [] : [title],
    levels: level?.eqf === undefined ? [] : [level.eqf],
    fields: fields.map(({ code }) => code).filter((code) => /^\d{2,4}$/.test(code)),
    places: [],
    ...(awardDate === undefined ? {} : { awardedOn: awardDate }),
    bodies: [
      {
        ...(issuerId === undefined ? {} : { id: issuerId }),
        identifiers: awardingBodyIdentifiers.length > 0 ? awardingBodyIdentifiers : issuerIdentifiers,
        ...(awardingBody === '' ? {} : { name: awardingBody }),
      },
    ],
  }
}

const isLimited = ({ kinds, levels, fields, places }: TrustEntry): boolean =>
  [kinds, levels, fields, places].some((limit) => limit !== undefined && limit.length > 0)

/** Whether anything at hand asks where an award belongs: an entry with limits, or a registry of accreditations. */
export function isScopeAsked({ registry, accreditations = [] }: Evidence): boolean {
  return accreditations.length > 0 || registry.issuers.some(isLimited)
}

/** Nothing where the award is within the limits; what a limit is about and the document does not say leaves a doubt. */
export function checkScope(entry: TrustEntry, scope: AwardScope | undefined): Finding[] {
  if (!isLimited(entry)) return []
  const said = scope ?? { titles: [], levels: [], fields: [], places: [], bodies: [] }
  const within = scopeWithin(entry, said)
  const kind = !entry.kinds || entry.kinds.length === 0 ? 'within' : said.kind === undefined ? 'unknown' : entry.kinds.includes(said.kind)
  if (within === 'outside' || kind === false)
    return [
      finding('issuer.scope', 'failed', {
        problem: problem('issuer.not-allowed', 'The registry lets this issuer seal other kinds, levels, fields or places alone.'),
        clause,
      }),
    ]
  return within === 'unknown' || kind === 'unknown'
    ? [
        finding('issuer.scope', 'unknown', {
          problem: problem(
            'issuer.scope-unknown',
            'The registry limits what this issuer may seal, and the document does not say enough to tell.',
          ),
          clause,
        }),
      ]
    : [finding('issuer.scope', 'passed', { clause })]
}
