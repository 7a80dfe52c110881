/** A sealing key at a remote signing service (CSC API v2): the file names the credential and whose it is, and holds no secret. */
import { ProblemError } from '@cairn/core'
import { curveBytes, rawFromDer, type SealAlgorithm, type Signer, sealAlgorithms, verifySignature } from '@cairn/seals'
import { z } from 'zod'
import { certificateFacts, readCertificate } from './certificate-facts.ts'
import { remoteSigning } from './csc/algorithms.ts'
import { connectSigningService, type RemoteCredential } from './csc/signing-client.ts'
import { fittingAlgorithm } from './fitting-algorithm.ts'
import { keyHead } from './key-head.ts'
import { proveSigner } from './prove-signer.ts'

/** The file of a key at a service. `service` is the address of its API, such as `https://sign.example/csc/v2`. */
export const RemoteKey = z
  .strictObject({
    ...keyHead,
    holder: z.literal('csc'),
    service: z.url({ protocol: /^https?$/ }).max(1000),
    clientId: z.string().min(1).max(300),
    credential: z.string().min(1).max(300),
  })
  .meta({ id: 'RemoteKey', title: 'Key at a remote service' })
export type RemoteKey = z.infer<typeof RemoteKey>

/** Secrets of a remote key: the client's, and the PIN where the service asks for one. */
export interface RemoteSecrets {
  clientSecret: string
  pin?: string
  ownOrigins?: readonly string[]
}

/**
 * Opens a remote key, and lets it sign once to prove that it is the key of its certificate. Every signature is checked before it is handed on. Raises
 * `key.holder-away`, `key.holder-refused`, `key.passphrase-wrong`, `key.unreadable`.
 */
export async function openRemoteKey(file: RemoteKey, secrets: RemoteSecrets): Promise<Signer> {
  const { algorithm } = file
  const { digest, ...names } = remoteSigning(algorithm)
  const certificates = file.certificates.map((text) => new Uint8Array(Buffer.from(text, 'base64')))
  const { spki } = readCertificate(certificates[0]!)
  const service = connectSigningService({ ...secrets, service: file.service, clientId: file.clientId })
  const credential = await service.credential(file.credential)
  const named = credential.cert.certificates[0]!.replace(/\s+/g, '')
  if (!Buffer.from(named, 'base64').equals(certificates[0]!))
    throw new ProblemError('key.unreadable', 'The service has another certificate for this key by now. Take it in anew.')
  if (credential.key.status !== 'enabled') throw new ProblemError('key.holder-refused', 'The service has put the key out of use.')
  const authorise = authorisation(credential, secrets.pin)

  async function sign(bytes: Uint8Array): Promise<Uint8Array> {
    const hash = Buffer.from(digest(bytes)).toString('base64')
    const shared = { credentialID: file.credential, hashes: [hash], hashAlgorithmOID: names.hashAlgorithmOID }
    const SAD = await service.authorise({ ...shared, numSignatures: 1, ...authorise })
    const signatures = await service.signHash({ ...shared, ...names, SAD, operationMode: 'S' })
    const signature = signatures.length === 1 ? rawSignature(algorithm, Buffer.from(signatures[0]!, 'base64')) : undefined
    if (!signature || !(await verifySignature(sealAlgorithms[algorithm], spki, bytes, signature)))
      throw new ProblemError('key.holder-refused', 'What the service answered is no signature of this key.')
    return signature
  }

  const signer = { algorithm, certificates, sign }
  await proveSigner(signer)
  return signer
}

/** What is said beside the digests to authorise them: nothing, or a PIN under the name that the service gives it. */
function authorisation({ auth, authMode }: RemoteCredential, pin: string | undefined): Readonly<Record<string, unknown>> {
  const mode = auth?.mode ?? authMode ?? 'implicit'
  if (mode === 'implicit') return {}
  if (mode !== 'explicit')
    throw new ProblemError('key.holder-refused', 'The service wants a person to agree to each seal in a browser, which is not done here.')
  if (pin === undefined) throw new ProblemError('key.passphrase-wrong', 'The service asks for a PIN.')
  const [object] = auth?.objects?.filter(({ type }) => type === 'Password' || type === 'PIN') ?? []
  return { authData: [{ id: object?.id ?? 'PIN', value: pin }] }
}

/** ECDSA comes as DER from most services and as `r || s` from some. */
function rawSignature(algorithm: SealAlgorithm, signature: Uint8Array): Uint8Array | undefined {
  const scheme = sealAlgorithms[algorithm]
  if (scheme.kind !== 'ecdsa') return new Uint8Array(signature)
  const size = curveBytes[scheme.curve]
  return signature.length === 2 * size && signature[0] !== 0x30
    ? new Uint8Array(signature)
    : (rawFromDer(signature, size) ?? new Uint8Array(signature))
}

/** What {@link describeRemoteKey} needs. */
export interface RemoteKeyGiven extends RemoteSecrets {
  service: string
  clientId: string
  credential: string
  label?: string
  purpose?: 'seal' | 'status'
  algorithm?: SealAlgorithm
}

/** Writes the file of a key that a service holds, after it signed once. Raises what {@link openRemoteKey} raises. */
export async function describeRemoteKey(given: RemoteKeyGiven): Promise<RemoteKey> {
  const { service, clientId, credential, purpose = 'seal' } = given
  const found = await connectSigningService(given).credential(credential)
  const certificates = found.cert.certificates.map((text) => new Uint8Array(Buffer.from(text.replace(/\s+/g, ''), 'base64')))
  const { organizationIdentifier } = certificateFacts(certificates[0]!)
  const file: RemoteKey = {
    cairn: 'key',
    version: 1,
    holder: 'csc',
    label: given.label ?? (found.description || credential).slice(0, 200),
    purpose,
    algorithm: fittingAlgorithm(certificates[0]!, given.algorithm),
    ...(organizationIdentifier === undefined ? {} : { organizationIdentifier }),
    certificates: certificates.map((each) => Buffer.from(each).toString('base64')),
    service,
    clientId,
    credential,
  }
  await openRemoteKey(file, given)
  return file
}

/** Credentials of a service, by name. Raises `key.holder-away` and `key.holder-refused`. */
export function listRemoteKeys(given: Omit<RemoteKeyGiven, 'credential'>): Promise<string[]> {
  return connectSigningService(given).list()
}
