/** Issuing for the suites of the W3C: one suite, one key, the document as it was given. */
import { randomBytes } from 'node:crypto'
import { isObject, type Json, type JsonObject, ProblemError, refuseProblems } from '@cairn/core'
import { credentialProblems } from '@cairn/formats'
import { createProof, createSelectiveProof, fromMultibase, toBase64Url } from '@cairn/seals'
import { namedContexts } from './named-contexts.ts'
import { createThrowAwayKey, type ThrowAwayKey } from './throw-away-keys.ts'

/** The suites that are issued in, and the kind of key of each. */
export const issuingSuites = {
  'eddsa-rdfc-2022': 'EdDSA',
  'eddsa-jcs-2022': 'EdDSA',
  'ecdsa-rdfc-2019-p256': 'ES256',
  'ecdsa-rdfc-2019-p384': 'ES384',
  'ecdsa-jcs-2019-p256': 'ES256',
  'ecdsa-jcs-2019-p384': 'ES384',
  'ecdsa-sd-2023': 'ES256',
  'vc-jwt': 'ES256',
} as const
export type IssuingSuite = keyof typeof issuingSuites

const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z')

/**
 * Issues a credential. Its issuer has to be the key of the suite.
 * @throws ProblemError `data-model.broken`, `context.*`, `proof.*`, `input.invalid`
 */
export async function issueCredential(suite: IssuingSuite, key: ThrowAwayKey, given: JsonObject, options: JsonObject): Promise<JsonObject> {
  refuseProblems(credentialProblems(given))
  const credential = suite === 'vc-jwt' ? given : withProofContext(given)
  const issuer = isObject(credential.issuer) ? credential.issuer.id : credential.issuer
  if (issuer !== key.did)
    throw new ProblemError('proof.key-not-of-controller', 'The issuer is not the key of this suite.', '/credential/issuer')
  const { document, contexts } = namedContexts(credential)
  const { verificationMethod, sign, algorithm } = key
  if (suite === 'vc-jwt') return enveloped(credential, key)
  if (suite === 'ecdsa-sd-2023') {
    const local = createThrowAwayKey('ES256')
    const pointers = options.mandatoryPointers ?? ['/issuer']
    if (!Array.isArray(pointers) || !pointers.every((each) => typeof each === 'string'))
      throw new ProblemError('input.invalid', 'Pointers are texts.', '/options/mandatoryPointers')
    const proven = await createSelectiveProof(document, {
      verificationMethod,
      created: now(),
      sign,
      hmacKey: randomBytes(32),
      local: { publicKey: fromMultibase(local.multikey)!, sign: local.sign },
      mandatoryPointers: pointers,
      contexts,
    })
    return { ...credential, proof: proven.proof! }
  }
  const making = { verificationMethod, created: now(), sign, algorithm, contexts, options: proofOptions(options) }
  const cryptosuite = suite.replace(/-p\d+$/, '') as 'eddsa-rdfc-2022'
  // Canonical JSON signs the document as it is written, and its contexts still have to mean something.
  const proven = await createProof(cryptosuite.includes('-jcs-') ? credential : document, { ...making, suite: cryptosuite })
  if (cryptosuite.includes('-jcs-'))
    await createProof(document, { ...making, suite: algorithm === 'EdDSA' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019' })
  return { ...credential, proof: proven.proof! }
}

/** Data Integrity 1.0, 4.2.1: the vocabulary of proofs is put in where the data model does not bring it (1.1). */
function withProofContext(credential: JsonObject): JsonObject {
  const contexts = [credential['@context']].flat() as Json[]
  const known = contexts.some((each) => each === 'https://www.w3.org/ns/credentials/v2' || each === proofContext)
  return known ? credential : { ...credential, '@context': [...contexts, proofContext] }
}
const proofContext = 'https://w3id.org/security/data-integrity/v2'

/** What of the options goes into the proof. */
function proofOptions(options: JsonObject): JsonObject {
  const names = ['challenge', 'domain', 'expires', 'previousProof'] as const
  return Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])))
}

/** VC-JOSE-COSE, 3.1.1; VC Data Model 2.0, 4.13.2. */
function enveloped(credential: JsonObject, { did, verificationMethod, sign }: ThrowAwayKey): JsonObject {
  const encode = (value: object) => toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
  const input = `${encode({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: verificationMethod, iss: did })}.${encode(credential)}`
  const token = `${input}.${toBase64Url(sign(new TextEncoder().encode(input)))}`
  return {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    type: 'EnvelopedVerifiableCredential',
    id: `data:application/vc+jwt,${token}`,
  }
}
