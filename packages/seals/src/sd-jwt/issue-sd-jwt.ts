/** Issuing an SD-JWT (RFC 9901, 4.1, 4.2 and 6): what is hidden becomes a digest, and its disclosure goes beside. */
import { type Json, type JsonObject, ProblemError } from '@cairn/core'
import { digestText, encodeText } from '#token-text'
import { toBase64, toBase64Url } from '../base64.ts'
import type { Signer } from '../signer.ts'
import { tokenAlgorithm } from '../vc-jose/jwk.ts'
import { reservedNames, type SdJwtType, sdJwtLimits } from './sd-jwt.ts'

/** What of a value the holder may keep back. */
export interface DisclosureFrame {
  /** Members by name, or elements by place, that are hidden each on its own. */
  readonly hide?: readonly (string | number)[]
  /** How many digests of nothing stand among the real ones. */
  readonly decoys?: number
  /** Frames of what is inside members or elements, by name or place; what is hidden inside something hidden is disclosed after it. */
  readonly within?: Readonly<Record<string, DisclosureFrame>>
}

/** What is issued, and how. */
export interface SdJwtGiven {
  type: SdJwtType
  claims: JsonObject
  frame: DisclosureFrame
  signer: Pick<Signer, 'algorithm' | 'sign'> & { certificates?: readonly Uint8Array[]; kid?: string }
  /** Fresh random salts of at least 128 bits, base64url, one a call. */
  salt: () => string
}

const utf8 = new TextEncoder()

/**
 * Issues an SD-JWT in compact form, every disclosure included, without a proof of the holder. The certificates of the signer stand in `x5c`.
 * Raises `sd-jwt.reserved-name`, `sd-jwt.too-large`, `seal.algorithm-not-accepted`, or `input.invalid` when the frame names what is not there.
 */
export async function issueSdJwt({ type, claims, frame, signer, salt }: SdJwtGiven): Promise<string> {
  if (tokenAlgorithm(signer.algorithm) !== signer.algorithm)
    throw new ProblemError('seal.algorithm-not-accepted', 'An SD-JWT is signed with ES256, ES384, ES512 or EdDSA.')
  const work = new Concealing(salt)
  const concealed = work.object(claims, frame, '')
  const payload = work.digests > 0 ? { ...concealed, _sd_alg: 'sha-256' } : concealed
  const input = `${headerText(type, signer)}.${encodeText(JSON.stringify(payload))}`
  const signature = toBase64Url(await signer.sign(utf8.encode(input)))
  const token = [`${input}.${signature}`, ...work.disclosures, ''].join('~')
  if (work.disclosures.length > sdJwtLimits.disclosures || token.length > sdJwtLimits.bytes)
    throw new ProblemError('sd-jwt.too-large', 'The credential would be larger than verifiers read.')
  return token
}

const headers = new WeakMap<object, Map<string, string>>()

/** The protected header, encoded: the same for everything that a signer issues of a type. */
function headerText(type: SdJwtType, signer: SdJwtGiven['signer']): string {
  const ofSigner = headers.get(signer) ?? new Map<string, string>()
  headers.set(signer, ofSigner)
  const known = ofSigner.get(type)
  if (known !== undefined) return known
  const { algorithm, certificates = [], kid } = signer
  const header = {
    alg: algorithm,
    typ: type,
    ...(kid === undefined ? {} : { kid }),
    ...(certificates.length === 0 ? {} : { x5c: certificates.map(toBase64) }),
  }
  const text = encodeText(JSON.stringify(header))
  ofSigner.set(type, text)
  return text
}

class Concealing {
  readonly disclosures: string[] = []
  digests = 0
  readonly #salt: () => string

  constructor(salt: () => string) {
    this.#salt = salt
  }

  #digest(text: string): string {
    this.digests++
    return digestText('SHA-256', text)
  }

  /** A digest that nothing belongs to (4.2.5): of the same make as the others. */
  #decoy = () => this.#digest(this.#salt())

  #disclose(...parts: Json[]): string {
    const text = encodeText(JSON.stringify([this.#salt(), ...parts]))
    this.disclosures.push(text)
    return this.#digest(text)
  }

  #value(value: Json, frame: DisclosureFrame | undefined, at: string): Json {
    if (frame === undefined || value === null || typeof value !== 'object') {
      if (frame !== undefined && (frame.hide?.length || frame.within)) missing(at)
      refuseReserved(value, at)
      return value
    }
    return Array.isArray(value) ? this.#list(value, frame, at) : this.object(value, frame, at)
  }

  object(members: JsonObject, { hide = [], decoys = 0, within = {} }: DisclosureFrame, at: string): JsonObject {
    for (const name of [...hide, ...Object.keys(within)]) if (!Object.hasOwn(members, name)) missing(`${at}/${name}`)
    const hidden = new Set(hide.map(String))
    const out: JsonObject = {}
    const digests: string[] = []
    for (const [name, member] of Object.entries(members)) {
      if (reservedNames.has(name)) throw new ProblemError('sd-jwt.reserved-name', 'A claim has a name of selective disclosure.', at)
      const value = this.#value(member, within[name], `${at}/${name}`)
      if (hidden.has(name)) digests.push(this.#disclose(name, value))
      else out[name] = value
    }
    for (let n = 0; n < decoys; n++) digests.push(this.#decoy())
    // In the order of the digests, so that nobody learns from their places which claim is which (4.2.4.1).
    return digests.length === 0 ? out : { ...out, _sd: digests.sort() }
  }

  #list(elements: readonly Json[], { hide = [], decoys = 0, within = {} }: DisclosureFrame, at: string): Json[] {
    for (const place of [...hide, ...Object.keys(within)]) if (!(Number(place) < elements.length)) missing(`${at}/${place}`)
    const hidden = new Set(hide.map(Number))
    const out: Json[] = []
    for (const [place, element] of elements.entries()) {
      const value = this.#value(element, within[place], `${at}/${place}`)
      out.push(hidden.has(place) ? { '...': this.#disclose(value) } : value)
    }
    for (let n = 0; n < decoys; n++) {
      const hashed = this.#decoy()
      // The digest is as random as a number drawn for the purpose.
      out.splice((hashed.charCodeAt(0) * 64 + hashed.charCodeAt(1)) % (out.length + 1), 0, { '...': hashed })
    }
    return out
  }
}

function missing(at: string): never {
  throw new ProblemError('input.invalid', 'The frame hides something that is not there.', at)
}

function refuseReserved(value: Json, at: string): void {
  if (value === null || typeof value !== 'object') return
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value) && reservedNames.has(name))
      throw new ProblemError('sd-jwt.reserved-name', 'A claim has a name of selective disclosure.', at)
    refuseReserved(member as Json, at)
  }
}
