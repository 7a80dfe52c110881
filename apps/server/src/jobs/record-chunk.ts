/** Intentions for rows of a batch: their exact bytes, places and numbers, before anything is signed (R-DUR-2). */
import { randomInt } from 'node:crypto'
import {
  fillReference,
  fullName,
  lastDayOf,
  localMoment,
  type Organisation,
  ProblemError,
  type StatusEntry,
  textIn,
  type Unsealed,
} from '@cairn/core'
import { composeInStencil, fillElm, lintElm, statusListEntries } from '@cairn/formats'
import {
  type EditionRow,
  type Intention,
  lockReferences,
  openList,
  promisedReferences,
  type ReadyRow,
  recordIntentions,
  type TenantTransaction,
  takeNumbers,
  takenIndices,
  takenReferences,
} from '@cairn/store'
import { type Installation, newId } from '../context.ts'
import { listAddress, publishStatusList } from '../status-publishing.ts'
import { naturalKey } from '../table-checking/check-table.ts'
import { digestOfIntention } from './as-recorded.ts'
import type { Intended } from './seal-chunk.ts'
import type { Shapes } from './shapes.ts'

/** Rows of a batch, and what all of them share. */
export interface Chunk extends EditionRow {
  batch: string
  key: string
  actor: string
  /** By whose clock it is issued. */
  organisation: Organisation
  shapes: Shapes
  rows: readonly ReadyRow[]
}

/**
 * Records intentions for rows and answers them, to be sealed once this is committed. The first text of a shape is linted as it stands: only what differs
 * between learners differs after it.
 */
export async function recordChunk(installation: Installation, tx: TenantTransaction, given: Chunk): Promise<Intended[]> {
  const { edition, rows } = given
  const now = new Date().toISOString()
  const issued = localMoment(given.organisation, now)
  const list = await openList(tx, newId(), statusListEntries, rows.length, now)
  if (list.sequence === 0) await publishStatusList(installation, tx, list.id, now)
  const indices = await freeIndices(tx, list.id, rows.length)
  const numbers = await referenceNumbers(tx, given, Number(issued.slice(0, 4)))
  const intended: (Intention & Intended)[] = []
  for (const [at, { n, given: award, replaces, promised }] of rows.entries()) {
    const shape = await given.shapes(tx, award)
    const credential = promised ?? newId()
    const referenceNumber = award.referenceNumber ?? numbers.get(n)
    const status: StatusEntry = { list: listAddress(installation, list.id), index: indices[at]!, purpose: 'revocation' }
    const full = { ...award, ...(referenceNumber === undefined ? {} : { referenceNumber }), id: `urn:uuid:${credential}` }
    const fills = fillElm(shape.prepared, full, { issued, status })
    if (!shape.linted)
      lintText(composeInStencil(shape.prepared.document.stencil, full.id, fills), edition.specification.kind === 'micro-credential', now)
    shape.linted = true
    const { learner } = full
    intended.push({
      id: credential,
      rowNumber: n,
      title: textIn(shape.prepared.edition.specification.title, learner.language ?? edition.specification.primaryLanguage),
      learner: fullName(learner),
      email: learner.email,
      language: learner.language ?? edition.specification.primaryLanguage,
      referenceNumber,
      awardDate: full.awardDate,
      naturalKey: naturalKey(edition, full),
      stencil: shape.stencil,
      fills,
      digest: digestOfIntention({ id: credential, stencil: shape.stencil, fills }),
      statusIndex: indices[at]!,
      validUntil: lastDayOf(edition.specification, full),
      supersedes: replaces,
      composedIn: shape.prepared.document.stencil,
    })
  }
  const { batch, key, actor } = given
  await recordIntentions(tx, { edition: edition.id, batch, key, actor, statusList: list.id, now }, intended)
  return intended
}

/** Lints the very text that will be sealed. Raises `specification.not-complete` when anything blocks. */
function lintText({ payload }: Unsealed, annex1: boolean, at: string): void {
  const document = JSON.parse(payload)
  const found = [...lintElm(document, { profile: 'elm', at }), ...(annex1 ? lintElm(document, { profile: 'annex1', at }) : [])]
  const [first, ...others] = found.filter(({ severity }) => severity === 'B').map(({ problem }) => problem)
  if (first) throw new ProblemError('specification.not-complete', first.detail, first.pointer, others)
}

/** Random places in the list that nobody has; random, so that neighbours in a list say nothing (R-ST-3). */
async function freeIndices(tx: TenantTransaction, list: string, count: number): Promise<number[]> {
  const free = new Set<number>()
  while (free.size < count) {
    const proposed = new Set<number>()
    while (proposed.size < count - free.size) proposed.add(randomInt(statusListEntries))
    const taken = await takenIndices(tx, list, [...proposed])
    for (const index of proposed) if (!taken.has(index)) free.add(index)
  }
  return [...free]
}

/**
 * Reference numbers for the rows that bring none, by the specification's scheme, in the order of the rows. A number that a file gave out, or that a confirmed row
 * brings, is passed over: also one of another specification whose scheme gives the same. */
async function referenceNumbers(
  tx: TenantTransaction,
  { edition, specification, rows }: Chunk,
  year: number,
): Promise<Map<number, string>> {
  const pattern = edition.specification.referenceNumbers?.pattern
  const wanting = pattern ? rows.filter((row) => !row.given.referenceNumber) : []
  if (!pattern || wanting.length === 0) return new Map()
  await lockReferences(tx)
  const free: string[] = []
  while (free.length < wanting.length) {
    const count = wanting.length - free.length
    const first = await takeNumbers(tx, specification, year, count)
    const proposed = Array.from({ length: count }, (_, at) => fillReference(pattern, { year, number: first + at }))
    const [taken, promised] = [await takenReferences(tx, proposed), await promisedReferences(tx, proposed)]
    free.push(...proposed.filter((number) => !taken.has(number) && !promised.has(number)))
  }
  return new Map(wanting.map(({ n }, at) => [n, free[at]!]))
}
