/**
 * RDF Dataset Canonicalization 1.0 (W3C Recommendation, 4.4): one name for every blank node, so that the same graph gives the same bytes. Work is
 * bounded by counting steps and not by a clock, so that the same input is refused everywhere (R-LIM-2).
 */
import { ProblemError } from '@cairn/core'
import { hashHex } from '#hash'
import { isBeyondBasic, isBlank, type Quad, sortByCodePoint, uniqueQuads } from './quads.ts'

/** Bounds of a canonicalisation: statements, blank nodes, and how often a blank node may be looked at in depth, as a power of how many look alike. */
export interface CanonicalLimits {
  readonly quads: number
  readonly blankNodes: number
  readonly workFactor: number
  readonly hash?: 'SHA-256' | 'SHA-384'
}

/** The limits of the product (R-LIM-2). */
export const canonicalLimits: CanonicalLimits = { quads: 10_000, blankNodes: 256, workFactor: 1 }

/** How many orders of alike nodes are tried in all, whatever the work factor. */
const stepsAtMost = 20_000

/** A dataset in canonical form: sorted lines with line feeds, and which label each blank node got (`_:b3` to `_:c14n0`). */
export interface Canonical {
  readonly lines: readonly string[]
  readonly labels: ReadonlyMap<string, string>
}

/** Labels handed out in order. */
class Issuer {
  readonly labels: Map<string, string>
  readonly #prefix: string
  constructor(prefix: string, labels: ReadonlyMap<string, string> = new Map()) {
    this.#prefix = prefix
    this.labels = new Map(labels)
  }
  issue(label: string): string {
    const known = this.labels.get(label)
    if (known !== undefined) return known
    const next = `${this.#prefix}${this.labels.size}`
    this.labels.set(label, next)
    return next
  }
  copy(): Issuer {
    return new Issuer(this.#prefix, this.labels)
  }
}

/**
 * Canonicalises a dataset.
 * @throws ProblemError `proof.too-complex` for a graph beyond the limits
 */
export function canonicalise(quads: readonly Quad[], limits: CanonicalLimits = canonicalLimits): Canonical {
  return new Canonicaliser(quads, limits).run()
}

class Canonicaliser {
  readonly #quads: readonly Quad[]
  readonly #limits: CanonicalLimits
  readonly #mentions = new Map<string, Quad[]>()
  readonly #firstHashes = new Map<string, string>()
  readonly #canonical = new Issuer('_:c14n')
  readonly #looks = new Map<string, number>()
  #looksAtMost = 0
  #steps = 0
  readonly #beyondBasic: boolean

  constructor(quads: readonly Quad[], limits: CanonicalLimits) {
    this.#quads = uniqueQuads(quads)
    this.#beyondBasic = quads.some(
      ({ subject, predicate, object }) => isBeyondBasic(object) || isBeyondBasic(subject) || isBeyondBasic(predicate),
    )
    this.#limits = limits
  }

