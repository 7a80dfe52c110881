/** What a batch's credentials have in common, made ready once for each part of the outcomes that learners met; most batches have one, the whole. */
import { type AwardGiven, type Edition, type Issuer, keepLast } from '@cairn/core'
import { renderDisplayImages } from '@cairn/documents'
import { type PreparedElm, prepareElm, stencilPieces } from '@cairn/formats'
import { editionFor } from '@cairn/issuing'
import { keepStencil, type TenantTransaction } from '@cairn/store'
import { digestOfStencil } from './as-recorded.ts'

/** A shape made ready. */
export interface Shape {
  prepared: PreparedElm
  /** The digest of its stencil. */
  stencil: Buffer
  /** True once a text of it was linted. */
  linted: boolean
}

/** The shape of an award; its stencil is kept in the transaction that asks first. */
export type Shapes = (tx: TenantTransaction, award: AwardGiven) => Promise<Shape>

/** How many are held ready: each has pictures. Outcomes met one by one can be combined in more ways than there are learners. */
const most = 64

/** Shapes of an edition for one issuer. When a transaction that asked is undone, so is what it kept: then this is not asked any more. */
export function shapesOf(edition: Edition, issuer: Issuer): Shapes {
  const ready = new Map<string, Shape>()
  return async (tx, { outcomes }) => {
    const name = outcomes?.join(' ') ?? ''
    const shape = ready.get(name) ?? (await makeShape(tx, await editionFor(edition, { outcomes }), issuer))
    // The one asked for last is let go last.
    return keepLast(ready, name, shape, most)
  }
}

async function makeShape(tx: TenantTransaction, edition: Edition, issuer: Issuer): Promise<Shape> {
  const prepared = prepareElm(edition, issuer, await renderDisplayImages(edition))
  const pieces = stencilPieces(prepared.document.stencil)
  const digest = digestOfStencil(pieces)
  await keepStencil(tx, digest, pieces)
  return { prepared, stencil: digest, linted: false }
}
