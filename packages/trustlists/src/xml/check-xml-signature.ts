/**
 * The signature of a list (XML-DSig; ETSI TS 119 612, 5.7 and annex B): one signature, child of the document element, over the document element and
 * nothing else, by a certificate that was pinned beforehand (R-TL-1).
 */
import { ProblemError } from '@cairn/core'
import { type Certificate, digest, fromBase64, type Scheme, sameBytes, verifySignature } from '@cairn/seals'
import { canonicalXml } from './canonical-xml.ts'
import { checkSigningCertificate } from './check-signing-certificate.ts'
import { digestMethods, type SignatureMethod, signatureMethods } from './signature-methods.ts'
import { attributeOf, childElements, childrenNamed, everyElement, textOf, type XmlElement } from './xml-element.ts'

/** XML-DSig. */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = `${signatureNamespace}enveloped-signature`
const signedProperties = 'http://uri.etsi.org/01903#SignedProperties'

/**
 * Checks the signature over `root` and answers the certificate that made it, one of `pinned` byte for byte. Raises `trust-list.not-signed`,
 * `trust-list.signature-wrong`, `trust-list.signer-unknown` or `trust-list.malformed`.
 */
export async function checkXmlSignature(root: XmlElement, pinned: readonly Certificate[]): Promise<Certificate> {
  const ids = new Map<string, XmlElement | 'twice'>()
  const signatures: XmlElement[] = []
  for (const element of everyElement(root)) {
    if (element.local === 'Signature' && element.namespace === signatureNamespace) signatures.push(element)
    for (const { local, value } of element.attributes) if (/^id$/i.test(local)) ids.set(value, ids.has(value) ? 'twice' : element)
  }
  const [signature, another] = signatures
  if (!signature) throw new ProblemError('trust-list.not-signed', 'There is no signature in it.')
  if (another || !root.children.includes(signature))
    wrong('There is more than one signature, or it does not stand right below the document element.')

  const signedInfo = only(signature, 'SignedInfo')
  if (attributeOf(only(signedInfo, 'CanonicalizationMethod'), 'Algorithm') !== exclusive)
    wrong('It is not canonicalised as the standard says.')
  const signer = signerOf(signature, pinned)
  const method = signatureMethods[attributeOf(only(signedInfo, 'SignatureMethod'), 'Algorithm') ?? '']
  const scheme = method && schemeFor(method, signer)
  if (!scheme) wrong('It is signed by an algorithm that is not accepted.')
  const inclusive = prefixesOf(only(signedInfo, 'CanonicalizationMethod'))
  const value = bytesOf(only(signature, 'SignatureValue'))
  if (!(await verifySignature(scheme, signer.spki, canonicalXml(root, signedInfo, { inclusive }), value)))
    wrong('The signature does not fit.')

  let covered = 0
  let properties: XmlElement | undefined
  for (const reference of childrenNamed(signedInfo, signatureNamespace, 'Reference')) {
    const address = attributeOf(reference, 'URI')
    const whole = address === '' || (address !== undefined && address === `#${attributeOf(root, 'Id')}`)
    const target = whole ? root : ids.get(address?.replace(/^#/, '') ?? '')
    if (!target || target === 'twice') wrong('It speaks of a part that is not there, or there twice.')
    // Parts of the signature itself may be covered too (XAdES); nothing else of the list may be, for the whole of it is.
    if (!whole && !isWithin(target, signature)) wrong('It speaks of a part of the list and not of the whole.')
    const { without, inclusive } = transformsOf(reference, whole ? signature : undefined)
    const hash = digestMethods[attributeOf(only(reference, 'DigestMethod'), 'Algorithm') ?? ''] ?? wrong('A digest is not accepted.')
    const bytes = canonicalXml(root, target, { without, inclusive })
    if (!sameBytes(await digest(hash, bytes), bytesOf(only(reference, 'DigestValue')))) wrong('What it speaks of was changed.')
    if (whole) covered++
    if (attributeOf(reference, 'Type') === signedProperties) properties = target
  }
  if (covered !== 1) wrong('It does not cover the document element once.')
  if (!properties) wrong('The properties of the signature are not signed.')
  await checkSigningCertificate(properties, signer)
  return signer
}

function wrong(detail: string): never {
  throw new ProblemError('trust-list.signature-wrong', detail)
}

/** The one child of that name. */
function only(element: XmlElement, local: string): XmlElement {
  const found = childrenNamed(element, signatureNamespace, local)
  if (found.length !== 1) wrong(`${element.local} has not one ${local}.`)
  return found[0]!
}

function bytesOf(element: XmlElement): Uint8Array {
  return fromBase64(textOf(element).replace(/\s+/g, '')) ?? wrong('A value is not base64.')
}

/** The certificate of KeyInfo, if it is pinned. What else is there counts for nothing. */
function signerOf(signature: XmlElement, pinned: readonly Certificate[]): Certificate {
  const given = [...everyElement(only(signature, 'KeyInfo'))].filter(
    (each) => each.local === 'X509Certificate' && each.namespace === signatureNamespace,
  )
  for (const element of given) {
    const der = bytesOf(element)
    const found = pinned.find((certificate) => sameBytes(certificate.der, der))
    if (found) return found
  }
  throw new ProblemError('trust-list.signer-unknown', 'Its signer is none of those that were named beforehand.')
}

function schemeFor({ kind, hash }: SignatureMethod, { keyKind, curve }: Certificate): Scheme | undefined {
  if (kind !== 'ecdsa') return keyKind === 'rsa' ? { kind, hash } : undefined
  return curve ? { kind, hash, curve } : undefined
}

/** What the transforms say: the enveloped signature out where the whole is meant, then exclusive canonical XML; nothing else and no other order. */
function transformsOf(reference: XmlElement, signature: XmlElement | undefined): { without?: XmlElement; inclusive: string[] } {
  const transforms = childElements(only(reference, 'Transforms'))
  const expected = signature ? [enveloped, exclusive] : [exclusive]
  const fits =
    transforms.length === expected.length &&
    transforms.every((each, n) => each.local === 'Transform' && attributeOf(each, 'Algorithm') === expected[n])
  if (!fits) wrong('It transforms what it covers otherwise than the standard says.')
  const inclusive = prefixesOf(transforms.at(-1)!)
  return signature ? { without: signature, inclusive } : { inclusive }
}

function prefixesOf(canonicalisation: XmlElement): string[] {
  const [list] = childrenNamed(canonicalisation, exclusive, 'InclusiveNamespaces')
  const prefixes = list ? (attributeOf(list, 'PrefixList') ?? '').split(/\s+/).filter((prefix) => prefix !== '') : []
  return prefixes.map((prefix) => (prefix === '#default' ? '' : prefix))
}

function isWithin(target: XmlElement, outer: XmlElement): boolean {
  for (const element of everyElement(outer)) if (element === target) return true
  return false
}
