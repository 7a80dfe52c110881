/** How demonstration keys are recognised, so that a production server refuses them. */

/** What every demonstration authority is called. */
export const demonstrationName = 'Cairn demonstration'

/** Object identifier of the extension that every demonstration certificate carries: under 2.25, from a UUID, so that nobody else has it. */
export const demonstrationMark = '2.25.67654916499480579335634478089822389628'

const markBytes = Buffer.from('061369e5e5eebad8a4c2a3a585a7fba8bb8af78a7c', 'hex')

/** True when a DER certificate is one of a demonstration authority: by the mark or by the name of holder or issuer. */
export function isDemonstrationCertificate(certificate: Uint8Array): boolean {
  const bytes = Buffer.from(certificate.buffer, certificate.byteOffset, certificate.byteLength)
  return bytes.includes(markBytes) || bytes.includes(demonstrationName)
}
