/** Keys at a remote service (CSC API v2): a working one on loopback, with what services do wrong. */
import { X509Certificate } from 'node:crypto'
import { type SealAlgorithm, sealAlgorithms, verifySignature } from '@cairn/seals'
import { createAuthority, issueSealCertificate, type KeyAlgorithm, type ServedCredential, startSigningServer } from '@cairn/testkit'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { describeRemoteKey, listRemoteKeys, openKey, openRemoteKey, parseAnyKey, type RemoteKey } from './index.ts'

const authority = createAuthority('Neighbourhood')
const credential = (id: string, algorithm: KeyAlgorithm, more: Partial<ServedCredential> = {}): ServedCredential => ({
  id,
  pin: '1234',
  ...issueSealCertificate(authority, { organisation: 'Small College', organizationIdentifier: 'VATXX-123', algorithm }),
  ...more,
})
const server = await startSigningServer([
  credential('p256', 'ES256'),
  credential('p384', 'ES384'),
  credential('p521', 'ES512'),
  credential('rsa', 'RS256'),
  credential('free', 'ES256', { pin: undefined }),
  credential('off', 'ES256', { enabled: false }),
])
afterAll(() => server.stop())
beforeEach(() => {
  for (const fault of Object.keys(server.faults)) delete server.faults[fault as keyof typeof server.faults]
  server.calls.length = 0
})
const { service, clientId, clientSecret, origin } = server
const secrets = { clientSecret, pin: '1234', ownOrigins: [origin] }
const given = { service, clientId, ...secrets }
const describeKey = (name: string, algorithm?: SealAlgorithm) =>
  describeRemoteKey({ ...given, credential: name, ...(algorithm ? { algorithm } : {}) })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'good',
    (error) => error.problem?.code ?? `crash ${error}`,
  )
const message = new TextEncoder().encode('to be sealed')

test.each([
  ['p256', 'ES256'],
  ['p384', 'ES384'],
  ['p521', 'ES512'],
  ['rsa', 'RS256'],
  ['rsa', 'RS384'],
  ['rsa', 'RS512'],
  ['rsa', 'PS256'],
  ['rsa', 'PS384'],
  ['rsa', 'PS512'],
  ['free', 'ES256'],
] as const)('R-KEY-1 CSC: the credential %s signs with %s', async (name, algorithm) => {
  const file = await describeKey(name, algorithm)
  expect(file).toMatchObject({ holder: 'csc', algorithm, credential: name, organizationIdentifier: 'VATXX-123' })
  const signer = await openRemoteKey(file, secrets)
  const spki = new Uint8Array(new X509Certificate(signer.certificates[0]!).publicKey.export({ type: 'spki', format: 'der' }))
  expect(await verifySignature(sealAlgorithms[algorithm], spki, message, await signer.sign(message))).toBe(true)
})

test('the file of a remote key holds no secret, and opens like any other', async () => {
  const text = JSON.stringify(await describeKey('p256'))
  expect(text).not.toContain(clientSecret)
  expect(text).not.toContain('1234')
  const signer = await openKey(parseAnyKey(text), { passphrase: '1234', clientSecret, ownOrigins: [origin] })
  expect(await signer.sign(message)).toHaveLength(64)
  expect(await listRemoteKeys(given)).toEqual(['p256', 'p384', 'p521', 'rsa', 'free', 'off'])
})

test('a token is asked for once, and anew when it ends before its time', async () => {
  const signer = await openRemoteKey(await describeKey('p256'), secrets)
  server.calls.length = 0
  await signer.sign(message)
  expect(server.calls).toEqual(['credentials/authorize', 'signatures/signHash'])
  server.faults.tokensLast = 1
  const short = await openRemoteKey(await describeKey('p256'), secrets)
  expect(await short.sign(message)).toHaveLength(64)
})

test('what is wrong is refused by its name: client, PIN, credential, state, certificate, address', async () => {
  const file = await describeKey('p256')
  const open = (change: Partial<RemoteKey>, other = {}) => codeOf(openRemoteKey({ ...file, ...change }, { ...secrets, ...other }))
  expect(await open({})).toBe('good')
  expect(await open({}, { clientSecret: 'another' })).toBe('key.holder-refused')
  expect(await open({}, { pin: '4321' })).toBe('key.passphrase-wrong')
  expect(await codeOf(openRemoteKey(file, { clientSecret, ownOrigins: [origin] }))).toBe('key.passphrase-wrong')
  expect(await open({ credential: 'nobody' })).toBe('key.holder-refused')
  expect(await open({ credential: 'p384' })).toBe('key.unreadable')
  expect(await codeOf(describeKey('off'))).toBe('key.holder-refused')
  expect(await codeOf(describeKey('p256', 'RS256'))).toBe('key.unreadable')
  expect(await codeOf(openKey(file, { passphrase: '1234' }))).toBe('key.passphrase-wrong')
  // R-SSRF-1: without being named as our own, an address on loopback is not asked.
  expect(await codeOf(openRemoteKey(file, { clientSecret, pin: '1234' }))).toBe('key.holder-away')
  server.faults.babble = true
  expect(await open({})).toBe('key.holder-refused')
})

test('a signature of another key is not handed on, at opening or later', async () => {
  const file = await describeKey('p256')
  const signer = await openRemoteKey(file, secrets)
  server.faults.wrongKey = true
  expect(await codeOf(Promise.resolve(signer.sign(message)))).toBe('key.holder-refused')
  expect(await codeOf(openRemoteKey(file, secrets))).toBe('key.holder-refused')
})
