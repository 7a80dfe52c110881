/** The signed property that names the signing certificate (ETSI EN 319 132-1, 5.2.2; ETSI TS 101 903, 7.2.2). */
import { ProblemError } from '@cairn/core'
import { type Certificate, digest, fromBase64, sameBytes } from '@cairn/seals'
import { digestMethods } from './signature-methods.ts'
import { attributeOf, everyElement, textOf, type XmlElement } from './xml-element.ts'

const xades = 'http://uri.etsi.org/01903/v1.3.2#'

/**
 * Checks that SigningCertificate or SigningCertificateV2 names the signer: by digest where it is SHA-256 or more, by serial number otherwise. Old
 * lists name SHA-1; nothing rests on it, for the signer was compared byte for byte with what is pinned. Raises `trust-list.signature-wrong`.
 */
export async function checkSigningCertificate(properties: XmlElement, signer: Certificate): Promise<void> {
  const all = [...everyElement(properties)].filter(({ namespace }) => namespace === xades)
  const property = all.filter(({ local }) => local === 'SigningCertificate' || local === 'SigningCertificateV2')
  if (property.length !== 1) wrong()
  const [first] = [...everyElement(property[0]!)].filter(({ local, namespace }) => local === 'Cert' && namespace === xades)
  const inside = first ? [...everyElement(first)] : wrong()
  const find = (local: string) => inside.find((element) => element.local === local)
  const [method, value, serial] = [find('DigestMethod'), find('DigestValue'), find('X509SerialNumber')]
  if (!method || !value) wrong()
  const hash = digestMethods[attributeOf(method, 'Algorithm') ?? '']
  if (hash) {
    const named = fromBase64(textOf(value).replace(/\s+/g, ''))
    if (!named || !sameBytes(await digest(hash, signer.der), named)) wrong()
  } else if (!serial || !/^\d{1,60}$/.test(textOf(serial)) || BigInt(textOf(serial)) !== BigInt(`0x${signer.serial}`)) wrong()
}

function wrong(): never {
  throw new ProblemError('trust-list.signature-wrong', 'What is signed names another certificate than the one that signed.')
}
