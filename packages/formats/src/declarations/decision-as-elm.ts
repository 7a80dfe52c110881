/** A decision on recognition as a European Digital Credential: an achievement recognised by the deciding body, with its credit and what it rests on. */
import {
  credentialProfiles,
  creditSystems,
  entitlementStatuses,
  entitlementTypes,
  type Grant,
  type JsonObject,
  ProblemError,
  parseJson,
  type Unsealed,
  unsealed,
} from '@cairn/core'
import { listed, node, noteNode } from '../elm/build.ts'
import { lintElm } from '../elm/lint/lint-elm.ts'
import { againNode, organisationNode } from '../elm/organisation-node.ts'
import { type DisplayImage, displayNode } from '../elm/template.ts'
import { codes, elmContext, profiles } from '../elm/terms.ts'
import { type DecisionExport, grantsOf, sayGrantPlainly } from './decision-exports.ts'

/** Grants that open something instead of counting for something. */
const opens = new Set<Grant['kind']>(['exemption', 'admission', 'prerequisite', 'job-match'])

/**
 * Composes it, to be sealed under an id of its own. Raises `recognition.nothing-granted`, and what the lint blocks as `specification.not-complete`.
 */
export function decisionAsElm(
  { decision, issuer, id }: Omit<DecisionExport, 'sealed'>,
  own: string,
  images: readonly DisplayImage[],
): Unsealed {
  const grants = grantsOf(decision)
  const body = organisationNode(issuer.organisation, issuer.organizationIdentifier)
  const at = (name: string) => `${own}#${name}`
  const title = decision.target.title
  const awardedBy = {
    id: at('awarding'),
    type: 'AwardingProcess',
    awardingBody: [againNode(body)],
    awardingDate: `${decision.decidedAt.slice(0, 10)}T00:00:00Z`,
  }
  const notes = [
    `Recognised: ${grants.map(sayGrantPlainly).join('; ')}.`,
    ...decision.credentials.map(({ title: from, id: credential }) => `Of: ${from}, ${credential}.`),
    ...decision.policies.map(({ id: policy, version, hash }) => `Rules: ${policy}, version ${version}, SHA-256 ${hash}.`),
    `Decision: ${id}.`,
  ].map((text, index) => noteNode(at(`note-${index + 1}`), { en: text }))
  const counted = grants.filter(({ kind }) => !opens.has(kind))
  const opened = grants.filter(({ kind }) => opens.has(kind))
  const claims: JsonObject[] = []
  if (counted.length > 0)
    claims.push(
      node({
        id: at('claim'),
        type: 'LearningAchievement',
        title,
        awardedBy,
        additionalNote: notes,
        creditReceived: counted.flatMap(({ amount, unit }, index) =>
          amount === undefined || unit !== 'ECTS'
            ? []
            : [
                {
                  id: at(`credit-${index + 1}`),
                  type: 'CreditPoint',
                  framework: listed(creditSystems, `${creditSystems.base}${codes.ects}`) ?? null,
                  point: String(amount),
                },
              ],
        ),
      }),
    )
  for (const [index, grant] of opened.entries())
    claims.push(
      node({
        id: at(`entitlement-${index + 1}`),
        type: 'LearningEntitlement',
        title,
        awardedBy: { ...awardedBy, id: at(`entitling-${index + 1}`) },
        additionalNote: counted.length > 0 ? [] : notes,
        specifiedBy: {
          id: at(`entitlement-specification-${index + 1}`),
          type: 'LearningEntitlementSpecification',
          title,
          dcType: listed(entitlementTypes, `${entitlementTypes.base}${grant.kind === 'job-match' ? '52f62180c2' : '64aad92881'}`)!,
          entitlementStatus: listed(entitlementStatuses, `${entitlementStatuses.base}b7015a8a8c`)!,
        },
      }),
    )
  const language = Object.keys(title)[0] ?? 'en'
  const document = node({
    '@context': [...elmContext],
    id: own,
    type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
    credentialProfiles: [listed(credentialProfiles, `${credentialProfiles.base}${profiles.generic.code}`)!],
    credentialSchema: [{ id: profiles.generic.schema, type: 'ShaclValidator2017' }],
    issued: decision.decidedAt,
    issuanceDate: decision.decidedAt,
    validFrom: decision.decidedAt,
    issuer: body,
    credentialSubject: {
      id: at('learner'),
      type: 'Person',
      fullName: { [language]: decision.learner },
      hasClaim: claims,
    },
    displayParameter: displayNode({ id: at('display'), title, primaryLanguage: language }, images),
  })
  const payload = JSON.stringify(document)
  const blocking = lintElm(parseJson(payload) as JsonObject, { profile: 'elm', at: decision.decidedAt.slice(0, 10) }).filter(
    ({ severity }) => severity === 'B',
  )
  const [first, ...others] = blocking.map(({ problem }) => problem)
  if (first) throw new ProblemError('specification.not-complete', first.detail, first.pointer, others)
  return unsealed({ format: 'elm', id: own, payload })
}
