/** Keys in a device: SoftHSM, as its users would have any other (PKCS#11). */
import { createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { type SealAlgorithm, sealAlgorithms, verifySignature } from '@cairn/seals'
import { createAuthority, createCertificate, type SoftHsm, startSoftHsm } from '@cairn/testkit'
import * as pkijs from 'pkijs'
import { afterAll, describe, expect, test } from 'vitest'
import {
  certificateFacts,
  createHardwareKey,
  describeHardwareKey,
  devicesMissing,
  type HardwareKey,
  listHardwareKeys,
  openHardwareKey,
} from './index.ts'

const addon = await devicesMissing()
const started = addon ? { missing: addon } : startSoftHsm()
const hsm = 'missing' in started ? undefined : started
const because = 'missing' in started ? ` (skipped: ${started.missing})` : ''
const { module, token, pin } = (hsm ?? {}) as SoftHsm
afterAll(() => hsm?.remove())

const authority = createAuthority('Neighbourhood')
const issued = {
  subject: { commonName: 'Seal', organisation: 'Small College', organizationIdentifier: 'VATXX-123', country: 'XX' },
  issuer: authority.issuing,
  algorithm: 'ES256',
  from: new Date('2026-01-01'),
  to: new Date('2028-01-01'),
  ca: false,
  keyUsage: ['digitalSignature', 'nonRepudiation'],
} as const
const certificateOf = (privateKey: KeyObject) => createCertificate({ ...issued, privateKey }).certificate
const keys = {
  'p-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  'p-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  'p-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
  rsa: generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey,
}
const certificates = Object.fromEntries(Object.entries(keys).map(([label, key]) => [label, certificateOf(key)])) as Record<
  keyof typeof keys,
  Uint8Array
>
if (hsm) for (const [n, [label, key]] of Object.entries(keys).entries()) hsm.importKey(key, label, `0${n + 1}`)
const describeKey = (key: keyof typeof keys, algorithm?: SealAlgorithm) =>
  describeHardwareKey({
    module,
    token,
    pin,
    key,
    certificates: [certificates[key], authority.issuing.certificate],
    ...(algorithm ? { algorithm } : {}),
  })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'good',
    (error) => error.problem?.code ?? `crash ${error}`,
  )

