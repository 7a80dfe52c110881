/**
 * The vocabulary of Comprehensive Learner Records 2.0 (1EdTech), which no package brings: its terms as facts, from the context documents that 1EdTech
 * publishes at the addresses below. A test holds the result against them.
 */
import type { JsonObject } from '@cairn/core'

const clr = 'https://purl.imsglobal.org/spec/vc/clr/vocab.html#'
const keywords = { id: '@id', type: '@type' } as const
const of = (name: string) => `${clr}${name}`
const set = (name: string, type: string): JsonObject => ({ '@id': of(name), '@type': type, '@container': '@set' })

/** Contexts by their addresses. */
export const recordContexts: readonly (readonly [address: string, context: JsonObject])[] = [
  ['https://purl.imsglobal.org/spec/clr/v2p0/context.json', recordContext('https://purl.imsglobal.org/spec/ob/v3p0/vocab.html#', false)],
  ['https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json', recordContext('https://purl.imsglobal.org/spec/vc/ob/vocab.html#', true)],
]

/** `badge` is the vocabulary of Open Badges that a version names; `later` ones let a record be partial and its subject have identifiers. */
function recordContext(badge: string, later: boolean): JsonObject {
  const terms = {
    ...keywords,
    ClrCredential: {
      '@id': of('ClrCredential'),
      '@context': { ...keywords, ...(later ? { partial: { '@id': of('partial'), '@type': 'xsd:boolean' } } : {}) },
    },
    ClrSubject: {
      '@id': of('ClrSubject'),
      '@context': {
        ...keywords,
        cred: 'https://www.w3.org/2018/credentials#',
        obi: badge,
        achievement: set('achievement', 'obi:Achievement'),
        association: set('association', of('Association')),
        verifiableCredential: set('verifiableCredential', 'cred:verifiableCredential'),
        ...(later ? { identifier: set('identifier-1', 'obi:Identifier') } : {}),
      },
    },
    Association: { '@id': of('Association'), '@context': associationTerms() },
  }
  return { '@context': terms }
}

function associationTerms(): JsonObject {
  return {
    associationType: { '@id': of('AssociationType') },
    sourceId: { '@id': of('sourceId'), '@type': 'xsd:anyURI' },
    targetId: { '@id': of('targetId'), '@type': 'xsd:anyURI' },
  }
}
