/** The Open Badge 3.0 of an award, with a Data Integrity proof by the institution's key. */
import { type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { composeOpenBadge, lintOpenBadge, prepareOpenBadge } from '@cairn/formats'
import { createProof, didKeyOfSpki, parseCertificate, type SigningSuite, type TokenAlgorithm } from '@cairn/seals'
import type { FormGiven } from './form-given.ts'

const suites: Readonly<Record<TokenAlgorithm, SigningSuite>> = {
  EdDSA: 'eddsa-rdfc-2022',
  ES256: 'ecdsa-rdfc-2019',
  ES384: 'ecdsa-rdfc-2019',
}

/**
 * Signs the badge. Its issuer is the key's did:key, which the registry lists for the institution. Raises `proof.suite-not-accepted` for RSA keys, which
 * no cryptosuite takes, and what the lint of the very document finds.
 */
export async function signBadge({ edition, issuer, signer, award, issued, status }: FormGiven): Promise<Uint8Array> {
  const did = didKeyOfSpki(parseCertificate(signer.certificates[0]!).spki)
  const suite = suites[signer.algorithm as TokenAlgorithm] as SigningSuite | undefined
  if (!suite || did === undefined)
    throw new ProblemError(
      'proof.suite-not-accepted',
      'Open Badges are signed with an Ed25519, P-256 or P-384 key, and the sealing key is none.',
    )
  const prepared = prepareOpenBadge(edition, { id: did, organisation: issuer.organisation })
  const document = parseJson(composeOpenBadge(prepared, award, { issued, status }).text) as JsonObject
  const [first, ...others] = lintOpenBadge(document)
    .filter(({ severity }) => severity === 'B')
    .map(({ problem }) => problem)
  if (first) throw new ProblemError(first.code, first.detail, first.pointer, others)
  const signed = await createProof(document, {
    suite,
    algorithm: signer.algorithm as TokenAlgorithm,
    verificationMethod: `${did}#${did.slice('did:key:'.length)}`,
    sign: (bytes) => signer.sign(bytes),
    created: issued,
  })
  return new TextEncoder().encode(JSON.stringify(signed))
}
