import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { certificateFacts, isDemonstrationCertificate, openKeyFile } from '@cairn/keys'
import { Certificate, CertificateChainValidationEngine } from 'pkijs'
import { expect, test } from 'vitest'
import { createAuthority, issueSealCertificate, type SealCertificateOptions } from './authority.ts'
import { createDemoKey } from './demo-key.ts'

const read = (der: Uint8Array) => Certificate.fromBER(Uint8Array.from(der).buffer)
async function pathResult(leaf: Uint8Array, above: Uint8Array, anchor: Uint8Array, checkDate = new Date()) {
  const engine = new CertificateChainValidationEngine({ trustedCerts: [read(anchor)], certs: [read(above), read(leaf)], checkDate })
  return (await engine.verify()).result
}

test.each(['ES256', 'ES384', 'ES512', 'RS256'] as const)('a %s chain is one that another implementation accepts', async (algorithm) => {
  const authority = createAuthority('Neighbourhood', { algorithm })
  const { certificates, certificate } = issueSealCertificate(authority, {
    organisation: 'Škola',
    organizationIdentifier: 'VATCZ-1',
    country: 'CZ',
    algorithm,
  })
  expect(certificates).toHaveLength(2)
  expect(await pathResult(certificates[0]!, certificates[1]!, authority.root.certificate)).toBe(true)
  expect(certificateFacts(certificate)).toMatchObject({
    organization: 'Škola',
    commonName: 'Škola Seal',
    organizationIdentifier: 'VATCZ-1',
    country: 'CZ',
    demonstration: false,
  })
  const leaf = new X509Certificate(certificate)
  expect(leaf.ca).toBe(false)
  expect(leaf.checkIssued(new X509Certificate(authority.issuing.certificate))).toBe(true)
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
test.skipIf(!hasOpenssl)(
  'what is made wrong on purpose is refused by OpenSSL, for the reason meant (skipped where there is no openssl)',
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cairn-authority-'))
    const write = (name: string, der: Uint8Array) => {
      writeFileSync(path.join(folder, name), new X509Certificate(der).toString())
      return path.join(folder, name)
    }
    const outcome = (options: Partial<SealCertificateOptions>, from = createAuthority('Neighbourhood')) => {
      const leaf = issueSealCertificate(from, { organisation: 'Small College', organizationIdentifier: 'VATXX-123', ...options })
      const places = [
        write('root', from.root.certificate),
        write('issuing', from.issuing.certificate),
        write('leaf', leaf.certificate),
      ] as const
      const ran = spawnSync('openssl', ['verify', '-x509_strict', '-CAfile', places[0], '-untrusted', places[1], places[2]], {
        encoding: 'utf8',
      })
      return ran.status === 0 ? 'accepted' : /error \d+ .*?: ?(.*)/.exec(ran.stderr)![1]!
    }
    expect(outcome({})).toBe('accepted')
    expect(outcome({ from: new Date('2020-01-01'), to: new Date('2021-01-01') })).toMatch(/expired/)
    expect(outcome({ issuerName: { commonName: 'Somebody else' } })).toMatch(/unable to get local issuer/)
    expect(outcome({ selfSigned: true })).toMatch(/self.signed/)
    expect(outcome({ unknownCritical: true })).toMatch(/unhandled critical extension/)
    expect(outcome({}, createAuthority('No authority', { issuingIsCa: false }))).toMatch(/invalid CA certificate/)
    expect(outcome({}, createAuthority('Too long a path', { rootPathLength: 0 }))).toMatch(/path length constraint exceeded/)
    rmSync(folder, { recursive: true })
  },
)

test('a demonstration key opens, is marked in every certificate, and its registry names the organisation', async () => {
  const id = 'urn:uuid:0b0e2d5c-6f0a-4c7e-9a37-0f3c1d2b4a5e'
  const demo = createDemoKey({
    organisation: { id, legalName: { en: 'Lakeside Institute' }, country: 'CZ', identifiers: [{ kind: 'vat', value: 'CZ123' }] },
    passphrase: 'demonstration',
  })
  for (const file of [demo.keyFile, demo.statusKeyFile]) {
    const signer = await openKeyFile(file, 'demonstration')
    expect(signer.certificates.every(isDemonstrationCertificate)).toBe(true)
    expect(certificateFacts(signer.certificates[0]!).organizationIdentifier).toBe('VATCZ-123')
  }
  expect(demo.keyFile.purpose).toBe('seal')
  expect(demo.statusKeyFile.purpose).toBe('status')
  expect(isDemonstrationCertificate(Buffer.from(demo.trust.anchors[0]!, 'base64'))).toBe(true)
  expect(demo.trust.name).toContain('not qualified')
  expect(demo.trust.issuers[0]).toMatchObject({ id, organizationIdentifier: 'VATCZ-123', legalName: 'Lakeside Institute' })
})
