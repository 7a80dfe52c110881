/** A sealed document and what forgers, mishaps and careless programs make of it: each copy differs in one thing. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createAuthority, issueSealCertificate } from './authority.ts'
import type { CertifiedKey } from './certificate.ts'

interface SealedJson {
  payload: string
  signatures: { protected: string; header: { etsiU: string[] }; signature: string }[]
}
const decode = (text: string) => Buffer.from(text, 'base64url')
const encode = (text: string) => Buffer.from(text).toString('base64url')

/**
 * Ten copies of a sealed credential in general JSON serialisation with an `etsiU` of base64url parts, by what was done to them. `word` is one that the
 * payload says, `other` another payload, `certificate` that of another sealer.
 */
function tamperWith(
  text: string,
  { word, other, certificate }: { word: string; other: string; certificate: CertifiedKey['certificate'] },
): Record<string, string> {
  const sealed: SealedJson = JSON.parse(text)
  const [first] = sealed.signatures
  const changed = (change: (copy: SealedJson, signature: SealedJson['signatures'][number]) => void) => {
    const copy = structuredClone(sealed)
    change(copy, copy.signatures[0]!)
    return JSON.stringify(copy)
  }
  const header = (change: (header: Record<string, unknown>) => void) =>
    changed((_, signature) => {
      const decoded = JSON.parse(decode(signature.protected).toString())
      change(decoded)
      signature.protected = encode(JSON.stringify(decoded))
    })
  const parts = first!.header.etsiU.map((part) => JSON.parse(decode(part).toString()) as Record<string, { tstTokens: unknown }>)
  const placeOf = (name: string) => parts.findIndex((part) => name in part)
  return {
    'another word': changed((copy) => {
      copy.payload = copy.payload.replace(word, [...word].reverse().join(''))
    }),
    'one bit of the signature': changed((_, signature) => {
      const bytes = decode(signature.signature)
      bytes[100]! ^= 1
      signature.signature = bytes.toString('base64url')
    }),
    'the certificate of another': header((decoded) => {
      decoded.x5c = [Buffer.from(certificate).toString('base64')]
    }),
    'a time stamp dropped': changed((_, { header: { etsiU } }) => void etsiU.splice(placeOf('sigTst'), 1)),
    'a time stamp exchanged': changed((_, { header: { etsiU } }) => {
      const part = { sigTst: { ...parts[placeOf('sigTst')]!.sigTst, tstTokens: parts[placeOf('arcTst')]!.arcTst!.tstTokens } }
      etsiU[placeOf('sigTst')] = encode(JSON.stringify(part))
    }),
    'the payload of another': changed((copy) => {
      copy.payload = other
    }),
    'another algorithm': header((decoded) => {
      decoded.alg = 'PS256'
    }),
    'an unknown demand': header((decoded) => {
      decoded.crit = [...(decoded.crit as string[]), 'rule.example']
      decoded['rule.example'] = true
    }),
    'cut off': text.slice(0, Math.floor(text.length * 0.7)),
    'a member twice': text.replace('"payload"', '"payload":"e30","payload"'),
  }
}

/** The sealed sample credential of the Commission in a folder of samples as `original`, and its ten copies. */
export function tamperedSamples(folder: string): Record<string, string> {
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')
  const dates = { from: new Date('2023-01-01'), to: new Date('2030-01-01') }
  const identity = { organisation: 'Other', organizationIdentifier: 'VATXX-9', ...dates }
  const { certificate } = issueSealCertificate(createAuthority('Neighbourhood', dates), identity)
  const original = read('Sample-MC-Annex1-signed.jsonld')
  return { original, ...tamperWith(original, { word: 'Andromeda', other: read('Sample-MC-Annex1-unsigned.jsonld'), certificate }) }
}
