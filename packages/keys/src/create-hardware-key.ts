/** A new key in a device, which never leaves it, and the request for its certificate. */
import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import type { Template } from 'pkcs11js'
import { createCertificateRequest, type RequestAlgorithm, type RequestSubject } from './certificate-request.ts'
import { keysIn } from './pkcs11/find-key.ts'
import { deviceSigning } from './pkcs11/mechanisms.ts'
import { deviceProblem, type OpenToken, openToken, type TokenPlace } from './pkcs11/token.ts'

/** What is to be made. `key` is the label of the new key. */
export interface NewHardwareKey extends TokenPlace {
  key: string
  pin: string
  algorithm?: RequestAlgorithm
  subject: RequestSubject
}

const attributes = {
  token: 0x1,
  private: 0x2,
  label: 0x3,
  id: 0x102,
  sensitive: 0x103,
  sign: 0x108,
  verify: 0x10a,
  modulus: 0x120,
  modulusBits: 0x121,
  publicExponent: 0x122,
  extractable: 0x162,
  ecParameters: 0x180,
  ecPoint: 0x181,
} as const
const curves = {
  ES256: { parameters: '06082a8648ce3d030107', name: 'P-256', size: 32 },
  ES384: { parameters: '06052b81040022', name: 'P-384', size: 48 },
  ES512: { parameters: '06052b81040023', name: 'P-521', size: 66 },
} as const
const rsaBits = 3072

/**
 * Makes a key in a token and answers its id and the request for its certificate in PEM. Raises `key.holder-away`, `key.holder-refused`,
 * `key.passphrase-wrong`, and `key.unreadable` when the token has a key of that label already.
 */
export async function createHardwareKey(wanted: NewHardwareKey): Promise<{ id: string; request: string }> {
  const { key: label, algorithm = 'ES256', subject } = wanted
  const open = await openToken(wanted, wanted.pin, { write: true })
  try {
    if (keysIn(open).some((key) => key.label === label))
      throw new ProblemError('key.unreadable', 'The token has a key of that label already.')
    const id = randomBytes(8)
    const { handle, publicKey } = generate(open, algorithm, label, id)
    const { mechanism, prepare, size } = deviceSigning(algorithm)
    const sign = async (bytes: Uint8Array): Promise<Uint8Array> => {
      open.device.C_SignInit(open.session, mechanism, handle)
      return new Uint8Array(open.device.C_Sign(open.session, Buffer.from(prepare(bytes)), Buffer.alloc(size)))
    }
    return { id: id.toString('hex'), request: await createCertificateRequest(subject, publicKey, algorithm, sign) }
  } catch (error) {
    return deviceProblem(error)
  } finally {
    open.close()
  }
}

function generate(
  { device, session }: OpenToken,
  algorithm: RequestAlgorithm,
  label: string,
  id: Buffer,
): { handle: Buffer; publicKey: KeyObject } {
  const both: Template = [
    { type: attributes.token, value: true },
    { type: attributes.label, value: Buffer.from(label, 'utf8') },
    { type: attributes.id, value: id },
  ]
  const secret: Template = [
    ...both,
    { type: attributes.private, value: true },
    { type: attributes.sensitive, value: true },
    { type: attributes.extractable, value: false },
    { type: attributes.sign, value: true },
  ]
  const open: Template = [...both, { type: attributes.verify, value: true }]
  const read = (handle: Buffer, type: number): Buffer => {
    const value = device.C_GetAttributeValue(session, handle, [{ type }])[0]?.value
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0)
  }
  if (algorithm === 'RS256') {
    const size: Template = [
      { type: attributes.modulusBits, value: rsaBits },
      { type: attributes.publicExponent, value: Buffer.from([1, 0, 1]) },
    ]
    const pair = device.C_GenerateKeyPair(session, { mechanism: 0x0 }, [...open, ...size], secret)
    const [n, e] = [read(pair.publicKey, attributes.modulus), read(pair.publicKey, attributes.publicExponent)]
    const jwk = { kty: 'RSA', n: n.toString('base64url'), e: e.toString('base64url') }
    return { handle: pair.privateKey, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) }
  }
  const { parameters, name, size } = curves[algorithm]
  const curve: Template = [{ type: attributes.ecParameters, value: Buffer.from(parameters, 'hex') }]
  const pair = device.C_GenerateKeyPair(session, { mechanism: 0x1040 }, [...open, ...curve], secret)
  // The point comes inside an OCTET STRING; its last bytes are the two coordinates.
  const point = read(pair.publicKey, attributes.ecPoint).subarray(-2 * size)
  const jwk = { kty: 'EC', crv: name, x: point.subarray(0, size).toString('base64url'), y: point.subarray(size).toString('base64url') }
  return { handle: pair.privateKey, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) }
}
