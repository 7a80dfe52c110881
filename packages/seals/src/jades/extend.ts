/** Raising a seal to B-T, B-LT and B-LTA, and renewing it (TS 119 182-1, 5.3 and 6.3). The signature itself is not touched. */
import { type Json, type JsonObject, type Problem, ProblemError } from '@cairn/core'
import { digest } from '#crypto'
import { sameBytes, toBase64, toBase64Url } from '../base64.ts'
import { checkTimeStamp, readTimeStamp } from '../rfc3161/time-stamp.ts'
import type { DetachedFile } from './detached.ts'
import { levelOf } from './level.ts'
import { readJades, type SealRead } from './read-jades.ts'
import type { SignatureRead } from './read-signature.ts'
import { archiveInput } from './time-stamps.ts'
import { type CarriedValues, carriedValues } from './unsigned.ts'

/** Which signature of a seal is meant (the first by default), and the files that a detached seal covers. */
export interface ExtendOptions {
  signature?: number
  detached?: readonly DetachedFile[]
}

const utf8 = new TextEncoder()
const canonAlg = 'http://json-canonicalization.org/algorithm'

/** The bytes whose digest the next time stamp is for: over the signature (B-T), or over everything so far (B-LTA and its renewals). */
export function timeStampInput(bytes: Uint8Array, kind: 'signature' | 'archive', options: ExtendOptions = {}): Uint8Array {
  const { seal, signature } = open(bytes, options)
  if (kind === 'signature') return utf8.encode(signature.signatureText)
  const covered = archiveInput(seal, signature, signature.unsigned, isClear(signature) ? canonAlg : undefined)
  return covered ?? refuse('seal.detached-missing', 'What the seal covers is not at hand, or its unsigned properties are in two forms.')
}

/** Adds a signature time stamp (`sigTst`): the seal existed at its time. Raises `timestamp.*` for a token that is not sound or is for other bytes. */
export async function extendToT(bytes: Uint8Array, token: Uint8Array, options: ExtendOptions = {}): Promise<Uint8Array> {
  await checkToken(token, timeStampInput(bytes, 'signature', options))
  return append(bytes, options, [['sigTst', container(token)]])
}

/**
 * Adds certificates and statements on revocation (`xVals`, `rVals`; `tstVD` in later rounds) that are not there yet. Raises `seal.level-order` for
 * a seal without a signature time stamp, and when there is nothing to add to one that has no values.
 */
export async function extendToLT(bytes: Uint8Array, values: Partial<CarriedValues>, options: ExtendOptions = {}): Promise<Uint8Array> {
  const { signature } = open(bytes, options)
  const has = (name: string) => signature.unsigned.some((each) => each.name === name)
  if (!has('sigTst')) refuse('seal.level-order', 'Values for validation come after a time stamp of the signature.')
  const before = carriedValues(signature.unsigned)
  const fresh = (list: readonly Uint8Array[] = [], known: readonly Uint8Array[]) =>
    list.filter((each, index) => !known.some((one) => sameBytes(one, each)) && list.findIndex((one) => sameBytes(one, each)) === index)
  const certificates = fresh(values.certificates, before.certificates)
  const crls = fresh(values.crls, before.crls)
  const ocsps = fresh(values.ocsps, before.ocsps)
  const xVals = certificates.map((each) => ({ x509Cert: { val: toBase64(each) } }))
  const objects = (list: readonly Uint8Array[]) => list.map((each) => ({ val: toBase64(each) }))
  const rVals = { ...(crls.length > 0 ? { crlVals: objects(crls) } : {}), ...(ocsps.length > 0 ? { ocspVals: objects(ocsps) } : {}) }
  const [anyCertificates, anyRevocations] = [xVals.length > 0, crls.length + ocsps.length > 0]
  if (!anyCertificates && !anyRevocations) {
    if (levelOf(signature) === 'B-T') refuse('seal.level-order', 'There are no values to add.')
    return bytes
  }
  if (has('xVals') || has('rVals') || has('arcTst'))
    return append(bytes, options, [['tstVD', { ...(anyCertificates ? { xVals } : {}), ...(anyRevocations ? { rVals } : {}) }]])
  return append(bytes, options, [
    ...(anyCertificates ? [['xVals', xVals] as [string, Json]] : []),
    ...(anyRevocations ? [['rVals', rVals] as [string, Json]] : []),
  ])
}

/** Adds an archive time stamp (`arcTst`) over everything so far; a further one renews the protection. Raises `seal.level-order` below B-LT. */
export async function extendToLTA(bytes: Uint8Array, token: Uint8Array, options: ExtendOptions = {}): Promise<Uint8Array> {
  const level = levelOf(open(bytes, options).signature)
  if (level !== 'B-LT' && level !== 'B-LTA') refuse('seal.level-order', 'An archive time stamp comes after the values for validation.')
  await checkToken(token, timeStampInput(bytes, 'archive', options))
  return append(bytes, options, [['arcTst', container(token)]])
}

function refuse(code: Problem['code'], detail: string): never {
  throw new ProblemError(code, detail)
}

function open(bytes: Uint8Array, { signature: index = 0, detached = [] }: ExtendOptions): { seal: SealRead; signature: SignatureRead } {
  const seal = readJades(bytes, detached)
  const signature = seal.signatures[index]
  return signature ? { seal, signature } : refuse('seal.malformed', 'The seal has no such signature.')
}

const isClear = ({ unsigned }: SignatureRead) => unsigned.length > 0 && unsigned.every(({ text }) => text === undefined)
const container = (token: Uint8Array): JsonObject => ({ tstTokens: [{ val: toBase64(token) }] })

async function checkToken(der: Uint8Array, covered: Uint8Array): Promise<void> {
  const token = readTimeStamp(der)
  const [wrong] = await checkTimeStamp(token)
  if (wrong) refuse(wrong.code, wrong.detail)
  if (!token.hash) return refuse('timestamp.weak-algorithm', 'The time stamp rests on a digest that is not accepted.')
  if (!sameBytes(token.imprint, await digest(token.hash, covered))) refuse('timestamp.imprint-mismatch', 'It was not made over this seal.')
}

/** Writes the seal anew with these properties at the end; compact seals become general ones, for they have no room for unsigned properties. */
function append(bytes: Uint8Array, options: ExtendOptions, added: readonly (readonly [string, Json])[]): Uint8Array {
  const { seal, signature } = open(bytes, options)
  const clear = isClear(signature)
  const entries = added.map(([name, value]) => {
    const content = clear && name.endsWith('Tst') ? { canonAlg, ...(value as JsonObject) } : value
    return clear ? { [name]: content } : toBase64Url(utf8.encode(JSON.stringify({ [name]: content })))
  })
  const signatures = seal.signatures.map((each) => {
    const unsigned = [...each.unsigned.map(({ text, value }) => text ?? value), ...(each === signature ? entries : [])]
    return {
      protected: each.headerText,
      ...(unsigned.length > 0 ? { header: { etsiU: unsigned } } : {}),
      signature: each.signatureText,
    }
  })
  const payload = seal.isDetached ? {} : { payload: seal.payloadText }
  const envelope = seal.serialisation === 'flattened' ? { ...payload, ...signatures[0] } : { ...payload, signatures }
  const written = utf8.encode(JSON.stringify(envelope))
  // What would be too large to be read again is not handed out.
  readJades(written, options.detached ?? [])
  return written
}
