/**
 * The graph of a document that differs from others in values alone: expanded once, and then only filled and named anew. What a blank node is called
 * depends on what stands around it, so names are worked out for each filling, by RDFC-1.0 where two nodes look alike.
 */
import type { JsonObject } from '@cairn/core'
import { hashHex } from '#hash'
import { canonicalise, canonicalLimits } from './canonicalise.ts'
import { vocabularyOf } from './check-proofs.ts'
import { escapeLiteral, isBlank, type Quad, quadLine, sortByCodePoint, uniqueQuads } from './quads.ts'
import { toQuads } from './to-quads.ts'

/** A text with places to fill: pieces, and the slot between each two of them. */
interface Pattern {
  readonly pieces: readonly string[]
  readonly slots: readonly { readonly name: string; readonly literal: boolean }[]
}

/** A blank node with the statements around it, as its hash sees them. */
interface Node {
  readonly label: string
  readonly lines: readonly Pattern[]
  /** Known beforehand when no slot stands around it. */
  readonly hash?: string
}

/** A graph ready to be filled. */
export interface GraphTemplate {
  readonly quads: readonly Quad[]
  readonly nodes: readonly Node[]
  /** Lines without blank nodes and slots. */
  readonly fixed: readonly string[]
  /** The other lines; blank nodes are slots named by their label. */
  readonly open: readonly Pattern[]
  readonly mark: string
}

export type SlotValues = Readonly<Record<string, string>>

/**
 * Makes a graph ready. `specimen` has `mark` + name + `:` wherever a value will stand, as a whole IRI or a whole text.
 * @throws ProblemError `context.*`
 */
export async function prepareGraph(specimen: JsonObject, mark: string): Promise<GraphTemplate> {
  const quads = uniqueQuads(toQuads(specimen, await vocabularyOf()).quads)
  const labels = new Set(quads.flatMap(({ subject, object, graph }) => [subject, object, graph]).filter(isBlank))
  const cut = (line: string): Pattern => patternOf(line, mark)
  const nodes = [...labels].map((label): Node => {
    const seen = (term: string) => (isBlank(term) ? (term === label ? '_:a' : '_:z') : term)
    const around = quads.filter(({ subject, object, graph }) => subject === label || object === label || graph === label)
    const lines = around.map((quad) =>
      cut(quadLine({ ...quad, subject: seen(quad.subject), object: seen(quad.object), graph: seen(quad.graph) })),
    )
    const isFixed = lines.every(({ slots }) => slots.length === 0)
    return { label, lines, ...(isFixed ? { hash: hashOf(lines, {}) } : {}) }
  })
  const named = (term: string) => (isBlank(term) ? `${mark}${term.slice(2)}:` : term)
  const all = quads.map((quad) =>
    cut(quadLine({ ...quad, subject: named(quad.subject), object: named(quad.object), graph: named(quad.graph) })),
  )
  return {
    quads,
    nodes,
    fixed: all.filter(({ slots }) => slots.length === 0).map(({ pieces }) => pieces[0]!),
    open: all.filter(({ slots }) => slots.length > 0),
    mark,
  }
}

function patternOf(line: string, mark: string): Pattern {
  const parts = line.split(new RegExp(`(["<]?)${mark}([a-z0-9]+):`))
  const pieces = [parts[0]!]
  const slots: Pattern['slots'][number][] = []
  for (let at = 1; at < parts.length; at += 3) {
    pieces[pieces.length - 1] += parts[at]!
    slots.push({ name: parts[at + 1]!, literal: parts[at] === '"' })
    pieces.push(parts[at + 2]!)
  }
  return { pieces, slots }
}

function fill({ pieces, slots }: Pattern, values: SlotValues): string {
  let text = pieces[0]!
  for (let at = 0; at < slots.length; at++) {
    const { name, literal } = slots[at]!
    const value = values[name]!
    text += (literal ? escapeLiteral(value) : value) + pieces[at + 1]!
  }
  return text
}

function hashOf(lines: readonly Pattern[], values: SlotValues): string {
  return hashHex('SHA-256', sortByCodePoint(lines.map((line) => fill(line, values))).join(''))
}

/** The canonical N-Quads of the graph with these values: the very bytes that canonicalising the whole document gives. */
export function fillGraph(template: GraphTemplate, values: SlotValues): string {
  const hashes = template.nodes.map(({ hash, lines }) => hash ?? hashOf(lines, values))
  const order = hashes.map((_, index) => index).sort((one, other) => (hashes[one]! < hashes[other]! ? -1 : 1))
  const alike = order.some((index, place) => place > 0 && hashes[index] === hashes[order[place - 1]!])
  if (alike) return canonicalise(filledQuads(template, values), canonicalLimits).lines.join('')
  const all: Record<string, string> = { ...values }
  for (const [place, index] of order.entries()) all[template.nodes[index]!.label.slice(2)] = `_:c14n${place}`
  const lines = new Set(template.fixed)
  for (const line of template.open) lines.add(fill(line, all))
  return sortByCodePoint([...lines]).join('')
}

function filledQuads({ quads, mark }: GraphTemplate, values: SlotValues): Quad[] {
  const filled = (term: string) => (term.includes(mark) ? fill(patternOf(term, mark), values) : term)
  return quads.map(({ subject, predicate, object, graph }) => ({ subject: filled(subject), predicate, object: filled(object), graph }))
}
