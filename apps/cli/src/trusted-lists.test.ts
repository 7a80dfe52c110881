/** `cairn verify` with trusted lists that a trust file names: the real bin, lists on loopback. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeElm, prepareElm } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { finishSeal, prepareSeal } from '@cairn/seals'
import { createAuthority, issueSealCertificate, sampleEdition, sampleInstitution, startTrustedLists } from '@cairn/testkit'
import { afterAll, expect, test } from 'vitest'

const bin = path.resolve(import.meta.dirname, '../bin/cairn.js')
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-lists-'))
const at = (name: string) => path.join(folder, name)
const cairn = (...args: string[]) =>
  new Promise<{ status: number; report: Record<string, unknown>; stderr: string }>((resolve) =>
    execFile(process.execPath, [bin, ...args, '--json'], { env: { PATH: process.env.PATH! } }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, report: stdout ? JSON.parse(stdout) : {}, stderr }),
    ),
  )

const number = 'VATCZ-00000019'
const authority = createAuthority('Qualified Seals')
const sealer = issueSealCertificate(authority, { organisation: 'Lakeside Institute', organizationIdentifier: number, algorithm: 'ES256' })
const lists = await startTrustedLists('CZ', [
  {
    name: 'CA for seals',
    providerName: 'Provider',
    certificates: [authority.issuing.certificate],
    from: new Date('2020-01-01'),
    uses: ['ForeSeals'],
  },
])
afterAll(async () => {
  await lists.stop()
  rmSync(folder, { recursive: true })
})

test('R-TL: lists of a trust file are fetched, proven by its signers, and vouch; offline they are files or nothing', async () => {
  const issued = new Date().toISOString()
  const signer = makeSigner(sealer.privateKey, sealer.certificates)
  const prepared = await prepareSeal(
    composeElm(
      prepareElm(sampleEdition, { organisation: sampleInstitution, organizationIdentifier: number }, [
        { language: 'en', mediaType: 'image/png', base64: 'iVBORw0KGgo=' },
      ]),
      { id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427', learner: { givenName: 'Ana', identifier: '1' }, awardDate: '2026-05-10' },
      { issued },
    ),
    { certificates: signer.certificates, algorithm: 'ES256', at: issued },
  )
  writeFileSync(at('sealed.jsonld'), finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes)
  const trust = (change: object) =>
    writeFileSync(
      at('trust.json'),
      JSON.stringify({
        trustedLists: [lists.address],
        trustedListSigners: lists.pinned,
        issuers: [{ id: sampleInstitution.id, legalName: 'Lakeside', organizationIdentifier: number }],
        ...change,
      }),
    )
  const verify = (...more: string[]) => cairn('verify', at('sealed.jsonld'), '--trust', at('trust.json'), ...more)

  trust({})
  const online = await verify('--allow', lists.origin)
  expect(online).toMatchObject({ status: 0, stderr: '', report: { verdict: 'valid', qualification: { service: { territory: 'CZ' } } } })
  const offline = await verify('--offline')
  expect(offline).toMatchObject({ status: 2, report: { results: { issuer: 'unknown' } }, stderr: expect.stringContaining('is left out') })

  writeFileSync(at('eu.xml'), Buffer.from(await (await fetch(lists.address)).arrayBuffer()))
  trust({ trustedLists: ['eu.xml'] })
  expect(await verify('--allow', lists.origin)).toMatchObject({ status: 0, stderr: '' })

  trust({ trustedListSigners: [Buffer.from(authority.issuing.certificate).toString('base64')] })
  expect(await verify('--allow', lists.origin)).toMatchObject({ status: 2, report: { results: { issuer: 'unknown' } } })
  trust({ trustedListSigners: undefined })
  expect(await verify('--allow', lists.origin)).toMatchObject({ status: 64, report: {} })
})
