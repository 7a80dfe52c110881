/** A token of a PKCS#11 module: found by its label, opened with its PIN. The module is native code, loaded only when somebody names one. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import type { PKCS11 } from 'pkcs11js'

/** Where a token is: the module's library, and the label of the token in it. */
export interface TokenPlace {
  module: string
  token: string
}

/** An open session. */
export interface OpenToken {
  device: PKCS11
  session: Buffer
  close(): void
}

interface Loaded {
  device: PKCS11
  /** Digest of the PIN by which each token was opened: a device that is open once is open for the whole process, and must not be so without the PIN. */
  pins: Map<string, Buffer>
}

const loaded = new Map<string, Promise<Loaded>>()
const codes = {
  alreadyInitialised: 0x191,
  alreadyLoggedIn: 0x100,
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLength: 0xa2,
  pinLocked: 0xa4,
} as const
const serialSession = 0x4
const writingSession = 0x2
const userType = 1

/** The number a device gave with its refusal; `undefined` for other errors. */
export function deviceCode(error: unknown): number | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'number' ? code : undefined
}

/** Raises what a device's refusal means: `key.passphrase-wrong` for a PIN, `key.holder-refused` for all else. */
export function deviceProblem(error: unknown): never {
  if (error instanceof ProblemError) throw error
  const code = deviceCode(error)
  if (code === codes.pinLocked) throw new ProblemError('key.holder-refused', 'The PIN is locked after too many tries.')
  if (code === codes.pinIncorrect || code === codes.pinInvalid || code === codes.pinLength)
    throw new ProblemError('key.passphrase-wrong', 'The device does not take this PIN.')
  if (code === undefined) throw error
  throw new ProblemError('key.holder-refused', `The device answered with 0x${code.toString(16)}.`)
}

async function load(module: string): Promise<Loaded> {
  let library: typeof import('pkcs11js')
  try {
    library = await import('pkcs11js')
  } catch {
    throw new ProblemError('key.holder-away', 'Devices cannot be used here: the optional package pkcs11js is not installed.')
  }
  // The package is CommonJS: its names may all be below `default`.
  const { PKCS11: Device } = (library as { default?: typeof library }).default ?? library
  const device = new Device()
  try {
    device.load(module)
    device.C_Initialize()
  } catch (error) {
    if (deviceCode(error) !== codes.alreadyInitialised)
      throw new ProblemError('key.holder-away', 'The module of the device cannot be loaded.')
  }
  return { device, pins: new Map() }
}

async function moduleAt(module: string): Promise<Loaded> {
  const before = loaded.get(module)
  if (before) return before
  const loading = load(module)
  loaded.set(module, loading)
  // What failed may work the next time.
  loading.catch(() => loaded.delete(module))
  return loading
}

/** Why devices cannot be used here; `undefined` when they can. */
export async function devicesMissing(): Promise<string | undefined> {
  try {
    await import('pkcs11js')
    return undefined
  } catch {
    return 'the optional package pkcs11js is not built on this machine'
  }
}

/** Labels of the tokens that a module has. Raises `key.holder-away`. */
export async function tokensOf(module: string): Promise<string[]> {
  const { device } = await moduleAt(module)
  return device.C_GetSlotList(true).map((slot) => device.C_GetTokenInfo(slot).label.trim())
}

/** Opens a token, to `write` only where a key is to be made. Raises `key.holder-away` when it is not there, `key.passphrase-wrong`, `key.holder-refused`. */
export async function openToken({ module, token }: TokenPlace, pin: string, { write = false } = {}): Promise<OpenToken> {
  const { device, pins } = await moduleAt(module)
  const slot = device.C_GetSlotList(true).find((each) => device.C_GetTokenInfo(each).label.trim() === token)
  if (!slot) throw new ProblemError('key.holder-away', 'No token of that name is in the device.')
  const digest = createHash('sha256').update(pin).digest()
  try {
    const session = device.C_OpenSession(slot, write ? serialSession | writingSession : serialSession)
    try {
      device.C_Login(session, userType, pin)
      pins.set(token, digest)
    } catch (error) {
      const known = pins.get(token)
      const open = deviceCode(error) === codes.alreadyLoggedIn
      if (!open || !known || !timingSafeEqual(known, digest)) {
        device.C_CloseSession(session)
        if (open) throw new ProblemError('key.passphrase-wrong', 'The device does not take this PIN.')
        throw error
      }
    }
    return { device, session, close: () => device.C_CloseSession(session) }
  } catch (error) {
    return deviceProblem(error)
  }
}
