/** Type metadata from anywhere, read strictly where rules hang on it and tolerantly where it only describes; and types that extend one another. */
import { isObject, type Json, type JsonObject, ProblemError } from '@cairn/core'
import { list } from '../elm/nodes.ts'
import type { ClaimMetadata, TypeMetadata } from './type-metadata.ts'

const bad = (detail: string, pointer: string): never => {
  throw new ProblemError('sd-jwt.metadata-unreadable', detail, pointer)
}
const text = (value: Json | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)
/** `locale`, or `lang` as the drafts before the fourteenth have it. */
const localeOf = (each: JsonObject) => text(each.locale) ?? text(each.lang) ?? 'und'

/** Reads a type metadata document. Properties it does not know are passed over. Raises `sd-jwt.metadata-unreadable` with a pointer. */
export function readTypeMetadata(document: Json): TypeMetadata {
  if (!isObject(document)) return bad('Type metadata is an object.', '')
  const vct = text(document.vct) ?? bad('Type metadata names its type.', '/vct')
  const description = text(document.description)
  const name = text(document.name)
  const extended = text(document.extends)
  const integrity = text(document['extends#integrity'])
  return {
    vct,
    ...(name && { name }),
    ...(description && { description }),
    ...(extended && { extends: extended }),
    ...(integrity && { extendsIntegrity: integrity }),
    display: list(document.display)
      .filter(isObject)
      .map((each) => {
        const said = text(each.description)
        return { locale: localeOf(each), name: text(each.name) ?? vct, ...(said && { description: said }) }
      }),
    claims: list(document.claims).map((claim, index) => readClaimMetadata(claim, `/claims/${index}`)),
  }
}

function readClaimMetadata(claim: Json, at: string): ClaimMetadata {
  if (!isObject(claim)) return bad('A claim is described by an object.', at)
  const { path, mandatory = false, sd = 'allowed' } = claim
  if (!Array.isArray(path) || path.length === 0) return bad('A claim has a path.', `${at}/path`)
  const good = (step: Json) => step === null || typeof step === 'string' || (Number.isSafeInteger(step) && Number(step) >= 0)
  if (!path.every(good)) return bad('A path has names, places and null.', `${at}/path`)
  if (typeof mandatory !== 'boolean') return bad('Whether a claim is mandatory is true or false.', `${at}/mandatory`)
  if (sd !== 'always' && sd !== 'allowed' && sd !== 'never') return bad('Whether a claim may be hidden is one of three words.', `${at}/sd`)
  const svg = text(claim.svg_id)
  return {
    path: path as (string | number | null)[],
    display: list(claim.display)
      .filter(isObject)
      .map((each) => {
        const said = text(each.description)
        return { locale: localeOf(each), label: text(each.label) ?? '', ...(said && { description: said }) }
      }),
    mandatory,
    sd,
    ...(svg && { svg }),
  }
}

/**
 * A type with the rules of the one it extends (display and claims as the draft combines them). A type that takes back a rule of the extended one is
 * refused: raises `sd-jwt.metadata-unreadable`.
 */
export function extendType(own: TypeMetadata, extended: TypeMetadata): TypeMetadata {
  const key = ({ path }: ClaimMetadata) => JSON.stringify(path)
  const inherited = new Map(extended.claims.map((claim) => [key(claim), claim]))
  const overridden = own.claims.map((claim) => {
    const base = inherited.get(key(claim))
    inherited.delete(key(claim))
    if (!base) return claim
    if (base.sd !== 'allowed' && claim.sd !== base.sd && claim.sd !== 'allowed')
      bad('A type takes back whether a claim may be hidden.', '/claims')
    return {
      ...base,
      ...claim,
      display: claim.display.length > 0 ? claim.display : base.display,
      mandatory: claim.mandatory || base.mandatory,
      sd: claim.sd === 'allowed' ? base.sd : claim.sd,
    }
  })
  return { ...own, display: own.display.length > 0 ? own.display : extended.display, claims: [...inherited.values(), ...overridden] }
}
