/** What all documents of a prepared edition say alike, and documents made from it again, byte for byte. */
import { type Unsealed, unsealed } from '@cairn/core'
import type { PreparedText } from './slots.ts'

/**
 * Pieces of text with one gap between each two of them. A gap takes the id of the credential, or one of its fills; one fill may stand in several gaps. Every piece is
 * there in UTF-8 as well, plain and as the inside of a JSON string: what all learners share is encoded once.
 */
export interface ElmStencil {
  readonly texts: readonly string[]
  /** What stands behind each text but the last: the id where it is 0, else the fill of this number, of which the first is 1. */
  readonly gaps: readonly number[]
  /** How many fills there are. */
  readonly fills: number
  readonly plain: readonly Uint8Array[]
  readonly quoted: readonly Uint8Array[]
}

/** A stencil, and the slots that its fills are for, in their order. */
export interface PreparedDocument {
  readonly stencil: ElmStencil
  readonly slots: readonly string[]
}

/** Gives as many bytes to write into. Whoever seals thousands gives the same again once what stood there is stored. */
export type Space = (bytes: number) => Uint8Array

/** Bytes left free around a document: a header with three certificates and a signature fit in. */
const room = { before: 8192, behind: 8704 } as const

const utf8 = new TextEncoder()

/** Makes a stencil of a text: what is asked for in several slots is filled once, and an id is followed by what tells it from others of the document. */
export function prepareDocument({ texts, slots }: PreparedText): PreparedDocument {
  const asked = [...new Set(slots.filter((slot) => !isOfId(slot)))]
  const cut: string[] = [texts[0]!]
  const gaps = slots.map((slot, at) => {
    const behind = texts[at + 1]!
    if (isOfId(slot)) {
      cut.push(`${cut.pop()!}"`, `${slot.slice(2)}"${behind}`)
      return 0
    }
    cut.push(behind)
    return asked.indexOf(slot) + 1
  })
  return { stencil: ready(cut, gaps, asked.length), slots: asked }
}

const isOfId = (slot: string) => slot === 'id' || slot.startsWith('id#')

/** Stands around the number of a gap that is filled like one before it, or by the id. No text of JSON has it. */
const mark = '\u0001'

/** A stencil to be kept: its text, cut where each fill stands first. */
export function stencilPieces({ texts, gaps }: ElmStencil): string[] {
  const pieces = [texts[0]!]
  gaps.forEach((gap, at) => {
    const behind = texts[at + 1]!
    if (gap === pieces.length) pieces.push(behind)
    else pieces.push(`${pieces.pop()!}${mark}${gap}${mark}${behind}`)
  })
  return pieces
}

/** Makes kept pieces ready. */
export function prepareStencil(pieces: readonly string[]): ElmStencil {
  const [texts, gaps]: [string[], number[]] = [[], []]
  pieces.forEach((piece, at) => {
    if (at > 0) gaps.push(at)
    piece.split(mark).forEach((part, number) => {
      if (number % 2 === 0) texts.push(part)
      else gaps.push(Number(part))
    })
  })
  return ready(texts, gaps, pieces.length - 1)
}

const ready = (texts: readonly string[], gaps: readonly number[], fills: number): ElmStencil => ({
  texts,
  gaps,
  fills,
  plain: texts.map((text) => utf8.encode(text)),
  quoted: texts.map((text) => utf8.encode(quote(text))),
})

const fresh: Space = (bytes) => new Uint8Array(bytes)

/**
 * The document of the credential with this id in the stencil, from what fills it; its bytes are written where `space` says. Raises a RangeError when there are
 * more or fewer fills than the stencil takes.
 */
export function composeInStencil(stencil: ElmStencil, id: string, fills: readonly string[], space = fresh): Unsealed {
  const { texts, gaps, plain } = stencil
  if (fills.length !== stencil.fills) throw new RangeError(`The stencil takes ${stencil.fills} fills, and not ${fills.length}.`)
  const inGaps = (each: readonly string[]) => gaps.map((gap) => (gap === 0 ? id : each[gap - 1]!))
  const values = inGaps(fills)
  let quoted: Uint8Array | undefined
  return unsealed({
    format: 'elm',
    id,
    payload: values.reduce((text, value, at) => text + value + texts[at + 1]!, texts[0]!),
    bytes: join(plain, values, '', space),
    // Asked for by whoever finishes a seal, and by nobody who only looks at the document.
    get quoted() {
      quoted ??= join(stencil.quoted, inGaps(fills.map(quote)), '"', space)
      return quoted
    },
    room,
  })
}

/** The inside of the JSON string that holds the text. No piece ends within a surrogate pair, so pieces may be quoted one by one. */
const quote = (text: string) => JSON.stringify(text).slice(1, -1)

/** Pieces and values in turn, between two of these marks. */
function join(pieces: readonly Uint8Array[], values: readonly string[], around: string, space: Space): Uint8Array {
  const fixed = pieces.reduce((sum, piece) => sum + piece.length, 2 * around.length)
  const most = values.reduce((sum, value) => sum + value.length * 3, fixed)
  const bytes = space(room.before + most + room.behind)
  let at = room.before
  const write = (text: string) => {
    if (text !== '') at += utf8.encodeInto(text, bytes.subarray(at)).written
  }
  write(around)
  pieces.forEach((piece, index) => {
    bytes.set(piece, at)
    at += piece.length
    write(values[index] ?? '')
  })
  write(around)
  return bytes.subarray(room.before, at)
}
