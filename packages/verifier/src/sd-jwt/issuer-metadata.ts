/** JWT VC Issuer Metadata: where an issuer publishes its keys (draft-ietf-oauth-sd-jwt-vc). */
import { isObject, type JsonObject, ProblemError, parseJson } from '@cairn/core'

/** Where an issuer publishes its keys: the well-known word between host and path; `undefined` for an issuer that is no https address. */
export function issuerMetadataAddress(issuerId: string): string | undefined {
  const url = /^https:/i.test(issuerId) ? URL.parse(issuerId) : null
  if (!url || url.search || url.hash || url.username || url.password) return undefined
  return `${url.origin}/.well-known/jwt-vc-issuer${url.pathname.replace(/\/$/, '')}`
}

/** The address of the key set that issuer metadata points to; `undefined` when it holds its keys, or is another issuer's, or cannot be read. */
export function keySetAddress(issuerId: string, metadata: Uint8Array): string | undefined {
  const read = objectIn(metadata)
  const { jwks_uri: address, jwks } = read ?? {}
  return read?.issuer === issuerId && jwks === undefined && typeof address === 'string' ? address : undefined
}

/** The value when it is an object. */
export const asObject = (value: JsonObject[string] | undefined): JsonObject | undefined => (isObject(value) ? value : undefined)
/** The object that the bytes are as JSON, if they are one. */
export const objectIn = (bytes: Uint8Array) => asObject(attempt(() => parseJson(bytes)))

/** What the act gives; `undefined` when it raises a problem. */
export function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
