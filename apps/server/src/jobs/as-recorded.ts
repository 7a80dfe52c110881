/**
 * What an intention is known by before it is sealed (R-DUR-2). Its exact bytes are the pieces of a stencil with its fills between them, so the digests of both
 * name them as surely as a digest of the bytes would, and nothing has to be put together to be recorded.
 */
import { createHash } from 'node:crypto'
import type { Intention } from '@cairn/store'

const sha256 = () => createHash('sha256')

/** SHA-256 of the list of a stencil's pieces as JSON. */
export const digestOfStencil = (pieces: readonly string[]): Buffer => sha256().update(JSON.stringify(pieces)).digest()

/** What tells the exact bytes of an intention: its id, the digest of its stencil, and what fills that. */
type Told = Pick<Intention, 'id' | 'stencil' | 'fills'>

/** SHA-256 of a stencil's digest, and of the id and each fill, a zero byte between them, which no fill has: they are JSON. */
export const digestOfIntention = ({ id, stencil, fills }: Told): Buffer =>
  sha256()
    .update(stencil)
    .update([id, ...fills].join('\0'))
    .digest()

/** What was recorded, and the exact bytes or text that it stands for. */
export interface Recorded extends Told {
  digest: Uint8Array
  exact: () => string | Uint8Array
}

/** Whether an intention is as it was recorded. Earlier ones were recorded under the SHA-256 of their exact bytes, which are asked for only then. */
export const isAsRecorded = ({ digest, exact, ...told }: Recorded): boolean =>
  digestOfIntention(told).equals(digest) || sha256().update(exact()).digest().equals(digest)
