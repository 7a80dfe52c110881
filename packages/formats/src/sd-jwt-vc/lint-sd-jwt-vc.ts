/** Whether a composed SD-JWT VC is good, before it is signed. */
import { isObject, type JsonObject, type Problem, problem, type RuleFinding, type Severity } from '@cairn/core'

import type { ComposedSdJwtVc } from './compose-sd-jwt-vc.ts'
import { claimTerms, openClaims } from './terms.ts'

const address = /^[a-z][a-z0-9+.-]*:\S+$/i

/**
 * Lints claims and frame: `S1` type, issuer and id, `S2` times, `S3` what may and must be hidden, `S4` what the European type demands (a warning: not
 * every achievement has it), `S5` the status entry. Nothing quotes the learner.
 */
export function lintSdJwtVc({ claims, frame }: Pick<ComposedSdJwtVc, 'claims' | 'frame'>): RuleFinding[] {
  const found: RuleFinding[] = []
  const add = (rule: string, severity: Severity, code: Problem['code'], detail: string, pointer: string) =>
    found.push({ rule, severity, problem: problem(code, detail, pointer) })
  for (const name of ['vct', 'iss', 'jti'])
    if (typeof claims[name] !== 'string' || !address.test(claims[name]))
      add('S1', 'B', 'sd-jwt.type-missing', 'Type, issuer and id are names that nobody else has.', `/${name}`)
  if (claims.vct !== undefined && Array.isArray(claims.aka_vcts) && claims.aka_vcts.includes(claims.vct))
    add('S1', 'B', 'sd-jwt.type-missing', 'The other types do not repeat the type.', '/aka_vcts')
  for (const name of ['iat', 'nbf', 'exp'])
    if (claims[name] !== undefined && !Number.isSafeInteger(claims[name]))
      add('S2', 'B', 'validity.unreadable', 'A time is whole seconds since 1970.', `/${name}`)
  if (typeof claims.nbf === 'number' && typeof claims.exp === 'number' && claims.exp <= claims.nbf)
    add('S2', 'B', 'annex1.dates-order', 'The end is not after the beginning.', '/exp')
  const hidden = new Set(frame.hide.map(String))
  for (const name of openClaims)
    if (hidden.has(name) || frame.within?.[name])
      add('S3', 'B', 'sd-jwt.never-disclosable', 'This claim has to stand in the open.', `/${name}`)
  for (const { name, hidden: wanted, european } of claimTerms) {
    if (claims[name] === undefined) {
      if (european === 'mandatory') add('S4', 'W', 'sd-jwt.claim-missing', 'The European learning credential has this claim.', `/${name}`)
    } else if (wanted && !hidden.has(name)) add('S3', 'B', 'sd-jwt.claim-open', 'Only the holder may reveal this claim.', `/${name}`)
  }
  if (claims.status !== undefined && !isStatus(claims.status))
    add('S5', 'B', 'status.unreadable', 'The status entry has an address and an index.', '/status')
  return found
}

function isStatus(status: JsonObject[string]): boolean {
  const entry = isObject(status) ? status.status_list : undefined
  return isObject(entry) && Number.isSafeInteger(entry.idx) && Number(entry.idx) >= 0 && typeof entry.uri === 'string'
}
