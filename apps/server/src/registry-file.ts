/** A registry as a signed file: from one installation to another, and nobody's word until somebody here approves it. */
import { ProblemError, sayIssue, TrustRecord, type TrustRegistry } from '@cairn/core'
import { certificateFacts } from '@cairn/keys'
import { checkCompact, nameLine, readCompact, signCompact } from '@cairn/seals'
import { readInstitution, type TenantTransaction } from '@cairn/store'
import { chainOf, standardPolicy } from '@cairn/verifier'
import { z } from 'zod'
import { type Context, found } from './context.ts'
import { statusSigner } from './sealing-keys.ts'

const type = 'trust-registry+jwt'

/** What is signed: entries as they are kept, whose they are, and when they were written. */
const RegistryFile = z.looseObject({ iss: z.string().max(500), iat: z.int(), entries: z.array(TrustRecord).max(10_000) })

/** Signs entries with the key that signs status lists of this institution. Raises `key.missing`. */
export async function signedRegistryFile(
  { keys, now }: Pick<Context, 'keys' | 'now'>,
  tx: TenantTransaction,
  entries: readonly TrustRecord[],
): Promise<string> {
  const { organisation } = found(await readInstitution(tx))
  const { signer, issuer } = await statusSigner(tx, keys, organisation, now)
  return signCompact(JSON.stringify({ iss: issuer.organisation.id, iat: Math.floor(Date.parse(now) / 1000), entries }), type, signer)
}

/**
 * Reads a signed file. Its signer must lead to an anchor of our own registry, or be the certificate of the fingerprint that a person was told (`sha256`,
 * hexadecimal, blanks and colons do not count). Raises `trust.file-unreadable` and `trust.file-not-trusted`.
 */
export async function readRegistryFile(
  bytes: Uint8Array,
  registry: TrustRegistry,
  sha256: string | undefined,
  now: string,
): Promise<{ records: TrustRecord[]; signer: string }> {
  const read = readOrRefuse(bytes)
  if ((await checkCompact(read)).length > 0) throw new ProblemError('trust.file-not-trusted', 'Its signature does not hold.')
  const content = RegistryFile.safeParse(read.payload)
  if (!content.success) throw new ProblemError('trust.file-unreadable', sayIssue(content.error.issues[0]!))
  const [leaf] = read.certificates
  const signer = nameLine(leaf!.subject)
  const pinned = sha256?.replace(/[\s:]/g, '').toLowerCase()
  const known = pinned
    ? pinned === certificateFacts(leaf!.der).fingerprint
    : await chainOf('seal', leaf!, read.certificates, { registry, statusLists: {}, retrievedAt: now }, undefined, standardPolicy, now)
  if (!known)
    throw new ProblemError(
      'trust.file-not-trusted',
      pinned
        ? `It is signed by ${signer}, whose certificate has another fingerprint.`
        : `It is signed by ${signer}, whom nobody here vouches for.`,
    )
  return { records: content.data.entries, signer }
}

function readOrRefuse(bytes: Uint8Array) {
  try {
    return readCompact(bytes, type)
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('trust.file-unreadable', 'This is no signed registry.', '/base64')
    throw error
  }
}
