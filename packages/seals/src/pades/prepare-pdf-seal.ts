/**
 * Sealing a PDF in steps, so that the key can be anywhere (ETSI EN 319 142-1, 6.3; EN 319 122-1): the CMS that stands in the document, of level B-B,
 * and B-T with a time stamp of the signature.
 */
import { joinBytes, ProblemError } from '@cairn/core'
import { digest } from '#crypto'
import { type Hash, type Scheme, type SealAlgorithm, sealAlgorithms } from '../algorithms.ts'
import { cmsOids } from '../cms/signed-data.ts'
import { context, tags } from '../der/read-der.ts'
import { derElement, derNull, derOid, derSerial } from '../der/write-der.ts'
import { derFromRaw } from '../ecdsa.ts'
import { parseCertificate } from '../x509/certificate.ts'
import { digests, mgf1, rsaPss, signatureAlgorithms } from '../x509/oids.ts'
import { requireSealCertificate } from '../x509/seal-certificate.ts'

/** Whose key seals: certificates in DER, leaf first, and the algorithm of the key. */
export interface PdfSealGiven {
  certificates: readonly Uint8Array[]
  algorithm: SealAlgorithm
}

/** A seal waiting for its signature. */
export interface PreparedPdfSeal {
  /** The bytes for the signer. */
  readonly toBeSigned: Uint8Array
  /** A signature (ECDSA as `r || s`) as it stands in the document: what a time stamp of it is over. */
  value(signature: Uint8Array): Uint8Array
  /** The CMS around a signature and, for B-T, a time-stamp token over its {@link value}. */
  finish(signature: Uint8Array, token?: Uint8Array): Uint8Array
}

/** The digest that goes with an algorithm; for Ed25519 the one that RFC 8419, 3.1 demands. */
export function hashOfSeal(algorithm: SealAlgorithm): Hash {
  const scheme: Scheme = sealAlgorithms[algorithm]
  return scheme.kind === 'ed25519' ? 'SHA-512' : scheme.hash
}

/**
 * Prepares the seal of a document with this digest, made by {@link hashOfSeal} over everything but the place of the seal. The time of sealing stands
 * in the document and not here (EN 319 142-1, 6.3, note on signing-time). Raises `certificate.wrong-usage`, `seal.certificate-missing`.
 */
export async function preparePdfSeal(documentDigest: Uint8Array, { certificates, algorithm }: PdfSealGiven): Promise<PreparedPdfSeal> {
  requireSealCertificate(certificates)
  const leaf = parseCertificate(certificates[0]!)
  const scheme: Scheme = sealAlgorithms[algorithm]
  const digestAlgorithm = sequence(derOid(digestOid(hashOfSeal(algorithm))))
  const certificateDigest = derElement(tags.octetString, await digest('SHA-256', leaf.der))
  const attributes = setOf(
    attribute(cmsOids.contentType, derOid(cmsOids.data)),
    attribute(cmsOids.messageDigest, derElement(tags.octetString, documentDigest)),
    // ESSCertIDv2 with SHA-256, which is left out for being the default (RFC 5035, 4).
    attribute(cmsOids.signingCertificateV2, sequence(sequence(sequence(certificateDigest)))),
  )
  const value = (signature: Uint8Array) => (scheme.kind === 'ecdsa' ? derFromRaw(signature) : signature)
  return {
    toBeSigned: derElement(tags.set, attributes),
    value,
    finish: (signature, token) =>
      sequence(
        derOid(cmsOids.signedData),
        derElement(
          context(0),
          sequence(
            version,
            derElement(tags.set, digestAlgorithm),
            sequence(derOid(cmsOids.data)),
            derElement(context(0), setOf(...certificates)),
            derElement(
              tags.set,
              sequence(
                version,
                sequence(leaf.issuerDer, derSerial(leaf.serial)),
                digestAlgorithm,
                derElement(context(0), attributes),
                signatureIdentifier(scheme),
                derElement(tags.octetString, value(signature)),
                ...(token ? [derElement(context(1), attribute(cmsOids.signatureTimeStamp, token))] : []),
              ),
            ),
          ),
        ),
      ),
  }
}

const sequence = (...parts: readonly Uint8Array[]) => derElement(tags.sequence, ...parts)
const version = derElement(tags.integer, Uint8Array.of(1))
const attribute = (type: string, value: Uint8Array) => sequence(derOid(type), derElement(tags.set, value))

/** The content of a SET OF: its members in the order of their bytes (X.690, 11.6). */
function setOf(...members: readonly Uint8Array[]): Uint8Array {
  return joinBytes(...[...members].sort(inByteOrder))
}

function inByteOrder(one: Uint8Array, other: Uint8Array): number {
  const at = one.findIndex((byte, index) => byte !== other[index])
  return at < 0 ? -1 : one[at]! - (other[at] ?? -1)
}

const digestOid = (hash: Hash): string => Object.keys(digests).find((oid) => digests[oid] === hash)!

/** The AlgorithmIdentifier of a signature (RFC 3370; RFC 4055; RFC 5754; RFC 8419). */
function signatureIdentifier(scheme: Scheme): Uint8Array {
  if (scheme.kind === 'rsa-pss') {
    const hash = sequence(derOid(digestOid(scheme.hash)), derNull())
    const salt = derElement(tags.integer, Uint8Array.of(Number(scheme.hash.slice(4)) / 8))
    return sequence(
      derOid(rsaPss),
      sequence(derElement(context(0), hash), derElement(context(1), sequence(derOid(mgf1), hash)), derElement(context(2), salt)),
    )
  }
  const named = Object.entries(signatureAlgorithms).find(
    ([, each]) => each.kind === scheme.kind && ('hash' in each ? 'hash' in scheme && each.hash === scheme.hash : true),
  )
  if (!named) throw new ProblemError('seal.algorithm-not-accepted', 'A document is not sealed with this algorithm.')
  return sequence(derOid(named[0]), ...(scheme.kind === 'rsa-pkcs1' ? [derNull()] : []))
}