  run(): Canonical {
    if (this.#quads.length > this.#limits.quads) this.#refuse('The document makes more statements than we weigh.')
    for (const quad of this.#quads) {
      const { subject, object, graph } = quad
      if (isBlank(subject)) this.#mention(subject, quad)
      if (isBlank(object) && object !== subject) this.#mention(object, quad)
      if (isBlank(graph) && graph !== subject && graph !== object) this.#mention(graph, quad)
    }
    if (this.#mentions.size > this.#limits.blankNodes) this.#refuse('The document has more nodes without a name than we weigh.')

    const byHash = new Map<string, string[]>()
    for (const label of this.#mentions.keys()) {
      const hash = this.#firstHash(label)
      const alike = byHash.get(hash)
      if (alike) alike.push(label)
      else byHash.set(hash, [label])
    }
    const hashes = [...byHash.keys()].sort()
    const shared: string[] = []
    for (const hash of hashes) {
      const alike = byHash.get(hash)!
      if (alike.length === 1) this.#canonical.issue(alike[0]!)
      else shared.push(hash)
    }
    const alikeInAll = shared.reduce((sum, hash) => sum + byHash.get(hash)!.length, 0)
    this.#looksAtMost = alikeInAll ** this.#limits.workFactor
    for (const hash of shared) this.#nameAlike(byHash.get(hash)!)
    return { lines: this.#lines(), labels: this.#canonical.labels }
  }

  #mention(label: string, quad: Quad): void {
    const known = this.#mentions.get(label)
    if (known) known.push(quad)
    else this.#mentions.set(label, [quad])
  }

  #refuse(detail: string): never {
    throw new ProblemError('proof.too-complex', detail)
  }

  #nameAlike(labels: readonly string[]): void {
    const results: { hash: string; issuer: Issuer }[] = []
    for (const label of labels) {
      if (this.#canonical.labels.has(label)) continue
      const temporary = new Issuer('_:b')
      temporary.issue(label)
      results.push(this.#deepHash(label, temporary))
    }
    results.sort((one, other) => (one.hash < other.hash ? -1 : one.hash > other.hash ? 1 : 0))
    for (const { issuer } of results) for (const label of issuer.labels.keys()) this.#canonical.issue(label)
  }

  /** Hash First Degree Quads (4.6). */
  #firstHash(label: string): string {
    const known = this.#firstHashes.get(label)
    if (known !== undefined) return known
    const seen = (term: string) => (isBlank(term) ? (term === label ? '_:a' : '_:z') : term)
    const lines = this.#mentions.get(label)!.map(({ subject, predicate, object, graph }) => {
      const start = `${seen(subject)} ${predicate} ${seen(object)}`
      return graph === '' ? `${start} .\n` : `${start} ${seen(graph)} .\n`
    })
    const hash = this.#hash((lines.length === 1 ? lines : sortByCodePoint(lines, this.#beyondBasic)).join(''))
    this.#firstHashes.set(label, hash)
    return hash
  }

  #hash(text: string): string {
    return hashHex(this.#limits.hash ?? 'SHA-256', text)
  }

  /** Hash Related Blank Node (4.7). */
  #relatedHash(related: string, quad: Quad, issuer: Issuer, position: 's' | 'o' | 'g'): string {
    const label = this.#canonical.labels.get(related) ?? issuer.labels.get(related)
    return this.#hash(`${position}${position === 'g' ? '' : quad.predicate}${label ?? this.#firstHash(related)}`)
  }

  /** Hash N-Degree Quads (4.8). */
  #deepHash(label: string, given: Issuer): { hash: string; issuer: Issuer } {
    const looks = (this.#looks.get(label) ?? 0) + 1
    this.#looks.set(label, looks)
    if (looks > this.#looksAtMost) this.#refuse('The nodes without a name look too much alike.')
    const byRelated = new Map<string, string[]>()
    for (const quad of this.#mentions.get(label)!)
      for (const [term, position] of [
        [quad.subject, 's'],
        [quad.object, 'o'],
        [quad.graph, 'g'],
      ] as const) {
        if (!isBlank(term) || term === label) continue
        const hash = this.#relatedHash(term, quad, given, position)
        const known = byRelated.get(hash)
        if (known) known.push(term)
        else byRelated.set(hash, [term])
      }
    let data = ''
    let issuer = given
    for (const related of [...byRelated.keys()].sort()) {
      data += related
      let chosenPath = ''
      let chosen: Issuer | undefined
      for (const permutation of permutations(byRelated.get(related)!)) {
        const tried = this.#tryPermutation(permutation, issuer, chosenPath)
        if (tried && (chosenPath === '' || tried.path < chosenPath)) {
          chosenPath = tried.path
          chosen = tried.issuer
        }
      }
      data += chosenPath
      issuer = chosen!
    }
    return { hash: this.#hash(data), issuer }
  }

  /** One order of related nodes; `undefined` as soon as its path is not the least. */
  #tryPermutation(permutation: readonly string[], from: Issuer, least: string): { path: string; issuer: Issuer } | undefined {
    if (++this.#steps > stepsAtMost) this.#refuse('The nodes without a name look too much alike.')
    let issuer = from.copy()
    let path = ''
    const worse = () => least !== '' && path.length >= least.length && path > least
    const deeper: string[] = []
    for (const related of permutation) {
      const canonical = this.#canonical.labels.get(related)
      if (canonical !== undefined) path += canonical
      else {
        if (!issuer.labels.has(related)) deeper.push(related)
        path += issuer.issue(related)
      }
      if (worse()) return undefined
    }
    for (const related of deeper) {
      const result = this.#deepHash(related, issuer)
      path += `${issuer.issue(related)}<${result.hash}>`
      issuer = result.issuer
      if (worse()) return undefined
    }
    return { path, issuer }
  }

  /** Sorted by subject first, for no subject and blank is the beginning of another: fewer long texts are compared than all with all. */
  #lines(): string[] {
    const named = (term: string) => (isBlank(term) ? this.#canonical.labels.get(term)! : term)
    const bySubject = new Map<string, string[]>()
    for (const { subject, predicate, object, graph } of this.#quads) {
      const rest = `${predicate} ${named(object)}${graph === '' ? '' : ` ${named(graph)}`} .\n`
      const known = bySubject.get(subject)
      if (known) known.push(rest)
      else bySubject.set(subject, [rest])
    }
    const rests = new Map([...bySubject].map(([subject, of]) => [`${named(subject)} `, of]))
    const lines: string[] = []
    for (const start of sortByCodePoint([...rests.keys()], this.#beyondBasic))
      for (const rest of sortByCodePoint(rests.get(start)!, this.#beyondBasic)) lines.push(start + rest)
    return lines
  }
}

/** Every order of the items. */
function* permutations(items: readonly string[]): Generator<string[]> {
  if (items.length <= 1) {
    yield [...items]
    return
  }
  for (const [index, first] of items.entries())
    for (const rest of permutations([...items.slice(0, index), ...items.slice(index + 1)])) yield [first, ...rest]
}
