/** What a judgement on a badge would rest on beyond the badge itself: for whoever gathers evidence. */
import { isObject, type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { type Documents, factsOfAssertion, factsOfOpenBadge, resolveAssertion } from '@cairn/formats'
import { fromBase64Url } from '@cairn/seals'

const mostMethods = 8

/** The controllers that a badge names: of its proofs, or of the token it came in. Identifiers, none of which is trusted yet. */
export function controllersOf(document: JsonObject, bytes: Uint8Array): string[] {
  const proofs = [document.proof].flat().flatMap((each) => (isObject(each) ? [each.verificationMethod] : []))
  const header = /^\s*([A-Za-z0-9_-]+)\./.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 20_000)))?.[1]
  const methods = [...proofs, ...(header === undefined ? [] : [kidOf(header)])].filter((each) => typeof each === 'string')
  return [...new Set(methods.slice(0, mostMethods).map((method) => method.split('#')[0]!))]
}

function kidOf(header: string): unknown {
  try {
    const value = parseJson(fromBase64Url(header) ?? new Uint8Array())
    return isObject(value) ? value.kid : undefined
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

/** The lists that a badge of version 3 names for its status. */
export function listsOfBadge(document: JsonObject): string[] {
  const { statuses, revocationLists } = factsOfOpenBadge(document)
  return [...new Set([...statuses.map(({ list }) => list), ...revocationLists])]
}

/**
 * The parts of an Open Badge 2.0 that are to be had next, given those that are at hand: first the assertion where it stands, then badge class and
 * issuer, then key and revocation list.
 */
export function partsOfAssertion(assertion: JsonObject, documents: Documents): string[] {
  const first = factsOfAssertion(resolveAssertion(assertion, {}))
  const itself = first.kind === 'hosted' && first.id !== undefined ? [first.id] : []
  const whole = (itself[0] !== undefined && documents[itself[0]]) || assertion
  const resolved = resolveAssertion(whole, documents)
  const { creator, revocationList } = factsOfAssertion(resolved)
  const named = [...itself, ...resolved.missing, ...(resolved.missing.length > 0 ? [] : [creator, revocationList])]
  return [...new Set(named.filter((each) => each !== undefined))]
}
