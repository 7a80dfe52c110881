/** What the server publishes of an issuer is enough to verify what the issuer signed: fetched over loopback, and nothing else at hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject, TrustRegistry } from '@cairn/core'
import { composeSdJwtVc, learningCredentialType, prepareSdJwtVc } from '@cairn/formats'
import { publishedTypes } from '@cairn/issuing'
import { createSalts } from '@cairn/keys'
import { type Door, fetchSafely, gather } from '@cairn/online'
import { createProof, integrityOf, issueSdJwt, type Signer } from '@cairn/seals'
import { listKeys, readInstitution } from '@cairn/store'
import { createDemoKey, sampleEdition } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { issuerAddress, issuerDid, typeAddress } from '../files/issuer-files.ts'
import { clientFor } from '../operations.ts'
import { currentSealKey, openKey } from '../sealing-keys.ts'
import { type RunningServer, startServer } from '../start-server.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-issuer-'))
const port = 20_000 + ((process.pid + 11) % 20_000)
const publicUrl = 'https://cairn.example'
const origin = `http://127.0.0.1:${port}`
// The server is known by its public name; on this machine it is reached where it listens.
const asked: string[] = []
const door: Door = (address, ask) => {
  asked.push(address)
  return fetchSafely(address.replace(publicUrl, origin), { ...ask, ownOrigins: [origin] })
}
let server: RunningServer
let id = ''
let kid = ''
let signer: Signer
beforeAll(async () => {
  const secret = 'a secret of the test that is long enough'
  const given = {
    CAIRN_DATA: folder,
    PORT: String(port),
    CAIRN_LOG: 'silent',
    CAIRN_DEMO: '1',
    CAIRN_PUBLIC_URL: publicUrl,
    CAIRN_SECRET: secret,
  }
  server = await startServer(readConfig(given), pino({ level: 'silent' }), { pages: false })
  const { database, keys } = server.installation
  const { rows } = await database.pool.query('select tenant from cairn.institution order by created_at limit 1')
  await database.tenant(rows[0].tenant, async (tx) => {
    const { organisation } = (await readInstitution(tx))!
    id = organisation.id.replace('urn:uuid:', '')
    const key = await currentSealKey(tx, organisation, new Date().toISOString())
    kid = key.id
    expect((await listKeys(tx)).map((each) => each.id)).toContain(kid)
    signer = (await openKey(keys, key, organisation)).signer
  })
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const registryOf = (issuer: string): TrustRegistry => ({
  anchors: [],
  trustedLists: [],
  issuers: [{ id: issuer, legalName: 'An institution', keys: [], types: ['*'], from: null, to: null, logRequired: false }],
})
const judge = async (bytes: Uint8Array, issuer: string) => {
  asked.length = 0
  const now = new Date().toISOString()
  return verify(bytes, await gather(bytes, registryOf(issuer), door, now), standardPolicy, now)
}

test('SD-JWT VC: keys by JWT VC Issuer Metadata, rules of the type by its published description and the hash that was signed', async () => {
  const iss = issuerAddress(publicUrl, id)
  const { own } = await publishedTypes(typeAddress(publicUrl))
  const type = { vct: typeAddress(publicUrl), integrity: await integrityOf(own), also: [learningCredentialType] }
  const issuer = { organisation: { ...sampleEdition.institution, id: iss }, organizationIdentifier: 'VATXX-1' }
  const award = {
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
    learner: { givenName: 'Ana', familyName: 'Horváthová', identifier: '1' },
    awardDate: '2026-05-10',
  }
  const { claims, frame } = composeSdJwtVc(prepareSdJwtVc(sampleEdition, issuer, type), award, { issued: '2026-05-11T09:00:00Z' })
  // No certificate comes along: the keys are had from the issuer.
  const { algorithm } = signer
  const token = await issueSdJwt({
    type: 'dc+sd-jwt',
    claims,
    frame,
    signer: { algorithm, sign: (bytes) => signer.sign(bytes), kid },
    salt: createSalts(),
  })
  const report = await judge(new TextEncoder().encode(token), iss)
  expect(asked).toEqual([`${publicUrl}/.well-known/jwt-vc-issuer/issuers/${id}`, typeAddress(publicUrl)])
  expect(report.findings.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  expect(report).toMatchObject({ verdict: 'valid', registry: { id: iss } })
  expect(report.findings).toContainEqual({ check: 'type.claims', outcome: 'passed', clause: 'SD-JWT VC, type metadata' })
  const stranger = await judge(new TextEncoder().encode(token), 'https://else.example')
  expect([stranger.verdict, asked]).toEqual(['indeterminate', []])
})

test('Data Integrity: the key by the did:web document of the issuer', async () => {
  const did = issuerDid(publicUrl, id)
  expect(did).toBe(`did:web:cairn.example:issuers:${id}`)
  const document: JsonObject = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: did,
    credentialSubject: { id: 'did:example:learner' },
  }
  const signed = await createProof(document, {
    suite: 'ecdsa-rdfc-2019',
    algorithm: 'ES256',
    verificationMethod: `${did}#${kid}`,
    created: '2026-05-11T09:00:00Z',
    sign: (bytes) => signer.sign(bytes),
  })
  const report = await judge(new TextEncoder().encode(JSON.stringify(signed)), did)
  expect(asked).toEqual([`${publicUrl}/issuers/${id}/did.json`])
  expect(report).toMatchObject({ verdict: 'valid', registry: { id: did } })
})

test('an institution chooses our own type: it is named by its address here, with the hash of what is published there', async () => {
  const { installation } = server
  const { rows } = await installation.database.pool.query('select tenant, person from cairn.member limit 1')
  const owner = clientFor(installation, {
    caller: { tenant: rows[0].tenant, person: rows[0].person, name: 'owner', roles: ['owner'] },
    confirmedAt: new Date(),
  })
  for (let tries = 0; tries < 300 && (await owner['batch.list']({}))[0]?.state !== 'done'; tries++) await sleep(100)
  const [first, second] = (await owner['credential.list']({})).items
  const vctOf = async (credential: string) => {
    const { base64 } = await owner['credential.download']({ id: credential, form: 'sd-jwt-vc' })
    const [, payload = ''] = Buffer.from(base64, 'base64').toString().split('~')[0]!.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return { base64, claims: claims as Record<string, unknown> }
  }
  expect((await vctOf(first!.id)).claims.vct).toBe(learningCredentialType)
  const { organisation, revision } = await owner['institution.read']({})
  await owner['institution.save']({ organisation, fourEyes: false, walletType: 'micro-credential', revision })
  const { base64, claims } = await vctOf(second!.id)
  const published = new Uint8Array(await (await fetch(`${origin}/types/micro-credential`)).arrayBuffer())
  expect(claims).toMatchObject({
    vct: typeAddress(publicUrl),
    'vct#integrity': await integrityOf(published),
    aka_vcts: [learningCredentialType],
  })
  expect(await owner['verify.file']({ base64 })).toMatchObject({ verdict: 'valid', format: 'sd-jwt' })
  // What was signed before stays as it was; a save that says nothing of it changes nothing.
  expect((await vctOf(first!.id)).claims.vct).toBe(learningCredentialType)
  await owner['institution.save']({ organisation, fourEyes: false, revision: revision + 1 })
  expect(await owner['institution.read']({})).toMatchObject({ walletType: 'micro-credential' })
}, 60_000)

test('nobody of this name', async () => {
  const missing = (where: string) => fetch(`${origin}${where}`).then(({ status }) => status)
  const nobody = '00000000-0000-4000-8000-000000000000'
  expect(await missing(`/issuers/${nobody}/did.json`)).toBe(404)
  expect(await missing(`/.well-known/jwt-vc-issuer/issuers/${nobody}`)).toBe(404)
  expect(await missing('/issuers/x/did.json')).toBe(404)
  const answer = await fetch(`${origin}/types/micro-credential`)
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
})

test('a report that the server signs is verified like any document, by whoever knows its key', async () => {
  const { installation } = server
  const bytes = new TextEncoder().encode('{"type":["VerifiableCredential"],"proof":{}}')
  const ask = (config: typeof installation.config) =>
    clientFor({ ...installation, config }, { caller: { roles: ['anonymous'] } })['verify.report']({
      base64: Buffer.from(bytes).toString('base64'),
    })
  await expect(ask({ ...installation.config, demo: false })).rejects.toMatchObject({ problem: { code: 'key.missing' } })
  // A demonstration signs with a key of its own, that nothing trusts.
  const shown = await ask(installation.config)
  expect(Buffer.from(shown.base64, 'base64').toString().split('.')).toHaveLength(3)
  const passphrase = 'a passphrase of the test'
  const demo = createDemoKey({ organisation: sampleEdition.institution, passphrase, now: new Date() })
  const file = path.join(folder, 'report-key.json')
  writeFileSync(file, JSON.stringify(demo.keyFile))
  const answer = await ask({ ...installation.config, reportKey: { file, passphrase } })
  const now = new Date().toISOString()
  const signed = new Uint8Array(Buffer.from(answer.base64, 'base64'))
  const report = await verify(signed, { registry: demo.trust, statusLists: {}, retrievedAt: now }, standardPolicy, now)
  expect(report).toMatchObject({ format: 'verification-report', verdict: 'invalid', reported: { verdict: 'invalid' } })
  expect(report.findings.find(({ check }) => check === 'issuer.allowed')?.outcome).toBe('passed')
})
