/** A sealing key in a device (PKCS#11): the file names where it is and whose it is, and holds no secret. The PIN opens it. */
import { ProblemError } from '@cairn/core'
import type { SealAlgorithm, Signer } from '@cairn/seals'
import { z } from 'zod'
import { certificateFacts } from './certificate-facts.ts'
import { fittingAlgorithm } from './fitting-algorithm.ts'
import { keyHead } from './key-head.ts'
import { certificatesFor, keyNamed, keysIn } from './pkcs11/find-key.ts'
import { deviceSigning } from './pkcs11/mechanisms.ts'
import { deviceCode, deviceProblem, type OpenToken, openToken, type TokenPlace, tokensOf } from './pkcs11/token.ts'
import { proveSigner } from './prove-signer.ts'

/** The file of a key in a device. `module` is the library of the device's maker; `key` the label or hexadecimal id of the key. */
export const HardwareKey = z
  .strictObject({
    ...keyHead,
    holder: z.literal('pkcs11'),
    module: z.string().min(1).max(1000),
    token: z.string().min(1).max(32),
    key: z.string().min(1).max(200),
  })
  .meta({ id: 'HardwareKey', title: 'Key in a device' })
export type HardwareKey = z.infer<typeof HardwareKey>

/** A signer that can be closed; the key stays where it is. */
export interface HardwareSigner extends Signer {
  close(): void
}

/** Errors after which the session is opened anew, once: the device was away, or had been restarted. */
const lost = new Set([0x30, 0x32, 0xb0, 0xb3, 0x101, 0x82])

/**
 * Opens a key in a device, and lets it sign once to prove that it is the key of its certificate. Raises `key.holder-away`, `key.holder-refused`,
 * `key.passphrase-wrong`, `key.missing`, `key.unreadable`.
 */
export async function openHardwareKey(file: HardwareKey, pin: string): Promise<HardwareSigner> {
  const { algorithm } = file
  const { mechanism, prepare, size } = deviceSigning(algorithm)
  let token: OpenToken = await openToken(file, pin)
  let handle: Buffer
  try {
    handle = keyNamed(token, file.key).handle
  } catch (error) {
    token.close()
    return deviceProblem(error)
  }
  const once = async (bytes: Uint8Array): Promise<Uint8Array> => {
    token.device.C_SignInit(token.session, mechanism, handle)
    return new Uint8Array(await token.device.C_SignAsync(token.session, Buffer.from(prepare(bytes)), Buffer.alloc(size)))
  }
  const again = async (bytes: Uint8Array): Promise<Uint8Array> => {
    try {
      return await once(bytes)
    } catch (error) {
      if (!lost.has(deviceCode(error) ?? -1)) return deviceProblem(error)
      token = await openToken(file, pin)
      handle = keyNamed(token, file.key).handle
      return once(bytes).catch(deviceProblem)
    }
  }
  // A session signs one thing at a time.
  let last: Promise<unknown> = Promise.resolve()
  const sign = (bytes: Uint8Array): Promise<Uint8Array> => {
    const next = last.then(() => again(bytes))
    last = next.catch(() => undefined)
    return next
  }
  const certificates = file.certificates.map((text) => new Uint8Array(Buffer.from(text, 'base64')))
  const signer = { algorithm, certificates, sign, close: () => token.close() }
  try {
    await proveSigner(signer)
  } catch (error) {
    token.close()
    throw error
  }
  return signer
}

/** What {@link describeHardwareKey} needs: the place of a key and, where the token has none, its certificates leaf first. */
export interface HardwareKeyGiven extends TokenPlace {
  key: string
  pin: string
  label?: string
  purpose?: 'seal' | 'status'
  algorithm?: SealAlgorithm
  certificates?: readonly Uint8Array[]
}

/** Writes the file of a key that is in a device, after it signed once. Raises what {@link openHardwareKey} raises. */
export async function describeHardwareKey(given: HardwareKeyGiven): Promise<HardwareKey> {
  const { module, token: name, key, pin, label = key, purpose = 'seal' } = given
  const token = await openToken({ module, token: name }, pin)
  let certificates = given.certificates ?? []
  try {
    const found = keyNamed(token, key)
    if (certificates.length === 0) certificates = certificatesFor(token, found)
  } catch (error) {
    return deviceProblem(error)
  } finally {
    token.close()
  }
  if (!certificates[0]) throw new ProblemError('key.unreadable', 'The token has no certificate of this key. Give it as a file.')
  const { organizationIdentifier } = certificateFacts(certificates[0])
  const file: HardwareKey = {
    cairn: 'key',
    version: 1,
    holder: 'pkcs11',
    label,
    purpose,
    algorithm: fittingAlgorithm(certificates[0], given.algorithm),
    ...(organizationIdentifier === undefined ? {} : { organizationIdentifier }),
    certificates: certificates.map((each) => Buffer.from(each).toString('base64')),
    module,
    token: name,
    key,
  }
  const signer = await openHardwareKey(file, pin)
  signer.close()
  return file
}

/** Names of the tokens of a module and, with the PIN, of the keys in one of them. Raises what {@link openHardwareKey} raises. */
export async function listHardwareKeys(
  module: string,
  token?: string,
  pin?: string,
): Promise<{ token: string; keys: { label: string; id: string; certificate: boolean }[] }[]> {
  const tokens = (await tokensOf(module)).filter((each) => each !== '' && (token === undefined || each === token))
  const found = []
  for (const each of tokens) {
    if (token === undefined || pin === undefined) {
      found.push({ token: each, keys: [] })
      continue
    }
    const open = await openToken({ module, token: each }, pin)
    try {
      const keys = keysIn(open).map((key) => ({ label: key.label, id: key.id, certificate: certificatesFor(open, key).length > 0 }))
      found.push({ token: each, keys })
    } catch (error) {
      deviceProblem(error)
    } finally {
      open.close()
    }
  }
  return found
}
