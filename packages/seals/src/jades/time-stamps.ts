/** The time stamps of a seal and what each must cover (TS 119 182-1, 5.2.6, 5.3.4, 5.3.6, A.1.5; measured on real seals). */
import { canonicalJson, type Json, type JsonObject, joinBytes, type Problem, ProblemError, problem } from '@cairn/core'
import { digest } from '#crypto'
import { fromBase64, sameBytes } from '../base64.ts'
import { checkTimeStamp, readTimeStamp, type TimeStamp } from '../rfc3161/time-stamp.ts'
import { payloadInput } from './detached.ts'
import type { SealRead } from './read-jades.ts'
import type { SignatureRead } from './read-signature.ts'
import type { Unsigned } from './unsigned.ts'

/** What a time stamp is over: the content, the signature, references, signature and references, or everything up to here. */
export type TimeStampKind = 'adoTst' | 'sigTst' | 'rfsTst' | 'sigRTst' | 'arcTst'

/** A time stamp of a seal. `problems` is empty when token and imprint are sound; trust in its authority is judged elsewhere. */
export interface SealTimeStamp {
  kind: TimeStampKind
  /** Place among the unsigned properties: an archive time stamp covers those before it. -1 for one in the protected header. */
  index: number
  token: TimeStamp | undefined
  problems: readonly Problem[]
}

const utf8 = new TextEncoder()
/** The canonicalisation that is understood for properties in clear (RFC 8785, as ETSI names it). */
const canonicalisations = new Set(['http://json-canonicalization.org/algorithm', 'https://www.rfc-editor.org/rfc/rfc8785'])
const references = ['xRefs', 'rRefs', 'axRefs', 'arRefs']
const unsignedKinds = ['sigTst', 'rfsTst', 'sigRTst', 'arcTst'] as const

/** How many tokens of one signature are checked: thirty years of yearly renewals (R-LIM-1). */
const mostTokens = 32

/**
 * Reads and checks the time stamps of a signature, in the order in which they stand: content, then the unsigned properties. Tokens beyond `most`
 * are given as not checked.
 */
export async function checkTimeStamps(seal: SealRead, signature: SignatureRead, most = mostTokens): Promise<SealTimeStamp[]> {
  const found: SealTimeStamp[] = []
  const content = signature.header.adoTst
  if (content !== undefined) await addAll(found, most, 'adoTst', -1, content, () => payloadInput(seal, signature, 'time-stamp'))
  for (const [index, { name, value }] of signature.unsigned.entries()) {
    const kind = unsignedKinds.find((each) => each === name)
    if (kind) await addAll(found, most, kind, index, value[name]!, () => coveredBy(kind, seal, signature, index))
  }
  return found
}

/** What a time stamp at this place covers; `undefined` when it cannot be told. */
function coveredBy(kind: TimeStampKind, seal: SealRead, signature: SignatureRead, index: number): Uint8Array | undefined {
  const { unsigned, signatureText } = signature
  const before = unsigned.slice(0, index)
  const canonical = (unsigned[index]!.value[kind] as JsonObject | null)?.canonAlg
  const joined = (list: readonly Unsigned[]) => joinUnsigned(list, canonical)
  switch (kind) {
    case 'sigTst':
      return utf8.encode(signatureText)
    case 'arcTst':
      return archiveInput(seal, signature, before, canonical)
    case 'rfsTst':
      return joined(before.filter(({ name }) => references.includes(name)))
    default: {
      const rest = joined(before.filter(({ name }) => name === 'sigTst' || references.includes(name)))
      return rest && joinBytes(utf8.encode(`${signatureText}.`), rest)
    }
  }
}

/**
 * What an archive time stamp covers after these unsigned properties (TS 119 182-1, 5.3.6.3): payload, header and signature with points between
 * them, a point, and the properties one after another with nothing between them. `undefined` when the content or a canonical form is not at hand.
 */
export function archiveInput(
  seal: SealRead,
  signature: SignatureRead,
  before: readonly Unsigned[] = signature.unsigned,
  canonical?: Json,
): Uint8Array | undefined {
  const payload = payloadInput(seal, signature, 'time-stamp')
  const rest = joinUnsigned(before, canonical)
  return payload && rest && joinBytes(payload, utf8.encode(`.${signature.headerText}.${signature.signatureText}.`), rest)
}

/** Properties as time stamps cover them: base64url as it stands, clear ones in canonical form, and never a mixture (5.3.6.3.1). */
function joinUnsigned(list: readonly Unsigned[], canonical: Json | undefined): Uint8Array | undefined {
  if (list.every(({ text }) => text !== undefined)) return utf8.encode(list.map(({ text }) => text).join(''))
  if (list.some(({ text }) => text !== undefined) || typeof canonical !== 'string' || !canonicalisations.has(canonical)) return undefined
  return utf8.encode(list.map(({ value }) => canonicalJson(value)).join(''))
}

async function addAll(
  found: SealTimeStamp[],
  most: number,
  kind: TimeStampKind,
  index: number,
  container: Json,
  input: () => Uint8Array | undefined,
): Promise<void> {
  const tokens = (container as JsonObject | null)?.tstTokens
  if (!Array.isArray(tokens) || tokens.length === 0 || tokens.length > 16) {
    found.push({ kind, index, token: undefined, problems: [problem('timestamp.malformed', 'A time stamp holds no token.')] })
    return
  }
  const covered = found.length < most ? input() : undefined
  for (const each of tokens) {
    if (found.length >= most) {
      found.push({
        kind,
        index,
        token: undefined,
        problems: [problem('timestamp.not-checked', 'There are more time stamps than we check.')],
      })
      return
    }
    found.push({ kind, index, ...(await one(each, covered)) })
  }
}

async function one(each: Json, covered: Uint8Array | undefined): Promise<Pick<SealTimeStamp, 'token' | 'problems'>> {
  try {
    const text = (each as JsonObject | null)?.val
    const der = typeof text === 'string' ? fromBase64(text) : undefined
    if (!der) throw new ProblemError('timestamp.malformed', 'A time stamp token is no base64.')
    const token = readTimeStamp(der)
    const problems = await checkTimeStamp(token)
    if (covered === undefined)
      problems.push(problem('timestamp.not-checked', 'What this time stamp covers is in a form that we do not check.'))
    else if (!token.hash) problems.push(problem('timestamp.weak-algorithm', 'The time stamp rests on a digest that is not accepted.'))
    else if (!sameBytes(token.imprint, await digest(token.hash, covered)))
      problems.push(problem('timestamp.imprint-mismatch', 'It was not made over this seal.'))
    return { token, problems }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { token: undefined, problems: error.problems }
  }
}
