/** What all documents of a prepared edition say alike, and documents made from it again, byte for byte. */
import { type Unsealed, unsealed } from '@cairn/core'
import type { PreparedElm } from './prepared.ts'
import { fillGaps, fillPlain, fillQuoted, type PreparedBytes, prepareBytes, room, type Space } from './slots.ts'

/** Pieces of text with one gap between each two of them, made ready. */
export type ElmStencil = Omit<PreparedBytes, 'slots'>

/** The pieces of an edition's documents, to be kept beside what fills the gaps of each. */
export const stencilPieces = (prepared: PreparedElm): readonly string[] => prepared.document.texts

/** Makes kept pieces ready. */
export const prepareStencil = (pieces: readonly string[]): ElmStencil => prepareBytes({ texts: pieces })

const fresh: Space = (bytes) => new Uint8Array(bytes)

/**
 * The document with this id that was composed in the stencil, from what filled its gaps; its bytes are written where `space` says. Raises a RangeError when
 * there are more or fewer fills than gaps.
 */
export function composeInStencil(stencil: ElmStencil, id: string, fills: readonly string[], space = fresh): Unsealed {
  if (fills.length !== stencil.texts.length - 1)
    throw new RangeError(`The stencil has ${stencil.texts.length - 1} gaps, and ${fills.length} fills.`)
  let quoted: Uint8Array | undefined
  return unsealed({
    format: 'elm',
    id,
    payload: fillGaps(stencil, fills),
    fills,
    bytes: fillPlain(stencil, fills, space),
    // Asked for by whoever finishes a seal, and by nobody who only records what will be sealed.
    get quoted() {
      quoted ??= fillQuoted(stencil, fills, space)
      return quoted
    },
    room,
  })
}
