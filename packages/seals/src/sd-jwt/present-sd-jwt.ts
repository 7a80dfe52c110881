/** The holder's side (RFC 9901, 4.3 and 7.2): which claims are shown, and the proof that it is theirs to show. */
import { millis, ProblemError } from '@cairn/core'
import { digestText, encodeText } from '#token-text'
import { toBase64Url } from '../base64.ts'
import type { Signer } from '../signer.ts'
import { type ClaimPath, processPayload } from './process-payload.ts'
import { readSdJwt } from './read-sd-jwt.ts'
import type { Disclosure, SdJwtRead } from './sd-jwt.ts'

/** What is shown and to whom. */
export interface Presenting {
  /** Everything, or the claims at these paths; `null` stands for every element of a list. What they stand in is shown with them. */
  reveal: 'all' | readonly (readonly (string | number | null)[])[]
  /** The holder's key, and what the verifier asked for; `at` is now (RFC 3339). Left out, nothing is proven. */
  proof?: { signer: Pick<Signer, 'algorithm' | 'sign'>; audience: string; nonce: string; at: string }
}

const utf8 = new TextEncoder()

/** What a holder can choose from: each claim that may be kept back, by its path in the whole credential. Raises as reading does. */
export function disclosable(token: string): ClaimPath[] {
  return processPayload(readSdJwt(utf8.encode(token))).disclosed.map(({ path }) => path)
}

/**
 * A presentation of an SD-JWT: the same signed token with the chosen disclosures, and a KB-JWT when the holder proves that it is theirs.
 * Raises as reading does, and `input.invalid` for a path that the holder cannot reveal.
 */
export async function presentSdJwt(token: string, { reveal, proof }: Presenting): Promise<string> {
  const read = readSdJwt(utf8.encode(token))
  const shown = chosen(read, reveal)
  const [jwt] = read.presented.split('~') as [string]
  const kept = read.disclosures.filter((each) => shown.has(each)).map(({ text }) => text)
  const presented = [jwt, ...kept, ''].join('~')
  if (!proof) return presented
  const header = { alg: proof.signer.algorithm, typ: 'kb+jwt' }
  const payload = {
    iat: Math.floor(millis(proof.at) / 1000),
    aud: proof.audience,
    nonce: proof.nonce,
    sd_hash: digestText(read.hash, presented),
  }
  const input = [header, payload].map((part) => encodeText(JSON.stringify(part))).join('.')
  return `${presented}${input}.${toBase64Url(await proof.signer.sign(utf8.encode(input)))}`
}

function chosen(read: SdJwtRead, reveal: Presenting['reveal']): Set<Disclosure> {
  const { disclosed } = processPayload(read)
  if (reveal === 'all') return new Set(read.disclosures)
  const shown = new Set<Disclosure>()
  for (const wanted of reveal) {
    const reaches = disclosed.filter(({ path }) => startsWith(wanted, path))
    if (!reaches.some(({ path }) => path.length === wanted.length))
      throw new ProblemError('input.invalid', 'There is nothing at this place that could be revealed.', `/${wanted.join('/')}`)
    for (const { disclosure } of reaches) shown.add(disclosure)
  }
  return shown
}

/** True when the path is the wanted one, or leads to it. */
function startsWith(wanted: readonly (string | number | null)[], path: ClaimPath): boolean {
  return (
    path.length <= wanted.length &&
    path.every((step, index) => wanted[index] === step || (wanted[index] === null && typeof step === 'number'))
  )
}
