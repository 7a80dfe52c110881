/** What an SD-JWT says when its disclosures are put in their places (RFC 9901, 7.1, step 3 and after). */
import { isObject, type Json, type JsonObject, ProblemError } from '@cairn/core'
import { type Disclosure, type SdJwtRead, sdJwtLimits } from './sd-jwt.ts'

/** Where a claim stands in a processed payload: members by name, elements by their place. */
export type ClaimPath = readonly (string | number)[]

/** The processed payload, and what in it came from disclosures. */
export interface Processed {
  payload: JsonObject
  disclosed: readonly { path: ClaimPath; disclosure: Disclosure }[]
}

/**
 * Puts every disclosure where its digest stands, and leaves out what is not disclosed. The result holds no name of selective disclosure.
 * Raises `sd-jwt.digest-twice`, `sd-jwt.claim-overwritten`, `sd-jwt.reserved-name`, `sd-jwt.disclosure-malformed`,
 * `sd-jwt.disclosure-unreferenced`, `sd-jwt.malformed` and `sd-jwt.too-large` (R-SD-1, R-LIM-1).
 */
export function processPayload({ payload, disclosures }: Pick<SdJwtRead, 'payload' | 'disclosures'>): Processed {
  const walk = new Walk(disclosures)
  const processed = walk.object(payload, [], 0)
  if (walk.left.size > 0) throw new ProblemError('sd-jwt.disclosure-unreferenced', 'A disclosure has no digest in what was signed.')
  return { payload: processed, disclosed: walk.disclosed }
}

const pointerOf = (path: ClaimPath) => path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

class Walk {
  /** Disclosures that no digest has called for yet. */
  readonly left = new Map<string, Disclosure>()
  readonly disclosed: { path: ClaimPath; disclosure: Disclosure }[] = []
  readonly #seen = new Set<string>()

  constructor(disclosures: readonly Disclosure[]) {
    for (const each of disclosures) {
      if (this.left.has(each.digest)) throw new ProblemError('sd-jwt.digest-twice', 'A disclosure is shown twice.')
      this.left.set(each.digest, each)
    }
  }

  /** The disclosure of a digest, if it is shown; every digest is met once in the whole token, decoys too (7.1, step 4). */
  #take(digest: Json | undefined, path: ClaimPath): Disclosure | undefined {
    if (typeof digest !== 'string') throw new ProblemError('sd-jwt.malformed', 'A digest is no text.', pointerOf(path))
    if (this.#seen.has(digest)) throw new ProblemError('sd-jwt.digest-twice', 'A digest stands in two places.', pointerOf(path))
    this.#seen.add(digest)
    const found = this.left.get(digest)
    this.left.delete(digest)
    return found
  }

  value(value: Json, path: ClaimPath, depth: number): Json {
    if (typeof value !== 'object' || value === null) return value
    return Array.isArray(value) ? this.#list(value, path, depth) : this.object(value, path, depth)
  }

  #inside(found: Disclosure, path: ClaimPath, depth: number): Json {
    if (depth >= sdJwtLimits.recursion)
      throw new ProblemError('sd-jwt.too-large', `Disclosures stand in one another more than ${sdJwtLimits.recursion} deep.`)
    this.disclosed.push({ path, disclosure: found })
    return this.value(found.value, path, depth + 1)
  }

  #list(elements: readonly Json[], path: ClaimPath, depth: number): Json[] {
    const out: Json[] = []
    for (const element of elements) {
      const digest = isObject(element) ? element['...'] : undefined
      if (digest === undefined) {
        out.push(this.value(element, [...path, out.length], depth))
        continue
      }
      if (Object.keys(element as JsonObject).length !== 1)
        throw new ProblemError('sd-jwt.reserved-name', 'A digest in a list has members beside it.', pointerOf(path))
      const found = this.#take(digest, path)
      if (!found) continue
      if (found.name !== undefined)
        throw new ProblemError('sd-jwt.disclosure-malformed', 'The disclosure of an element names a claim.', pointerOf(path))
      out.push(this.#inside(found, [...path, out.length], depth))
    }
    return out
  }

  object(members: JsonObject, path: ClaimPath, depth: number): JsonObject {
    const out: JsonObject = Object.create(null)
    for (const name of Object.keys(members)) {
      if (name === '_sd' || (name === '_sd_alg' && path.length === 0 && depth === 0)) continue
      if (name === '...' || name === '_sd_alg')
        throw new ProblemError('sd-jwt.reserved-name', 'A name that is kept for digests stands where none belongs.', pointerOf(path))
      out[name] = this.value(members[name]!, [...path, name], depth)
    }
    const digests = members._sd
    if (digests === undefined) return out
    if (!Array.isArray(digests)) throw new ProblemError('sd-jwt.malformed', 'The digests are no list.', pointerOf(path))
    for (const digest of digests) {
      const found = this.#take(digest, path)
      if (!found) continue
      if (found.name === undefined)
        throw new ProblemError('sd-jwt.disclosure-malformed', 'The disclosure of a member names no claim.', pointerOf(path))
      if (Object.hasOwn(out, found.name) || found.name in out)
        throw new ProblemError('sd-jwt.claim-overwritten', 'A claim of this name stands there already.', pointerOf([...path, found.name]))
      out[found.name] = this.#inside(found, [...path, found.name], depth)
    }
    return out
  }
}
