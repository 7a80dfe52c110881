/** Placeholder while the selective suite is written. */
import { type JsonObject, ProblemError } from '@cairn/core'
import type { PublicKey } from '../vc-jose/jwk.ts'
import type { Vocabulary } from './active-context.ts'

export async function checkSelective(_d: JsonObject, _o: JsonObject, _k: PublicKey, _v: Uint8Array, _w: Vocabulary): Promise<boolean> {
  throw new ProblemError('proof.suite-not-accepted', 'This suite is not read yet.')
}
