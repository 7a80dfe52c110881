/** The lint of an ELM document. */
import { dayOf, type JsonObject, type Kind, kinds, lintFacts, type RuleFinding } from '@cairn/core'
import { nodes, text } from '../nodes.ts'
import { ownSchemes } from '../terms.ts'
import { factsOfDocument } from './document-facts.ts'
import { placesAt } from './places.ts'
import { lintProfile } from './profile.ts'

/**
 * Lints an ELM document: `annex1` by the rules of Annex I (as a micro-credential, unless the document says it is another kind of record), `elm` by what
 * the application profile asks. `at` is a day or a moment. Pointers go into the document; nothing quotes the learner.
 */
export function lintElm(document: JsonObject, { profile, at }: { profile: 'annex1' | 'elm'; at: string }): RuleFinding[] {
  return profile === 'annex1' ? lintFacts(factsOfDocument(document, dayOf(at)), kindOf(document)) : lintProfile(document)
}

function kindOf(document: JsonObject): Kind {
  const said = placesAt({ node: document, pointer: '' }, 'credentialSubject', 'hasClaim')
    .flatMap(({ node }) => nodes(node.dcType))
    .map((type) => text(type.id)?.replace(`${ownSchemes.kind}:`, ''))
  return kinds.find((kind) => said.includes(kind)) ?? 'micro-credential'
}
