/** A sealing key at rest: encrypted with a passphrase, beside the certificates that name its holder (R-KEY-1). */
import { createCipheriv, createDecipheriv, createPrivateKey, type KeyObject, randomBytes, scrypt, scryptSync } from 'node:crypto'
import { promisify } from 'node:util'
import { ProblemError } from '@cairn/core'
import type { SealAlgorithm, Signer } from '@cairn/seals'
import { z } from 'zod'
import { certificateFacts } from './certificate-facts.ts'
import { base64Text as base64, keyHead } from './key-head.ts'
import { algorithmOf, makeSigner } from './make-signer.ts'

/** Costs of scrypt: what a file may ask for, so that it cannot ask for all memory, and what it usually takes. */
const costs = { least: 1 << 14, usual: 1 << 17, most: 1 << 18 }
/** The least that a file may cost: for keys that protect nothing, as those of a demonstration. */
export const leastCost = costs.least

/** The file of one key. Everything but `cipher.text` is readable and bound to it: a changed certificate or purpose makes the key refuse to open. */
export const KeyFile = z
  .strictObject({
    ...keyHead,
    /** scrypt (RFC 7914). */
    derivation: z.strictObject({
      name: z.literal('scrypt'),
      cost: z.int().min(costs.least).max(costs.most),
      blockSize: z.literal(8),
      parallelization: z.literal(1),
      salt: base64,
    }),
    /** AES-256-GCM over the PKCS#8 of the key. */
    cipher: z.strictObject({ name: z.literal('aes-256-gcm'), nonce: base64, tag: base64, text: base64 }),
  })
  .meta({ id: 'KeyFile', title: 'Key file' })
export type KeyFile = z.infer<typeof KeyFile>

/** What {@link wrapKey} needs: a private key, its certificates leaf first, and the passphrase that will open it. */
export interface KeyToWrap {
  privateKey: KeyObject
  certificates: readonly Uint8Array[]
  passphrase: string
  label: string
  purpose?: 'seal' | 'status'
  algorithm?: SealAlgorithm
  /** What a guess of the passphrase costs (scrypt), a power of two; what a file usually takes when absent: a third of a second. */
  cost?: number
}

/** Encrypts a key. Raises `key.unreadable` when key and certificate do not belong together, `key.passphrase-wrong` for a passphrase that is too short. */
export function wrapKey({
  privateKey,
  certificates,
  passphrase,
  label,
  purpose = 'seal',
  algorithm = algorithmOf(privateKey),
  cost = costs.usual,
}: KeyToWrap): KeyFile {
  if (passphrase.length < 8) throw new ProblemError('key.passphrase-wrong', 'A passphrase of at least eight characters protects a key.')
  makeSigner(privateKey, certificates, algorithm)
  const { organizationIdentifier } = certificateFacts(certificates[0]!)
  const head: Omit<KeyFile, 'cipher'> = {
    cairn: 'key',
    version: 1,
    label,
    purpose,
    algorithm,
    ...(organizationIdentifier === undefined ? {} : { organizationIdentifier }),
    certificates: certificates.map((certificate) => Buffer.from(certificate).toString('base64')),
    derivation: { name: 'scrypt', cost, blockSize: 8, parallelization: 1, salt: randomBytes(16).toString('base64') },
  }
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', scryptSync(...derivation(head, passphrase)), nonce).setAAD(bound(head))
  const text = Buffer.concat([cipher.update(privateKey.export({ type: 'pkcs8', format: 'der' })), cipher.final()])
  const tag = cipher.getAuthTag()
  return {
    ...head,
    cipher: { name: 'aes-256-gcm', nonce: nonce.toString('base64'), tag: tag.toString('base64'), text: text.toString('base64') },
  }
}

/** Decrypts a key, which takes a third of a second of another thread. Raises `key.passphrase-wrong`, or `key.unreadable` for a damaged file. */
export async function unwrapKey(file: KeyFile, passphrase: string): Promise<KeyObject> {
  const { cipher, ...head } = file
  const tag = Buffer.from(cipher.tag, 'base64')
  if (tag.length !== 16) throw new ProblemError('key.unreadable', 'The file is damaged: its tag has not 16 bytes.', '/cipher/tag')
  const key = await deriveApart(...derivation(head, passphrase))
  let pkcs8: Buffer
  try {
    const opening = createDecipheriv('aes-256-gcm', key, Buffer.from(cipher.nonce, 'base64')).setAAD(bound(head)).setAuthTag(tag)
    pkcs8 = Buffer.concat([opening.update(Buffer.from(cipher.text, 'base64')), opening.final()])
  } catch {
    throw new ProblemError('key.passphrase-wrong', 'Either the passphrase is another one, or the file was changed.')
  }
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
}

/** The signer of a key file whose key is decrypted. Raises `key.unreadable` when what was inside is no key that fits the certificate. */
export function signerOf(file: KeyFile, privateKey: KeyObject): Signer {
  const certificates = file.certificates.map((certificate) => new Uint8Array(Buffer.from(certificate, 'base64')))
  return makeSigner(privateKey, certificates, file.algorithm)
}

/** Opens a key. Raises what {@link unwrapKey} and {@link signerOf} raise. */
export async function openKeyFile(file: KeyFile, passphrase: string): Promise<Signer> {
  return signerOf(file, await unwrapKey(file, passphrase))
}

/** Reads the text of a key file by the schema that its content asks for. Raises `key.unreadable` with the place that is wrong. */
export function readKeyText<T extends z.ZodType>(text: string, schemaOf: (json: unknown) => T): z.output<T> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ProblemError(
      'key.unreadable',
      'A key file is JSON, as `cairn keys` writes it; a PKCS#12 file is taken in by `cairn keys import`.',
    )
  }
  const read = schemaOf(json).safeParse(json)
  if (read.success) return read.data
  const issue = read.error.issues[0]!
  throw new ProblemError('key.unreadable', issue.message, `/${issue.path.map(String).join('/')}`)
}

/** Reads a key file that holds its key from its text. Raises `key.unreadable` with the place that is wrong. */
export const parseKeyFile = (text: string): KeyFile => readKeyText(text, () => KeyFile)

const deriveApart = promisify(scrypt) as (...given: Parameters<typeof scryptSync>) => Promise<Buffer>

function derivation({ derivation }: Pick<KeyFile, 'derivation'>, passphrase: string): Parameters<typeof scryptSync> {
  const { cost: N, blockSize: r, parallelization: p, salt } = derivation
  // Composed and decomposed accents are the same passphrase.
  return [passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: 256 * N * r }]
}

/** What the cipher binds besides the key: all that says whose and what for it is, in a fixed order. */
function bound(head: Omit<KeyFile, 'cipher'>): Buffer {
  const { version, purpose, algorithm, certificates, derivation } = head
  return Buffer.from(JSON.stringify([version, purpose, algorithm, certificates, derivation.cost, derivation.salt]), 'utf8')
}
