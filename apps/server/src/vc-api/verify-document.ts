/** Verifying for the suites of the W3C: shape, proofs, and that issuer or holder is who signed. Registries and status have no part in it. */
import { isObject, type Json, type JsonObject, millis, ProblemError, refuseProblems } from '@cairn/core'
import { credentialProblems, presentationProblems } from '@cairn/formats'
import { checkProofs, isSignedBy, keyOfDid, readToken } from '@cairn/seals'
import { namedContexts } from './named-contexts.ts'

const wrong = (detail: string, pointer = ''): never => {
  throw new ProblemError('data-model.broken', detail, pointer)
}

/**
 * Verifies a credential; `bound` asks that its issuer is the key that signed, as the product always does. Raises the problem that was found.
 */
export async function verifyCredential(credential: JsonObject, bound: boolean): Promise<void> {
  const token = tokenIn(credential, 'Credential')
  if (token !== undefined) return verifyToken(token)
  refuseProblems(credentialProblems(credential))
  const { validUntil, expirationDate } = credential
  for (const end of [validUntil, expirationDate])
    if (typeof end === 'string' && millis(end) < Date.now()) throw new ProblemError('validity.ended', 'It has ended.', '/validUntil')
  const controllers = await controllersOf(credential, 'assertionMethod')
  const issuer = isObject(credential.issuer) ? credential.issuer.id : credential.issuer
  if (bound && !controllers.includes(String(issuer)))
    throw new ProblemError('proof.key-not-of-controller', 'The issuer is not who signed.', '/issuer')
}

/** What a presentation has to answer. */
export interface AskedOfPresentation {
  readonly challenge?: Json | undefined
  readonly domain?: Json | undefined
}

/** Verifies a presentation with the credentials in it. Raises the problem that was found. */
export async function verifyPresentation(presentation: JsonObject, { challenge, domain }: AskedOfPresentation): Promise<void> {
  const token = tokenIn(presentation, 'Presentation')
  if (token !== undefined) return verifyToken(token)
  refuseProblems(presentationProblems(presentation))
  await controllersOf(presentation, 'authentication')
  for (const proof of [presentation.proof].flat().filter(isObject)) {
    if (challenge !== undefined && proof.challenge !== challenge)
      throw new ProblemError('holder.other-nonce', 'The challenge is another one.', '/proof/challenge')
    if (domain !== undefined && proof.domain !== undefined && ![proof.domain].flat().includes(domain))
      throw new ProblemError('holder.other-audience', 'The domain is another one.', '/proof/domain')
  }
  for (const each of [presentation.verifiableCredential].flat().filter(isObject)) await verifyCredential(each, true)
}

/** Who signed, when every proof holds and is of now. */
async function controllersOf(secured: JsonObject, purpose: string): Promise<string[]> {
  if (secured.proof === undefined) throw new ProblemError('seal.missing', 'There is no proof.', '/proof')
  const { document, contexts } = namedContexts(secured)
  // A suite of canonical JSON is checked over the document as it is written, and such a document still has to mean something.
  const jcs = [secured.proof].flat().some((proof) => isObject(proof) && String(proof.cryptosuite).includes('-jcs-'))
  const { proofs } = await checkProofs(jcs ? secured : document, { contexts, purpose })
  for (const { outcome, problem, created, expires } of proofs) {
    if (outcome !== 'passed') throw new ProblemError(problem!.code, problem!.detail, problem!.pointer)
    if ([created, expires].some((moment) => moment !== undefined && Number.isNaN(millis(moment))))
      wrong('A date of the proof is none.', '/proof')
    if (expires !== undefined && millis(expires) < Date.now())
      throw new ProblemError('validity.ended', 'The proof has ended.', '/proof/expires')
  }
  return proofs.flatMap(({ controller }) => controller ?? [])
}

/** The token of an enveloped document; `undefined` for one with a proof inside. */
function tokenIn(document: JsonObject, what: 'Credential' | 'Presentation'): string | undefined {
  if (![document.type].flat().includes(`EnvelopedVerifiable${what}`)) return undefined
  if (![document['@context']].flat().includes('https://www.w3.org/ns/credentials/v2'))
    wrong('The context is not that of the data model.', '/@context')
  const short = what === 'Credential' ? 'vc' : 'vp'
  const token = new RegExp(`^data:application/(?:${short}\\+)?jwt,(.+)$`).exec(typeof document.id === 'string' ? document.id : '')?.[1]
  return token ?? wrong('The identifier is no secured document.', '/id')
}

async function verifyToken(text: string): Promise<void> {
  const token = readToken(text, ['vc+jwt', 'vp+jwt'])
  const { issuer, holder, iss } = token.payload
  const who = [token.kid, isObject(issuer) ? issuer.id : issuer, isObject(holder) ? holder.id : holder, iss]
  const key = who.map((each) => (typeof each === 'string' ? keyOfDid(each) : undefined)).find((each) => each !== undefined)
  if (!key) throw new ProblemError('proof.key-not-at-hand', 'The token names no key that could be found.')
  if (!(await isSignedBy(token, key))) throw new ProblemError('seal.broken', 'The token was altered.')
}
