/** The Open Badge 3.0 of an award, with a Data Integrity proof by the sealing key. */
import { type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { composeOpenBadge, lintOpenBadge, prepareOpenBadge } from '@cairn/formats'
import {
  createProof,
  didKeyOfSpki,
  type MarkedDocument,
  type ProofAlgorithm,
  parseCertificate,
  prepareSigning,
  type SigningSuite,
} from '@cairn/seals'
import type { AwardForm, AwardToSign, FormGiven } from './award-form.ts'

/** The suite that goes with each kind of key. */
const suites: Readonly<Record<ProofAlgorithm, SigningSuite>> = {
  EdDSA: 'eddsa-rdfc-2022',
  ES256: 'ecdsa-rdfc-2019',
  ES384: 'ecdsa-rdfc-2019',
}
const isProofAlgorithm = (algorithm: string): algorithm is ProofAlgorithm => Object.hasOwn(suites, algorithm)
const utf8 = new TextEncoder()

/**
 * Badges whose issuer is the key's did:key: verifiers find it in the proof itself, and a registry that lists it says whose it is. Raises
 * `proof.suite-not-accepted` for RSA keys, which no cryptosuite takes.
 */
export function openBadgeForm({ edition, issuer, signer }: FormGiven): AwardForm {
  const { algorithm } = signer
  const did = didKeyOfSpki(parseCertificate(signer.certificates[0]!).spki)
  if (!isProofAlgorithm(algorithm) || did === undefined)
    throw new ProblemError(
      'proof.suite-not-accepted',
      'Open Badges are signed with an Ed25519, P-256 or P-384 key, and this is none.',
      '/key',
    )
  const signing = {
    suite: suites[algorithm],
    algorithm,
    verificationMethod: `${did}#${did.slice('did:key:'.length)}`,
    sign: (bytes: Uint8Array) => signer.sign(bytes),
  }
  const prepared = prepareOpenBadge(edition, { id: did, organisation: issuer.organisation })
  const compose = ({ award, issued, status }: AwardToSign) => composeOpenBadge(prepared, award, { issued, ...(status ? { status } : {}) })
  const many = algorithm === 'ES384' ? undefined : prepareSigning(signing)
  const one = async ({ text }: MarkedDocument, created: string) =>
    utf8.encode(JSON.stringify(await createProof(parseJson(text) as JsonObject, { ...signing, created })))
  return {
    sign: (award) => (many ?? one)(compose(award), award.issued),
    lint: (award) => lintOpenBadge(parseJson(compose(award).text) as JsonObject),
  }
}
