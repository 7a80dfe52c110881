/**
 * What the ELM application profile 1.2 asks of a document, checked by our own table of facts: types, terms, cardinalities, value forms, lists, ids.
 * It also finds what the official shapes let through: documents without a recognised type, misspelt terms, concepts that are in no list.
 */
import { isObject, type JsonObject, type RuleFinding } from '@cairn/core'
import { hasType, iri, list, text } from '../nodes.ts'
import { elmContext } from '../terms.ts'
import { elmClasses, elmTerms, type PropertyFact } from './classes.ts'
import { found } from './found.ts'
import { literalFindings, textFindings } from './literals.ts'
import { contestedLanguages, type Merged, mergeById } from './merged.ts'
import { type Place, placesAt, type Value, valuesAt } from './places.ts'
import { restrictionOf } from './restrictions.ts'

/** E1 to E9: everything the profile asks. */
export function lintProfile(document: JsonObject): RuleFinding[] {
  const root: Place = { node: document, pointer: '' }
  const findings = [...envelopeFindings(root)]
  if (hasType(document, 'EuropeanDigitalCredential')) visit(root, [], { merged: mergeById(document), seen: new Map() }, findings)
  return findings
}

function envelopeFindings(root: Place): RuleFinding[] {
  const { node } = root
  const findings: RuleFinding[] = []
  for (const type of ['VerifiableCredential', 'EuropeanDigitalCredential'])
    if (!hasType(node, type)) findings.push(found('E1', 'B', 'elm.type-missing', `The document does not have the type ${type}.`, '/type'))
  const context = list(node['@context'])
  if (context.length !== elmContext.length || elmContext.some((address, index) => context[index] !== address))
    findings.push(
      found('E2', 'B', 'elm.context', `The context has to be these two, in this order: ${elmContext.join(' and ')}.`, '/@context'),
    )
  for (const issuer of placesAt(root, 'issuer'))
    if (placesAt(issuer, 'eIDASIdentifier').length === 0)
      findings.push(
        found(
          'E9',
          'B',
          'elm.issuer-identifier',
          'The issuer has no eIDAS identifier. It is taken from the sealing certificate.',
          issuer.pointer,
        ),
      )
  for (const display of placesAt(root, 'displayParameter')) {
    const primary = iri(display.node.primaryLanguage)
    if (primary !== undefined && !list(display.node.language).some((each) => iri(each) === primary))
      findings.push(
        found(
          'E9',
          'B',
          'elm.display-language',
          'The languages do not have the primary one among them. Add it.',
          `${display.pointer}/language`,
        ),
      )
  }
  return findings
}

const elmNamespace = /^(?:elm:|http:\/\/data\.europa\.eu\/snb\/model\/elm\/)/
/** Types that the contexts know and that have no properties in the table. */
const otherTypes = new Set(
  'VerifiableCredential VerifiablePresentation ConceptScheme CredentialStatus Proof TermsOfUse Specification JsonSchemaValidator2018'.split(
    ' ',
  ),
)

/** What is known of the whole document, and nodes looked at already (the same node often stands in many places). */
interface Known {
  readonly merged: ReadonlyMap<string, Merged>
  readonly seen: Map<string, JsonObject[]>
}

function alreadySeen(node: JsonObject, key: string, { seen }: Known): boolean {
  const others = seen.get(key)
  if (!others) {
    seen.set(key, [node])
    return false
  }
  const content = JSON.stringify(node)
  if (others.some((other) => JSON.stringify(other) === content)) return true
  others.push(node)
  return false
}

