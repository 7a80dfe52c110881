/**
 * From the name of a verification method to its key (W3C Controlled Identifiers, 3.3): did:key and did:jwk speak for themselves, did:web and web
 * addresses by documents that were handed in as evidence, and never by fetching.
 */
import { isObject, type Json, ProblemError, parseJson } from '@cairn/core'
import { keyOfDid, keyOfJwk, type PublicKey } from '../vc-jose/jwk.ts'

/** What became of looking for a key. `controller` is who speaks with it. */
export type KeyFound =
  | {
      readonly outcome: 'found'
      readonly key: PublicKey
      readonly controller: string
      readonly didKey?: string /** True when identifier or document shows that the key is the controller's. */
      readonly proven: boolean
    }
  | { readonly outcome: 'missing'; readonly detail: string }
  | { readonly outcome: 'wrong'; readonly detail: string }

/** Documents by the identifier they are of (`did:web:example.org`), as they were fetched. */
export type ControllerDocuments = Readonly<Record<string, Uint8Array>>

const listOf = (value: Json | undefined): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const wrong = (detail: string): KeyFound => ({ outcome: 'wrong', detail })

/** Finds the key that a verification method names and that its controller lets make assertions. */
export function verificationKey(method: string, documents: ControllerDocuments = {}, relationship = 'assertionMethod'): KeyFound {
  const [controller, fragment] = splitOnce(method)
  if (controller.startsWith('did:key:') || controller.startsWith('did:jwk:')) {
    const expected = controller.startsWith('did:key:') ? controller.slice(8) : '0'
    if (fragment !== undefined && fragment !== expected) return wrong('The verification method is none of its identifier.')
    const key = keyOfDid(controller)
    return key
      ? { outcome: 'found', key, controller, didKey: controller, proven: true }
      : wrong('The key is not written as one that is accepted.')
  }
  if (Object.hasOwn(documents, controller)) return keyInDocument(documents[controller]!, controller, method, relationship)
  // Open Badges 3.0 issuers of the web name their key in the fragment of their own address. Whose key it is, only a registry can say.
  if (/^https:\/\//.test(controller) && fragment?.startsWith('z')) {
    const didKey = `did:key:${fragment}`
    const key = keyOfDid(didKey)
    return key ? { outcome: 'found', key, controller, didKey, proven: false } : wrong('The key is not written as one that is accepted.')
  }
  if (controller.startsWith('did:web:') || /^https?:\/\//.test(controller))
    return { outcome: 'missing', detail: `The document of ${controller.slice(0, 200)} was not at hand.` }
  return { outcome: 'missing', detail: 'Keys are not looked for by this kind of identifier.' }
}

function splitOnce(method: string): [string, string | undefined] {
  const at = method.indexOf('#')
  return at < 0 ? [method, undefined] : [method.slice(0, at), method.slice(at + 1)]
}

function keyInDocument(bytes: Uint8Array, controller: string, method: string, relationship: string): KeyFound {
  let document: Json
  try {
    document = parseJson(bytes)
  } catch (error) {
    if (error instanceof ProblemError) return { outcome: 'missing', detail: `The document of ${controller.slice(0, 200)} cannot be read.` }
    throw error
  }
  if (!isObject(document) || document.id !== controller)
    return { outcome: 'missing', detail: `What was at hand is no document of ${controller.slice(0, 200)}.` }
  const full = (id: Json | undefined) => (typeof id === 'string' ? (id.startsWith('#') ? controller + id : id) : undefined)
  const named = listOf(document[relationship])
  const allowed = named.find((each) => full(isObject(each) ? each.id : each) === method)
  if (allowed === undefined) return wrong('The controller does not let this key make assertions.')
  const entry = isObject(allowed) ? allowed : listOf(document.verificationMethod).find((each) => isObject(each) && full(each.id) === method)
  if (!isObject(entry)) return wrong('The verification method is not in the document of its controller.')
  if (entry.controller !== undefined && entry.controller !== controller) return wrong('The verification method has another controller.')
  if (entry.revoked !== undefined || entry.expires !== undefined) return wrong('The key was withdrawn by its controller.')
  try {
    if (entry.publicKeyJwk !== undefined) return { outcome: 'found', key: keyOfJwk(entry.publicKeyJwk), controller, proven: true }
  } catch (error) {
    if (error instanceof ProblemError) return wrong(error.problem.detail)
    throw error
  }
  const didKey = typeof entry.publicKeyMultibase === 'string' ? `did:key:${entry.publicKeyMultibase}` : undefined
  const key = didKey && keyOfDid(didKey)
  return key && didKey
    ? { outcome: 'found', key, controller, didKey, proven: true }
    : wrong('The key is not written as one that is accepted.')
}
