/** Counter-signatures (`cSig`; TS 119 182-1, 5.3.2): signatures over the signature that holds them. */
import { type Json, ProblemError } from '@cairn/core'
import { readJades, readSerialised, type SealRead } from './read-jades.ts'
import type { SignatureRead } from './read-signature.ts'

/**
 * Counter-signatures of a signature, each a seal of one signature whose content is the signature value it vouches for. One that brings another
 * content, or cannot be read, is given as its problem.
 */
export function counterSignatures(signature: SignatureRead): (SealRead | ProblemError)[] {
  return signature.unsigned.flatMap(({ name, value }) => (name === 'cSig' ? [readCounter(value.cSig!, signature)] : []))
}

function readCounter(content: Json, { signature }: SignatureRead): SealRead | ProblemError {
  try {
    const covered = [{ name: '', bytes: signature }]
    const seal = typeof content === 'string' ? readJades(new TextEncoder().encode(content), covered) : readSerialised(content, covered)
    if (seal.signatures.length !== 1 || !seal.isDetached || seal.signatures[0]!.references)
      return new ProblemError('seal.malformed', 'A counter-signature is one signature over the signature that holds it.')
    return seal
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}
