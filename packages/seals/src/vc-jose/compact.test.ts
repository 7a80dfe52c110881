/** Status lists and other small documents as compact JWS (RFC 7515, 7.1; VC-JOSE-COSE, 3.1). */
import { makeSigner } from '@cairn/keys'
import { createAuthority, issueSealCertificate } from '@cairn/testkit'
import { compactVerify, importX509 } from 'jose'
import { expect, test } from 'vitest'
import { checkCompact, readCompact, signCompact, toBase64, toBase64Url } from '../index.ts'

const authority = createAuthority('Neighbourhood')
const made = issueSealCertificate(authority, { organisation: 'Small College', organizationIdentifier: 'VATXX-123' })
const signer = makeSigner(made.privateKey, made.certificates)
const utf8 = new TextEncoder()
const payload = '{"id":"https://a.example/1","name":"Ž 𝄞"}'

async function codeOf(text: string, type = 'vc+jwt'): Promise<string> {
  try {
    return (await checkCompact(readCompact(utf8.encode(text), type)))[0]?.code ?? 'sound'
  } catch (error) {
    return (error as { problem?: { code: string } }).problem?.code ?? 'crash'
  }
}
/** Signs under any header. */
async function signWith(header: Record<string, unknown>, body = payload): Promise<string> {
  const input = `${toBase64Url(utf8.encode(JSON.stringify(header)))}.${toBase64Url(utf8.encode(body))}`
  return `${input}.${toBase64Url(await signer.sign(utf8.encode(input)))}`
}
const good = { alg: 'ES256', typ: 'vc+jwt', x5c: signer.certificates.map(toBase64) }

test('signed, read back, and verified by jose', async () => {
  const text = await signCompact(payload, 'vc+jwt', signer)
  expect(await codeOf(text)).toBe('sound')
  expect(await codeOf(`${text}\n`)).toBe('sound')
  expect(readCompact(utf8.encode(text), 'vc+jwt')).toMatchObject({ algorithm: 'ES256', payload: JSON.parse(payload) })
  const key = await importX509(`-----BEGIN CERTIFICATE-----\n${toBase64(signer.certificates[0]!)}\n-----END CERTIFICATE-----`, 'ES256')
  const { payload: read, protectedHeader } = await compactVerify(text, key)
  expect(new TextDecoder().decode(read)).toBe(payload)
  expect(protectedHeader.typ).toBe('vc+jwt')
})

test('R-JOSE-1, R-JOSE-2, R-JOSE-5: what is refused', async () => {
  expect(await codeOf(await signWith(good))).toBe('sound')
  const cases: [Record<string, unknown>, string][] = [
    [{ typ: 'statuslist+jwt' }, 'seal.malformed'],
    [{ typ: 'VC+JWT' }, 'seal.malformed'],
    [{ alg: 'none' }, 'seal.algorithm-not-accepted'],
    [{ alg: 'HS256' }, 'seal.algorithm-not-accepted'],
    [{ alg: 'ES384' }, 'seal.broken'],
    [{ jwk: {} }, 'seal.malformed'],
    [{ jku: 'https://a.example' }, 'seal.malformed'],
    [{ x5u: 'https://a.example' }, 'seal.malformed'],
    [{ crit: ['exp'] }, 'seal.malformed'],
    [{ x5c: [] }, 'seal.malformed'],
    [{ x5c: undefined }, 'seal.malformed'],
    [{ x5c: ['!'] }, 'certificate.malformed'],
    [{ 'x5t#S256': 'A'.repeat(43) }, 'seal.certificate-mismatch'],
  ]
  for (const [change, expected] of cases)
    expect(await codeOf(await signWith({ ...good, ...change })), JSON.stringify(change).slice(0, 60)).toBe(expected)
  expect(await codeOf(await signWith(good, '{"id":1,"id":2}'))).toBe('json.duplicate-member')
  expect(await codeOf(await signWith(good, '[]'))).toBe('seal.malformed')
})

test('R-JOSE-4: one form alone, and no byte may be changed', async () => {
  const text = await signWith(good)
  for (const bad of ['', 'a.b', `${text}=`, ` ${text}`, `${text}\n\n`, `${text}.x`, text.replace('.', '..')])
    expect(await codeOf(bad)).not.toBe('sound')
  for (let place = 0; place < text.length; place += 3) {
    const other = text[place] === 'A' ? 'B' : 'A'
    expect(await codeOf(`${text.slice(0, place)}${other}${text.slice(place + 1)}`), `at ${place}`).not.toBe('sound')
  }
})
