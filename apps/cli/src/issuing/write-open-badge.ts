/** The Open Badge 3.0 of an award: JSON with a Data Integrity proof, or the same in a picture. */
import { type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { renderDisplayImages } from '@cairn/documents'
import { bakePng, composeOpenBadge, lintOpenBadge, prepareOpenBadge } from '@cairn/formats'
import {
  createProof,
  didKeyOfSpki,
  type MarkedDocument,
  parseCertificate,
  prepareSigning,
  type SigningSuite,
  type TokenAlgorithm,
} from '@cairn/seals'
import type { AwardToIssue, FormatWriter } from './format-writer.ts'
import type { Issuing } from './prepare-issuing.ts'

/** The suite that goes with each kind of key. */
const suites: Readonly<Record<TokenAlgorithm, SigningSuite>> = {
  EdDSA: 'eddsa-rdfc-2022',
  ES256: 'ecdsa-rdfc-2019',
  ES384: 'ecdsa-rdfc-2019',
}
const isTokenAlgorithm = (algorithm: string): algorithm is TokenAlgorithm => Object.hasOwn(suites, algorithm)
const utf8 = new TextEncoder()

/** Badges as JSON. */
export function writeOpenBadge(issuing: Issuing): FormatWriter {
  const { sign, lint } = badges(issuing)
  return { write: async (award) => ({ fileName: `${award.name}.badge.json`, bytes: await sign(award) }), lint }
}

/** Badges baked into the picture of the credential. */
export async function writeBakedBadge(issuing: Issuing): Promise<FormatWriter> {
  const { sign, lint } = badges(issuing)
  const [image] = await renderDisplayImages(issuing.edition)
  if (image?.mediaType !== 'image/png')
    throw new ProblemError('input.invalid', 'There is no PNG picture of this edition to bake a badge into.')
  const picture = new Uint8Array(Buffer.from(image.base64, 'base64'))
  return {
    write: async (award) => ({ fileName: `${award.name}.badge.png`, bytes: bakePng(picture, new TextDecoder().decode(await sign(award))) }),
    lint,
  }
}

/**
 * Signing with the sealing key, named as did:key: verifiers find it in the proof itself, and a registry that lists it says whose it is. Raises
 * `proof.suite-not-accepted` for RSA keys, which no cryptosuite takes.
 */
function badges({ edition, issuer, signer }: Issuing) {
  const { algorithm } = signer
  const did = didKeyOfSpki(parseCertificate(signer.certificates[0]!).spki)
  if (!isTokenAlgorithm(algorithm) || did === undefined)
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
  const compose = ({ given, id, issued }: AwardToIssue) => composeOpenBadge(prepared, { ...given, id }, { issued })
  const many = algorithm === 'ES384' ? undefined : prepareSigning(signing)
  const one = async ({ text }: MarkedDocument, created: string) =>
    utf8.encode(JSON.stringify(await createProof(parseJson(text) as JsonObject, { ...signing, created })))
  return {
    sign: (award: AwardToIssue) => (many ?? one)(compose(award), award.issued),
    lint: (award: AwardToIssue) => lintOpenBadge(parseJson(compose(award).text) as JsonObject),
  }
}
