/** An edition made ready: everything that all learners share is text already. */
import { awardLint, dayOf, type Edition, type Issuer, type JsonObject, lintSpecification, ProblemError, parseJson } from '@cairn/core'
import { refuseIncomplete } from '../refuse-incomplete.ts'
import { partGradeTemplate, partTemplates, remarkTemplate } from './claim-template.ts'
import { composeElm } from './compose.ts'
import { prepareDocument } from './elm-stencil.ts'
import { lintElm } from './lint/lint-elm.ts'
import type { PreparedElm } from './prepared.ts'
import { prepareText } from './slots.ts'
import { bodies, credentialTemplate, type DisplayImage } from './template.ts'
import { passedIn } from './words.ts'

/**
 * Prepares an edition's credentials once; the issuer seals, the edition's awarding body awards, and the two stay distinct.
 * @throws ProblemError `input.invalid` without a picture (the format demands one), `specification.not-complete` when a rule blocks it,
 * `json.too-large` when pictures make it larger than any verifier reads (R-LIM-1)
 */
export function prepareElm(edition: Edition, issuer: Issuer, images: readonly DisplayImage[]): PreparedElm {
  if (images.length === 0) throw new ProblemError('input.invalid', 'A European Digital Credential needs at least one picture.', '/images')
  const { specification, institution } = edition
  refuseIncomplete(lintSpecification(specification, { institution, on: dayOf(edition.publishedAt) }), 'sealed')
  const { body } = bodies(edition, issuer)
  const prepared: PreparedElm = {
    edition,
    issuer,
    document: prepareDocument(prepareText(credentialTemplate(edition, issuer, images))),
    parts: partTemplates(edition, body),
    partGrades: new Map(specification.parts.map((part) => [part.key, partGradeTemplate(part, body)])),
    remark: remarkTemplate(),
    passed: JSON.stringify(passedIn(specification.primaryLanguage)),
    lint: awardLint(specification, institution),
  }
  const specimen = composeElm(prepared, nobody, { issued: `${nobody.awardDate}T00:00:00Z` })
  refuseIncomplete(lintElm(parseJson(specimen.payload) as JsonObject, { profile: 'elm', at: nobody.awardDate }), 'sealed')
  return prepared
}

/** An award that every specification allows: what all learners share is linted once, on real bytes. */
const nobody = {
  id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  learner: { givenName: 'Specimen', identifier: 'specimen' },
  awardDate: '2999-12-31',
}
