/** Which documents may stand in a token of VC-JOSE-COSE. */
import { type JsonObject, ProblemError } from '@cairn/core'

/** VC-JOSE-COSE, 3.1: the document is the payload; the claims `vc` and `vp` of the data model 1.1 have no place. Raises `vc-jose.claim-forbidden`. */
export function refuseOldClaims(payload: JsonObject): void {
  for (const name of ['vc', 'vp'])
    if (payload[name] !== undefined) throw new ProblemError('vc-jose.claim-forbidden', `The payload holds ${name}.`, `/${name}`)
}

/** Raises `sd-jwt.wrong-kind` when the payload is no W3C credential of the data model 2.0: contexts in a list, the type, an issuer, a subject. */
export function refuseNoCredential(payload: JsonObject): void {
  const contexts = payload['@context']
  const types = Array.isArray(payload.type) ? payload.type : [payload.type]
  if (!Array.isArray(contexts) || contexts.length === 0 || !types.includes('VerifiableCredential'))
    throw new ProblemError('sd-jwt.wrong-kind', 'The token says that it holds a W3C credential, and holds none.')
  for (const name of ['issuer', 'credentialSubject'])
    if (payload[name] === undefined)
      throw new ProblemError('sd-jwt.wrong-kind', 'The credential names no issuer or no subject.', `/${name}`)
}