describe.skipIf(!hsm)(`R-KEY-1 PKCS#11${because}`, () => {
  test.each([
    ['p-256', 'ES256'],
    ['p-384', 'ES384'],
    ['p-521', 'ES512'],
    ['rsa', 'RS256'],
    ['rsa', 'RS384'],
    ['rsa', 'RS512'],
    ['rsa', 'PS256'],
    ['rsa', 'PS384'],
    ['rsa', 'PS512'],
  ] as const)('a %s key signs with %s, many at once', async (key, algorithm) => {
    const file = await describeKey(key, algorithm)
    expect(file).toMatchObject({ holder: 'pkcs11', algorithm, organizationIdentifier: 'VATXX-123', key })
    const signer = await openHardwareKey(file, pin)
    const messages = Array.from({ length: 20 }, (_, n) => new TextEncoder().encode(`message ${n}`))
    const signatures = await Promise.all(messages.map((message) => signer.sign(message)))
    for (const [n, signature] of signatures.entries())
      expect(await verifySignature(sealAlgorithms[algorithm], spki(signer.certificates[0]!), messages[n]!, signature)).toBe(true)
    signer.close()
  })

  test('the file of a key holds no secret, and a key is found by its id too', async () => {
    const file = await describeKey('p-256')
    expect(JSON.stringify(file)).not.toContain(pin)
    const signer = await openHardwareKey({ ...file, key: '01' }, pin)
    expect(certificateFacts(signer.certificates[0]!).organizationIdentifier).toBe('VATXX-123')
    signer.close()
  })

  test('a certificate in the token is found with its key', async () => {
    const { openToken } = await import('./pkcs11/token.ts')
    const open = await openToken({ module, token }, pin)
    open.device.C_CreateObject(open.session, [
      { type: 0x0, value: 1 },
      { type: 0x80, value: 0 },
      { type: 0x1, value: false },
      { type: 0x102, value: Buffer.from('01', 'hex') },
      { type: 0x101, value: Buffer.from('subject') },
      { type: 0x11, value: Buffer.from(certificates['p-256']) },
    ])
    const [listed] = await listHardwareKeys(module, token, pin)
    expect(listed!.keys.find(({ label }) => label === 'p-256')).toEqual({ label: 'p-256', id: '01', certificate: true })
    expect((await describeHardwareKey({ module, token, pin, key: 'p-256' })).certificates).toHaveLength(1)
    open.close()
    expect(await listHardwareKeys(module)).toEqual(expect.arrayContaining([{ token, keys: [] }]))
  })

  test('what does not fit is refused: PIN, token, key, certificate, algorithm, module', async () => {
    const file = await describeKey('p-256')
    const opened = await openHardwareKey(file, pin)
    const open = (change: Partial<HardwareKey>, secret = pin) => codeOf(openHardwareKey({ ...file, ...change }, secret))
    // While one is open, the device would let in anybody of the same process.
    expect(await open({}, 'another1')).toBe('key.passphrase-wrong')
    expect(await open({ token: 'elsewhere' })).toBe('key.holder-away')
    expect(await open({ key: 'nobody' })).toBe('key.missing')
    expect(await open({ module: '/nowhere/lib.so' })).toBe('key.holder-away')
    const other = Buffer.from(certificates['p-384']).toString('base64')
    expect(await open({ certificates: [other], algorithm: 'ES384' })).toMatch(/^key\.(unreadable|holder-refused)$/)
    expect(await open({ key: 'p-384' })).toMatch(/^key\.(unreadable|holder-refused)$/)
    expect(await codeOf(describeKey('p-256', 'RS256'))).toBe('key.unreadable')
    opened.close()
    expect(await open({}, 'another1')).toBe('key.passphrase-wrong')
  })

  test.each(['ES256', 'ES384', 'ES512', 'RS256'] as const)(
    'a %s key is made in the device, and a request names its holder',
    async (algorithm) => {
      const subject = { commonName: 'Seal', organisation: 'Malá škola', organizationIdentifier: 'VATXX-123', country: 'XX' }
      const place = { module, token, pin, key: `made ${algorithm}`, algorithm, subject }
      const { id, request } = await createHardwareKey(place)
      const signed = pkijs.CertificationRequest.fromBER(Buffer.from(request.replace(/-----.*-----/g, ''), 'base64'))
      expect(await signed.verify()).toBe(true)
      const values = signed.subject.typesAndValues.map(({ type, value }) => [type, value.valueBlock.value])
      expect(values).toEqual([
        ['2.5.4.6', 'XX'],
        ['2.5.4.10', 'Malá škola'],
        ['2.5.4.97', 'VATXX-123'],
        ['2.5.4.3', 'Seal'],
      ])
      const publicKey = createPublicKey({ key: Buffer.from(signed.subjectPublicKeyInfo.toSchema().toBER()), format: 'der', type: 'spki' })
      const certificate = createCertificate({ ...issued, publicKey }).certificate
      const signer = await openHardwareKey(await describeHardwareKey({ ...place, key: id, certificates: [certificate] }), pin)
      expect(signer.algorithm).toBe(algorithm)
      signer.close()
      expect(await codeOf(createHardwareKey(place))).toBe('key.unreadable')
    },
  )

  test('a session that was lost is opened anew', async () => {
    const signer = await openHardwareKey(await describeKey('p-256'), pin)
    signer.close()
    const message = new TextEncoder().encode('after a restart')
    expect(await verifySignature(sealAlgorithms.ES256, spki(certificates['p-256']), message, await signer.sign(message))).toBe(true)
    signer.close()
  })
})

const spki = (certificate: Uint8Array) => new Uint8Array(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }))
