/** Requests for certificates (PKCS#10, RFC 2986), for a trust service provider to answer. */
import type { KeyObject } from 'node:crypto'
import { derElement, derFromRaw, derNull, derOid, type SealAlgorithm } from '@cairn/seals'

/** Whom the certificate is to name (ETSI EN 319 412-3, 4.2.1). `country` has two letters. */
export interface RequestSubject {
  commonName: string
  organisation: string
  organizationIdentifier: string
  country: string
}

const algorithms: Partial<Record<SealAlgorithm, Uint8Array>> = {
  ES256: derElement(0x30, derOid('1.2.840.10045.4.3.2')),
  ES384: derElement(0x30, derOid('1.2.840.10045.4.3.3')),
  ES512: derElement(0x30, derOid('1.2.840.10045.4.3.4')),
  RS256: derElement(0x30, derOid('1.2.840.113549.1.1.11'), derNull()),
}

/** Algorithms by which requests are signed. */
export type RequestAlgorithm = 'ES256' | 'ES384' | 'ES512' | 'RS256'

/** Makes a request in PEM. `sign` is the key's own, and answers `r || s` for ECDSA. */
export async function createCertificateRequest(
  subject: RequestSubject,
  publicKey: KeyObject,
  algorithm: RequestAlgorithm,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const information = derElement(
    0x30,
    derElement(0x02, Uint8Array.of(0)),
    nameOf(subject),
    new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    derElement(0xa0),
  )
  const raw = await sign(information)
  const signature = algorithm === 'RS256' ? raw : derFromRaw(raw)
  const request = derElement(0x30, information, algorithms[algorithm]!, derElement(0x03, Uint8Array.of(0), signature))
  const lines = Buffer.from(request)
    .toString('base64')
    .match(/.{1,64}/g)!
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`
}

function nameOf({ commonName, organisation, organizationIdentifier, country }: RequestSubject): Uint8Array {
  const attribute = (type: string, tag: number, text: string) =>
    derElement(0x31, derElement(0x30, derOid(type), derElement(tag, new TextEncoder().encode(text))))
  return derElement(
    0x30,
    attribute('2.5.4.6', 0x13, country),
    attribute('2.5.4.10', 0x0c, organisation),
    attribute('2.5.4.97', 0x0c, organizationIdentifier),
    attribute('2.5.4.3', 0x0c, commonName),
  )
}
