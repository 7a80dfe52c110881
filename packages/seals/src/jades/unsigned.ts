/** Unsigned properties of a signature (`etsiU`; TS 119 182-1, 5.3): each one member, in clear or as base64url. */
import { isObject, type Json, type JsonObject, parseJson } from '@cairn/core'
import { fromBase64, fromBase64Url } from '../base64.ts'
import { bad, objectOf } from './members.ts'

/** One property. `text` is how it stands in the file when it is base64url; `value` is `{ name: content }`. */
export interface Unsigned {
  readonly text?: string
  readonly name: string
  readonly value: JsonObject
}

/** Reads the list. Raises `seal.malformed` or a problem of the strict JSON parser. */
export function readUnsigned(etsiU: Json | undefined, where: string): Unsigned[] {
  if (etsiU === undefined) return []
  if (!Array.isArray(etsiU) || etsiU.length === 0 || etsiU.length > 64) return bad('etsiU is a list that is not empty.', where)
  return etsiU.map((each, index) => {
    const pointer = `${where}/${index}`
    const bytes = typeof each === 'string' ? (fromBase64Url(each) ?? bad('An unsigned property is no base64url.', pointer)) : undefined
    const value = objectOf(bytes ? parseJson(bytes) : each, pointer)
    const [name, ...others] = Object.keys(value)
    if (name === undefined || others.length > 0) return bad('An unsigned property has one member.', pointer)
    return typeof each === 'string' ? { text: each, name, value } : { name, value }
  })
}

/** Values for validation that travel with a signature, as DER: trusted for nothing. */
export interface CarriedValues {
  certificates: Uint8Array[]
  crls: Uint8Array[]
  ocsps: Uint8Array[]
}

/**
 * Collects what `xVals`, `axVals`, `rVals`, `arVals`, `tstVD` and `anyValData` hold (TS 119 182-1, 5.3.5), among the properties before `end`.
 * What is not base64 is left out, and so is what comes after 64 of a kind.
 */
export function carriedValues(unsigned: readonly Unsigned[], end = unsigned.length): CarriedValues {
  const found: CarriedValues = { certificates: [], crls: [], ocsps: [] }
  for (const { name, value } of unsigned.slice(0, end)) {
    const content = value[name]
    if (name === 'xVals' || name === 'axVals') addCertificates(found, content)
    else if (name === 'rVals' || name === 'arVals') addRevocations(found, content)
    else if (name === 'tstVD' || name === 'anyValData') {
      const both = memberOf(content)
      addCertificates(found, both.xVals)
      addRevocations(found, both.rVals)
    }
  }
  return found
}

const most = 64
const memberOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value.slice(0, most) : [])

function addCertificates(found: CarriedValues, list: Json | undefined): void {
  for (const each of listOf(list)) add(found.certificates, memberOf(each).x509Cert)
}
function addRevocations(found: CarriedValues, value: Json | undefined): void {
  for (const each of listOf(memberOf(value).crlVals)) add(found.crls, each)
  for (const each of listOf(memberOf(value).ocspVals)) add(found.ocsps, each)
}
function add(to: Uint8Array[], object: Json | undefined): void {
  const { val } = memberOf(object)
  const der = typeof val === 'string' ? fromBase64(val) : undefined
  if (der && to.length < most) to.push(der)
}
