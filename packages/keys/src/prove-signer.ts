/** Whether a signer signs as its certificate says. */
import { randomBytes } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { type Signer, sealAlgorithms, verifySignature } from '@cairn/seals'
import { readCertificate } from './certificate-facts.ts'

/** Lets it sign something nobody can use and checks the signature. Raises `key.unreadable` when another key signed. */
export async function proveSigner({ algorithm, certificates, sign }: Signer): Promise<void> {
  const leaf = certificates[0]
  if (!leaf) throw new ProblemError('key.unreadable', 'There is no certificate with the key.')
  // Text before chance: the bytes can never be those of a seal, which begin with base64url and a dot.
  const bytes = Buffer.concat([Buffer.from('cairn: is this the key of the certificate? '), randomBytes(16)])
  const good = await verifySignature(sealAlgorithms[algorithm], readCertificate(leaf).spki, bytes, await sign(bytes))
  if (!good) throw new ProblemError('key.unreadable', 'The key that signs is not the one of the first certificate.')
}
