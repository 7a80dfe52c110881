/** The neighbourhood as an independent reader sees it: OpenSSL accepts its certificates, lists, answers and tokens. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isDemonstrationCertificate } from '@cairn/keys'
import { checkCrl, createOcspRequest, createTimeStampRequest, parseCertificate, readCrl } from '@cairn/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDemoKey } from './demo-key.ts'
import { type RunningAuthority, startAuthority } from './running-authority.ts'
import { sampleInstitution } from './sample-edition.ts'

const hasOpenSsl = (() => {
  try {
    execFileSync('openssl', ['version'])
    return true
  } catch {
    return false
  }
})()
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-authority-'))
const place = (name: string) => path.join(folder, name)
const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n')}\n-----END CERTIFICATE-----\n`
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString()
const post = async (address: string, body: Uint8Array) =>
  new Uint8Array(await (await fetch(address, { method: 'POST', body: body as Uint8Array<ArrayBuffer> })).arrayBuffer())

let authority: RunningAuthority
let leaf: Uint8Array
beforeAll(async () => {
  authority = await startAuthority()
  leaf = authority.issue({ organisation: 'College', organizationIdentifier: 'VATXX-1' }).certificate
  writeFileSync(place('root.pem'), pem(authority.root.certificate))
  writeFileSync(place('issuing.pem'), pem(authority.issuing.certificate))
  writeFileSync(place('leaf.pem'), pem(leaf))
  writeFileSync(place('tsa.pem'), pem(authority.tsa.certificate))
})
afterAll(async () => {
  await authority.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the certificate names where it can be asked about', () => {
  expect(parseCertificate(leaf)).toMatchObject({
    ocspAddresses: [`${authority.origin}/ocsp/seal`],
    crlAddresses: [`${authority.origin}/crl/seal.crl`],
    issuerAddresses: [`${authority.origin}/ca/seal.cer`],
  })
})

test.skipIf(!hasOpenSsl)('OpenSSL verifies chain and list, before and after a revocation (skipped where there is no openssl)', async () => {
  for (const name of ['root', 'seal'] as const) {
    writeFileSync(place(`${name}.crl`), authority.crl(name))
    openssl('crl', '-inform', 'DER', '-in', `${name}.crl`, '-out', `${name}.crl.pem`)
  }
  const check = () =>
    openssl(
      'verify',
      '-crl_check_all',
      '-CAfile',
      'root.pem',
      '-untrusted',
      'issuing.pem',
      '-CRLfile',
      'root.crl.pem',
      '-CRLfile',
      'seal.crl.pem',
      'leaf.pem',
    )
  expect(check()).toContain('leaf.pem: OK')
  authority.revoke(leaf, new Date(Date.now() - 1000), 1)
  writeFileSync(place('seal.crl'), authority.crl('seal'))
  openssl('crl', '-inform', 'DER', '-in', 'seal.crl', '-out', 'seal.crl.pem')
  expect(check).toThrowError(/certificate revoked/)
})

test.skipIf(!hasOpenSsl)('OpenSSL reads the answer of the responder and the token (skipped where there is no openssl)', async () => {
  const request = await createOcspRequest(parseCertificate(leaf), parseCertificate(authority.issuing.certificate), {
    nonce: new Uint8Array(16).fill(5),
  })
  writeFileSync(place('answer.der'), await post(`${authority.origin}/ocsp/seal`, request))
  const said = openssl(
    'ocsp',
    '-no_nonce',
    '-respin',
    'answer.der',
    '-issuer',
    'issuing.pem',
    '-cert',
    'leaf.pem',
    '-CAfile',
    'root.pem',
    '-verify_other',
    'issuing.pem',
  )
  expect(said).toContain('leaf.pem: revoked')
  const bytes = new Uint8Array([1, 2, 3])
  writeFileSync(place('data'), bytes)
  const imprint = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const question = createTimeStampRequest({ hash: 'SHA-256', imprint, nonce: new Uint8Array(8).fill(9) })
  writeFileSync(place('question.tsq'), question)
  expect(openssl('ts', '-query', '-in', 'question.tsq', '-text')).toContain('Nonce: 0x0909090909090909')
  writeFileSync(place('answer.tsr'), await post(authority.timeStampAddress, question))
  expect(
    openssl('ts', '-verify', '-in', 'answer.tsr', '-queryfile', 'question.tsq', '-CAfile', 'root.pem', '-untrusted', 'tsa.pem'),
  ).toContain('Verification: OK')
})

test('parts that are away say so, and nonsense is refused', async () => {
  authority.setAway(['tsa'])
  expect((await fetch(authority.timeStampAddress, { method: 'POST', body: 'x' })).status).toBe(503)
  authority.setAway([])
  expect((await fetch(`${authority.origin}/elsewhere`)).status).toBe(404)
  expect(Buffer.from(await post(`${authority.origin}/ocsp/seal`, new Uint8Array([1]))).toString('hex')).toBe('30030a0101')
  expect((await post(authority.timeStampAddress, new Uint8Array([1])))[4]).toBe(2)
})

test('a neighbourhood that was saved goes on: same anchor, same addresses, nobody un-revoked', async () => {
  const first = await startAuthority('Kept', { demonstration: true })
  const made = first.issue({ organisation: 'College', organizationIdentifier: 'VATXX-1' })
  first.revoke(made.certificate, new Date('2026-05-12T10:00:00Z'), 1)
  const saved = JSON.parse(JSON.stringify(first.save()))
  await first.stop()
  const second = await startAuthority('Kept', { saved, demonstration: true })
  try {
    expect([second.anchor, second.origin]).toEqual([first.anchor, first.origin])
    expect(Buffer.from(second.tsa.certificate)).toEqual(Buffer.from(first.tsa.certificate))
    const [leaf, issuer] = [parseCertificate(made.certificate), parseCertificate(second.issuing.certificate)]
    expect(await checkCrl(readCrl(second.crl('seal')), leaf, issuer)).toMatchObject({
      statement: { status: 'revoked', revokedAt: '2026-05-12T10:00:00Z' },
    })
    await expect(startAuthority('Kept', { saved })).rejects.toThrowError(/EADDRINUSE/)
  } finally {
    await second.stop()
  }
})

test('demonstration keys of a neighbourhood name it, and the registry that comes with them trusts its root', async () => {
  const marked = await startAuthority('Demonstration', { demonstration: true })
  try {
    const demo = createDemoKey({ organisation: sampleInstitution, passphrase: 'a demonstration passphrase', neighbourhood: marked })
    expect(demo.trust.anchors[0]).toBe(marked.anchor)
    const [leaf] = demo.keyFile.certificates.map((each) => parseCertificate(new Uint8Array(Buffer.from(each, 'base64'))))
    expect(leaf).toMatchObject({ ocspAddresses: [`${marked.origin}/ocsp/seal`] })
    // Whoever signs lists stands under an authority of its own, of whose certificates nobody has to be asked.
    const [lists, authority] = demo.statusKeyFile.certificates.map((each) => parseCertificate(new Uint8Array(Buffer.from(each, 'base64'))))
    for (const each of [lists!, authority!]) expect([...each.ocspAddresses, ...each.crlAddresses]).toEqual([])
    expect(demo.trust.anchors).toHaveLength(2)
    for (const each of [leaf!.der, marked.tsa.certificate, marked.responder.certificate, marked.root.certificate])
      expect(isDemonstrationCertificate(each)).toBe(true)
  } finally {
    await marked.stop()
  }
})
