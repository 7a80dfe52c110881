/** `cairn keys import`: from a PKCS#12 file, a device or a remote service. */
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { type AnyKey, describeHardwareKey, describeRemoteKey, importPkcs12, wrapKey, writeKeyFile } from '@cairn/keys'
import { isSealAlgorithm, type SealAlgorithm } from '@cairn/seals'
import type { Output } from '../output.ts'
import { visible } from '../problem-line.ts'
import { needPassphrase, readGiven } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'
import { needClientSecret, originsOf } from './secrets.ts'
import { keyLine, shown } from './shown.ts'

/** Takes a key in and writes its file. What a device or a service holds stays there, and signs once to prove itself. */
export async function take(given: Given, output: Output): Promise<number> {
  const out = given.text('out')
  if (out === undefined) throw new UsageError('Where to? Give --out FILE for the key.')
  const key =
    given.text('module') !== undefined
      ? await fromDevice(given)
      : given.text('service') !== undefined
        ? await fromService(given)
        : fromFile(given)
  writeKeyFile(out, key)
  output.data({ file: out, ...shown(key) })
  output.say(`Taken in: ${keyLine(key)}`)
  output.say(`  ${visible(out)}`)
  return 0
}

function fromFile(given: Given): AnyKey {
  const [file, ...more] = given.operands
  if (file === undefined || more.length > 0)
    throw new UsageError('One PKCS#12 file, or --module for a device, or --service for a remote one.')
  const passphrase = needPassphrase(given)
  const imported = importPkcs12(keyBytes(file), passphrase)
  const label = given.text('label') ?? path.basename(file).replace(/\.(p12|pfx)$/i, '')
  return wrapKey({ ...imported, passphrase, label, purpose: purposeOf(given), ...algorithmGiven(given) })
}

function fromDevice(given: Given): Promise<AnyKey> {
  const [module, token, key] = [given.text('module'), given.text('token'), given.text('key')]
  if (!module || !token || !key || given.operands.length > 0)
    throw new UsageError('A key in a device: --module LIBRARY --token LABEL --key LABEL.')
  const chain = given.text('certificate')
  return describeHardwareKey({
    module: path.resolve(module),
    token,
    key,
    pin: needPassphrase(given),
    purpose: purposeOf(given),
    ...algorithmGiven(given),
    ...labelGiven(given),
    ...(chain === undefined ? {} : { certificates: certificatesIn(chain) }),
  })
}

function fromService(given: Given): Promise<AnyKey> {
  const [service, clientId, credential] = [given.text('service'), given.text('client'), given.text('credential')]
  if (!service || !clientId || !credential || given.operands.length > 0)
    throw new UsageError('A key at a service: --service ADDRESS --client ID --credential ID.')
  return describeRemoteKey({
    service,
    clientId,
    credential,
    clientSecret: needClientSecret(given),
    pin: needPassphrase(given),
    ownOrigins: originsOf(service),
    purpose: purposeOf(given),
    ...algorithmGiven(given),
    ...labelGiven(given),
  })
}

function purposeOf(given: Given): 'seal' | 'status' {
  const purpose = given.text('purpose') ?? 'seal'
  if (purpose !== 'seal' && purpose !== 'status') throw new UsageError('A purpose is seal or status.')
  return purpose
}

function algorithmGiven(given: Given): { algorithm?: SealAlgorithm } {
  const algorithm = given.text('algorithm')
  if (algorithm === undefined) return {}
  if (!isSealAlgorithm(algorithm)) throw new UsageError('That is no algorithm that seals.')
  return { algorithm }
}

function labelGiven(given: Given): { label?: string } {
  const label = given.text('label')
  return label === undefined ? {} : { label }
}

function keyBytes(file: string): Uint8Array {
  try {
    return readGiven(file, 200_001)
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('key.unreadable', error.problem.detail)
    throw error
  }
}

/** Certificates of a file, leaf first: one in DER, or some in PEM. */
function certificatesIn(file: string): Uint8Array[] {
  const bytes = keyBytes(file)
  const armoured = [...new TextDecoder().decode(bytes).matchAll(/-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g)]
  return armoured.length > 0 ? armoured.map(([, text]) => new Uint8Array(Buffer.from(text!, 'base64'))) : [bytes]
}