function visit(place: Place, expected: readonly string[], known: Known, findings: RuleFinding[]): void {
  const { node, pointer } = place
  const types = list(node.type)
    .filter((type) => typeof type === 'string')
    .map((type) => type.replace(elmNamespace, ''))
  const id = text(node.id)
  if (id !== undefined && alreadySeen(node, `${id} ${expected.join()}`, known)) return
  if (id === undefined) findings.push(found('E8', 'B', 'elm.id-missing', 'This node has no id. Give it an IRI of its own.', pointer))
  const ofProfile = types.filter((type) => elmClasses.has(type))
  const type = ofProfile.find((each) => expected.includes(each)) ?? ofProfile.find((each) => each !== 'VerifiableCredential') ?? ''
  const inMerged = id === undefined ? undefined : known.merged.get(id)
  if (expected.some((each) => !each.includes(':')) && !expected.some((each) => types.includes(each) || inMerged?.types.has(each)))
    findings.push(found('E1', 'B', 'elm.type-wrong', `This should be a node of type ${expected.join(' or ')}.`, pointer))
  for (const each of types)
    if (!each.includes(':') && !elmClasses.has(each) && !otherTypes.has(each))
      findings.push(found('E4', 'B', 'elm.term-unknown', 'The contexts do not know this type. Check its spelling.', `${pointer}/type`))
  const properties = elmClasses.get(type)
  for (const member of Object.keys(node)) {
    if (member.startsWith('@') || member.includes(':') || member === 'id' || member === 'type') continue
    const fact = properties?.get(member)
    if (!elmTerms.has(member))
      findings.push(
        found(
          'E4',
          'B',
          'elm.term-unknown',
          'The contexts do not know this term, so it says nothing. Check its spelling.',
          `${pointer}/${member}`,
        ),
      )
    else if (properties && !fact && !(type === 'EuropeanDigitalCredential' && member === 'refreshService'))
      findings.push(found('E4', 'W', 'elm.term-misplaced', `The profile has no such property of ${type}.`, `${pointer}/${member}`))
    if (fact) for (const value of valuesAt(place, member)) valueFindings(type, member, fact, value, known, findings)
  }
  for (const [name, fact] of properties ?? []) cardinality(place, name, fact, inMerged, findings)
}

function cardinality(
  { node, pointer }: Place,
  name: string,
  fact: PropertyFact,
  merged: Merged | undefined,
  findings: RuleFinding[],
): void {
  const here = list(node[name])
  const everywhere = merged?.values.get(name)
  const count = everywhere?.size ?? here.length
  if (fact.least > count) findings.push(found('E3', 'B', 'elm.property-missing', `The property ${name} is missing.`, pointer))
  const many = here.length > 1 || (isLangString(fact) && here.some((each) => isObject(each) && Object.keys(each).length > 1))
  if (fact.single && count > 1)
    findings.push(
      many
        ? found('E3', 'B', 'elm.property-many', `The property ${name} has more than one value.`, `${pointer}/${name}`)
        : found('E8', 'B', 'elm.id-conflict', conflict(name), pointer),
    )
  else if (fact.kind === 'L' && here.length > 0 && everywhere && contestedLanguages(everywhere).length > 0)
    findings.push(found('E8', 'B', 'elm.id-conflict', conflict(name), `${pointer}/${name}`))
}

const isLangString = ({ kind }: PropertyFact) => kind === 'L' || kind === 'M'
const conflict = (name: string) => `The same id stands elsewhere with another ${name}; equal ids are one node. Give each its own id.`

function valueFindings(type: string, member: string, fact: PropertyFact, value: Value, known: Known, findings: RuleFinding[]): void {
  if (isLangString(fact)) findings.push(...textFindings(value, fact.kind === 'M'))
  else if (fact.kind !== 'node') findings.push(...literalFindings(fact.kind, value))
  else if (isObject(value.value)) {
    visit({ node: value.value, pointer: value.pointer }, fact.classes, known, findings)
    if (fact.classes.includes('Concept')) findings.push(...conceptFindings(type, member, { node: value.value, pointer: value.pointer }))
  } else if (typeof value.value !== 'string' || !known.merged.has(value.value))
    findings.push(
      found('E1', 'B', 'elm.type-wrong', `This should be a node of type ${fact.classes.join(' or ')}, not a bare value.`, value.pointer),
    )
}

/** E6: the scheme that the profile demands, and a concept that is in the list. */
function conceptFindings(type: string, member: string, { node, pointer }: Place): RuleFinding[] {
  const restriction = restrictionOf(type, member)
  if (!restriction) return []
  const schemes = list(node.inScheme)
  const scheme = schemes.find((each) => restriction.scheme === undefined || iri(each) === restriction.scheme)
  if (restriction.scheme !== undefined && (!isObject(scheme) || !hasType(scheme, 'ConceptScheme')))
    return [found('E6', 'B', 'elm.scheme', `This concept has to say its scheme as a node: ${restriction.scheme}.`, pointer)]
  if (restriction.has(text(node.id) ?? '')) return []
  return [
    found(
      'E6',
      restriction.whole ? 'B' : 'W',
      'elm.concept-unlisted',
      restriction.whole
        ? 'This concept is not in the list. Choose one that is.'
        : 'We do not know this concept; it may be newer than our list, or home-made.',
      pointer,
    ),
  ]
}
