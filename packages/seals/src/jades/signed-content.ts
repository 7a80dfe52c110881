/** What an issuer signed, apart from the seal around it. */
import { ProblemError } from '@cairn/core'
import { readJades } from './read-jades.ts'

/**
 * The sealed document of a JAdES seal, which stays the same when the seal is raised to a higher level; of any other form, and of a seal over a file beside it,
 * the bytes as they are.
 */
export function signedContent(bytes: Uint8Array): Uint8Array {
  try {
    const { payload, isDetached } = readJades(bytes)
    return isDetached ? bytes : payload
  } catch (error) {
    if (error instanceof ProblemError) return bytes
    throw error
  }
}
