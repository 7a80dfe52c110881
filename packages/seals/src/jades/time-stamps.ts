/** The time stamps of a seal and what each must cover (TS 119 182-1, 5.1.10, 5.3.4, 5.3.6; measured on real seals). */
import { type Json, type JsonObject, type Problem, ProblemError, problem } from '@cairn/core'
import { digest } from '#crypto'
import { fromBase64, joinBytes, sameBytes } from '../base64.ts'
import { checkTimeStamp, readTimeStamp, type TimeStamp } from '../rfc3161/time-stamp.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import type { SealRead, SignatureRead } from './read-jades.ts'

/** A time stamp of a seal. `problems` is empty when token and imprint are sound; trust in its authority is judged elsewhere. */
export interface SealTimeStamp {
  kind: 'adoTst' | 'sigTst' | 'arcTst'
  token: TimeStamp | undefined
  problems: readonly Problem[]
}

const utf8 = new TextEncoder()

/** Reads and checks every time stamp of a signature, in the order in which they stand: content, signature, archive. */
export async function checkTimeStamps(seal: SealRead, signature: SignatureRead): Promise<SealTimeStamp[]> {
  const found: SealTimeStamp[] = []
  if (signature.header.adoTst !== undefined)
    // What adoTst covers is the payload as it stands in the signing input.
    await addAll(found, 'adoTst', signature.header.adoTst, signature.encoded ? utf8.encode(seal.payloadText) : seal.payload)
  for (const [index, { value }] of signature.unsigned.entries()) {
    if (value.sigTst !== undefined) await addAll(found, 'sigTst', value.sigTst, utf8.encode(signature.signatureText))
    if (value.arcTst !== undefined) await addAll(found, 'arcTst', value.arcTst, archiveInput(seal, signature, index))
  }
  return found
}

/** What an archive time stamp covers: payload, header, signature, and every unsigned property before it; only for the base64url form. */
function archiveInput(seal: SealRead, signature: SignatureRead, index: number): Uint8Array | undefined {
  const before = signature.unsigned.slice(0, index)
  if (before.some(({ text }) => text === undefined)) return undefined
  const payload = signature.encoded ? utf8.encode(seal.payloadText) : seal.payload
  return joinBytes(payload, utf8.encode(`.${signature.headerText}.${signature.signatureText}.${before.map(({ text }) => text).join('')}`))
}

async function addAll(
  found: SealTimeStamp[],
  kind: SealTimeStamp['kind'],
  container: Json,
  covered: Uint8Array | undefined,
): Promise<void> {
  const tokens = (container as JsonObject | null)?.tstTokens
  if (!Array.isArray(tokens) || tokens.length === 0 || tokens.length > 16) {
    found.push({ kind, token: undefined, problems: [problem('timestamp.malformed', 'A time stamp holds no token.')] })
    return
  }
  for (const each of tokens) found.push(await one(kind, each, covered))
}

async function one(kind: SealTimeStamp['kind'], each: Json, covered: Uint8Array | undefined): Promise<SealTimeStamp> {
  try {
    const text = (each as JsonObject | null)?.val
    const der = typeof text === 'string' ? fromBase64(text) : undefined
    if (!der) throw new ProblemError('timestamp.malformed', 'A time stamp token is no base64.')
    const token = readTimeStamp(der)
    const problems = await checkTimeStamp(token)
    if (covered === undefined)
      problems.push(problem('timestamp.not-checked', 'What this archive time stamp covers is in a form that we do not check yet.'))
    else if (!token.hash) problems.push(problem('timestamp.weak-algorithm', 'The time stamp rests on a digest that is not accepted.'))
    else if (!sameBytes(token.imprint, await digest(token.hash, covered)))
      problems.push(problem('timestamp.imprint-mismatch', 'The time stamp was made for other bytes.'))
    return { kind, token, problems }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { kind, token: undefined, problems: error.problems }
  }
}

/** Certificates that travel unsigned with the seal (`xVals`): material for building paths, trusted for nothing. Unreadable ones are left out. */
export function carriedCertificates(signature: SignatureRead): Certificate[] {
  const found: Certificate[] = []
  for (const { value } of signature.unsigned) {
    const list = value.xVals
    if (!Array.isArray(list)) continue
    for (const each of list.slice(0, 32)) {
      const text = ((each as JsonObject | null)?.x509Cert as JsonObject | undefined)?.val
      const der = typeof text === 'string' ? fromBase64(text) : undefined
      if (!der) continue
      try {
        found.push(parseCertificate(der))
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
      }
    }
  }
  return found
}
