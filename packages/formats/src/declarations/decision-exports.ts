/** A decision on recognition in three other forms, for systems that keep results of recognition. The signed declaration is what counts; each of them names it. */
import { type DecisionDeclared, type Grant, type Issuer, type JsonObject, ProblemError, textIn } from '@cairn/core'
import { toBase64 } from '../to-base64.ts'

/** What every form is made of: the decision, who declares it, and the id of the declaration. */
export interface DecisionExport {
  decision: DecisionDeclared
  issuer: Issuer
  id: string
  /** The sealed declaration itself, to be enclosed. */
  sealed: Uint8Array
}

const refusedHasNone = () =>
  new ProblemError('recognition.nothing-granted', 'Nothing was recognised, so this form has nothing that it could say.')

/** What is granted, or a problem where there is nothing to tell. Raises `recognition.nothing-granted`. */
export function grantsOf({ grants }: DecisionDeclared): readonly Grant[] {
  if (grants.length === 0) throw refusedHasNone()
  return grants
}

/** One sentence on a grant, in English: the forms have no codes for it. */
export const sayGrantPlainly = ({ kind, amount, unit, target }: Grant): string =>
  [kind.replaceAll('-', ' '), amount === undefined ? '' : `${amount} ${unit ?? ''}`.trim(), target ? `for ${target}` : '']
    .filter(Boolean)
    .join(', ')

const xml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')

/**
 * ELMO (EMREX, https://github.com/emrex-eu/elmo-schemas/tree/v1): what was recognised as a passed unit of the deciding body with its credit, the reasons as
 * its description, and the sealed declaration enclosed. Raises `recognition.nothing-granted`.
 */
export function decisionAsElmo(given: DecisionExport): string {
  const { decision, issuer, id, sealed } = given
  const grants = grantsOf(decision)
  const titles = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts)
      .map(([language, text]) => `<title xml:lang="${xml(language)}">${xml(text)}</title>`)
      .join('')
  const credits = grants.flatMap(({ amount, unit }) =>
    amount === undefined || unit !== 'ECTS' ? [] : [`<credit><scheme>ects</scheme><value>${amount}</value></credit>`],
  )
  const hours = grants.filter(({ unit }) => unit === 'hours').reduce((sum, { amount = 0 }) => sum + amount, 0)
  const described = [
    `Recognised: ${grants.map(sayGrantPlainly).join('; ')}.`,
    `Of: ${decision.credentials.map(({ title, issuer: from }) => (from ? `${title} (${from})` : title)).join('; ')}.`,
    `By the rules ${decision.policies.map(({ hash, version }) => `version ${version}, SHA-256 ${hash}`).join('; ')}.`,
    `Declaration ${id}.`,
  ].join(' ')
  const { organisation, organizationIdentifier } = issuer
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">',
    `<generatedDate>${xml(decision.decidedAt)}</generatedDate>`,
    // The declaration has one name and does not say which part of it is the family's.
    `<learner><givenNames></givenNames><familyName>${xml(decision.learner)}</familyName></learner>`,
    '<report>',
    `<issuer><country>${xml(organisation.country)}</country><identifier type="local">${xml(organizationIdentifier)}</identifier>${titles(organisation.legalName)}</issuer>`,
    '<learningOpportunitySpecification>',
    `<identifier type="local">${xml(decision.target.id)}</identifier>${titles(decision.target.title)}`,
    `<description xml:lang="en">${xml(described)}</description>`,
    '<specifies><learningOpportunityInstance>',
    `<date>${xml(decision.decidedAt.slice(0, 10))}</date><status>passed</status>${credits.join('')}`,
    hours > 0 ? `<engagementHours>${hours}</engagementHours>` : '',
    '</learningOpportunityInstance></specifies>',
    '</learningOpportunitySpecification>',
    `<issueDate>${xml(decision.decidedAt)}</issueDate>`,
    `<attachment><title xml:lang="en">Sealed decision</title><type>Other</type><content>data:application/jose+json;base64,${toBase64(sealed)}</content></attachment>`,
    '</report></elmo>',
  ].join('')
}

/** CTDL TransferValueProfile (https://credreg.net/ctdl): from which credentials, for what, and how much. Raises `recognition.nothing-granted`. */
export function decisionAsCtdl({ decision, issuer, id }: Omit<DecisionExport, 'sealed'>): JsonObject {
  const grants = grantsOf(decision)
  const key = id.replace('urn:uuid:', '')
  const { organisation } = issuer
  const reference = (type: string, name: string, node: string) => ({ '@type': type, '@id': node, 'ceterms:name': { en: name } })
  return {
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@id': id,
    '@type': 'ceterms:TransferValueProfile',
    'ceterms:ctid': `ce-${key}`,
    'ceterms:name': decision.target.title,
    'ceterms:description': { en: `Recognised: ${grants.map(sayGrantPlainly).join('; ')}.` },
    'ceterms:startDate': decision.decidedAt.slice(0, 10),
    'ceterms:ownedBy': [reference('ceterms:Organization', textIn(organisation.legalName, 'en'), organisation.id)],
    'ceterms:identifier': decision.policies.map(({ id: policy, hash, version }) => ({
      '@type': 'ceterms:IdentifierValue',
      'ceterms:identifierTypeName': { en: `SHA-256 of the policy ${policy}, version ${version}` },
      'ceterms:identifierValueCode': hash,
    })),
    'ceterms:transferValue': grants.flatMap(({ amount, unit }) =>
      amount === undefined
        ? []
        : [
            {
              '@type': 'ceterms:ValueProfile',
              'schema:value': amount,
              'ceterms:creditUnitTypeDescription': { en: unit === 'ECTS' ? 'ECTS credits' : 'hours' },
            },
          ],
    ),
    'ceterms:transferValueFrom': decision.credentials.map(({ id: credential, title }) =>
      reference('ceterms:Credential', title, credential),
    ),
    'ceterms:transferValueFor': [reference('ceterms:LearningOpportunityProfile', textIn(decision.target.title, 'en'), decision.target.id)],
  }
}
