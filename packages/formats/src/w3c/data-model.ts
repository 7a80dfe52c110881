/** The shape of credentials and presentations by the W3C data model 2.0 (sections 4.3 to 4.13, 5.3 to 5.6), as far as it can be told without vocabularies. */
import { isObject, type Json, type JsonObject, millis, type Problem, problem } from '@cairn/core'
import { list } from '../elm/nodes.ts'

const contexts = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/2018/credentials/v1']
const dateTimeStamp = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

type Say = (pointer: string, detail: string) => void

/** What is wrong with a credential; empty when nothing is. Proofs are not checked here, but for their being objects with a type. */
export function credentialProblems(document: JsonObject): Problem[] {
  return told((say) => {
    shared(document, 'VerifiableCredential', say)
    issuer(document.issuer, say)
    subjects(document.credentialSubject, say)
    period(document, say)
    for (const name of ['credentialStatus', 'termsOfUse', 'evidence', 'refreshService', 'credentialSchema', 'proof'] as const)
      if (document[name] !== undefined) typed(document[name], `/${name}`, name === 'credentialSchema', say)
    for (const name of ['name', 'description'] as const) words(document[name], `/${name}`, say)
    relatedResources(document.relatedResource, say)
  })
}

/** What is wrong with a presentation; the credentials in it are not looked into. */
export function presentationProblems(document: JsonObject): Problem[] {
  return told((say) => {
    shared(document, 'VerifiablePresentation', say)
    const { holder, verifiableCredential, proof } = document
    if (holder !== undefined && !isUrl(isObject(holder) ? holder.id : holder))
      say('/holder', 'A holder is an address, or an object with one.')
    for (const each of list(verifiableCredential))
      if (!isObject(each)) say('/verifiableCredential', 'A credential in a presentation is an object.')
    if (proof !== undefined) typed(proof, '/proof', false, say)
  })
}

function told(check: (say: Say) => void): Problem[] {
  const found: Problem[] = []
  check((pointer, detail) => found.push(problem('data-model.broken', detail, pointer)))
  return found
}

/** 4.3 to 4.5: contexts, identifier, types. */
function shared(document: JsonObject, type: string, say: Say): void {
  const all = document['@context']
  if (!Array.isArray(all) || !contexts.some((each) => each === all[0])) say('/@context', 'The first context is that of the data model.')
  else if (!all.every((each) => isUrl(each) || isObject(each))) say('/@context', 'A context is an address or an object.')
  if (document.id !== undefined && !isUrl(document.id)) say('/id', 'An identifier is one address.')
  if (!list(document.type).includes(type) || !list(document.type).every(isWord))
    say('/type', `The types are texts, and ${type} is one of them.`)
}

/** 4.7: an address, or an object with one. */
function issuer(value: Json | undefined, say: Say): void {
  if (!isUrl(isObject(value) ? value.id : value)) say('/issuer', 'An issuer is an address, or an object with one.')
  if (isObject(value)) for (const name of ['name', 'description'] as const) words(value[name], `/issuer/${name}`, say)
}

/** 4.8: objects that say something. */
function subjects(value: Json | undefined, say: Say): void {
  const all = list(value)
  if (all.length === 0 || !all.every((each) => isObject(each) && Object.keys(each).length > 0))
    say('/credentialSubject', 'A subject is an object that says something.')
  for (const each of all)
    if (isObject(each) && each.id !== undefined && !isUrl(each.id)) say('/credentialSubject/id', 'An identifier is one address.')
}

/** 4.9: moments with their zone, in order. */
function period(document: JsonObject, say: Say): void {
  const moments = (['validFrom', 'validUntil', 'issuanceDate', 'expirationDate'] as const).filter((name) => document[name] !== undefined)
  for (const name of moments) {
    const value = document[name]
    if (typeof value !== 'string' || !dateTimeStamp.test(value) || Number.isNaN(millis(value)))
      say(`/${name}`, 'This is no moment with a zone.')
  }
  const { validFrom, validUntil } = document
  if (typeof validFrom === 'string' && typeof validUntil === 'string' && millis(validFrom) > millis(validUntil))
    say('/validUntil', 'It ends before it begins.')
}

/** 4.10, 4.11, 5.4 to 5.6: one or more objects with a type, named by an address where they are named. */
function typed(value: Json | undefined, pointer: string, mustBeNamed: boolean, say: Say): void {
  const all = list(value)
  if (all.length === 0) say(pointer, 'There is nothing in it.')
  for (const each of all) {
    if (!isObject(each) || list(each.type).length === 0 || !list(each.type).every(isWord)) say(pointer, 'Each is an object with a type.')
    else if ((mustBeNamed || each.id !== undefined) && !isUrl(each.id)) say(`${pointer}/id`, 'An identifier is one address.')
  }
}

/** 4.6, 11.1: a text, or texts with a language and a direction, and nothing else. */
function words(value: Json | undefined, pointer: string, say: Say): void {
  for (const each of list(value)) {
    if (typeof each === 'string') continue
    const names = isObject(each) ? Object.keys(each) : []
    if (
      !isObject(each) ||
      typeof each['@value'] !== 'string' ||
      names.some((name) => !['@value', '@language', '@direction'].includes(name))
    )
      say(pointer, 'This is no text, and none with a language.')
  }
}

/** 5.3: objects, each named once and with a digest. */
function relatedResources(value: Json | undefined, say: Say): void {
  const seen = new Set<Json>()
  for (const each of list(value)) {
    const good = isObject(each) && isUrl(each.id) && (typeof each.digestSRI === 'string' || typeof each.digestMultibase === 'string')
    if (!good || seen.has(each.id!)) say('/relatedResource', 'Each related resource is named by an address, once, with a digest.')
    else seen.add(each.id!)
  }
}

const isWord = (value: Json) => typeof value === 'string' && value !== ''
const isUrl = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(value) && URL.canParse(value)
