/** The way a demonstration goes: keys from files, their registry, a sealed credential, and a status list of the same organisation. */
import { type Issuer, StatusEntry } from '@cairn/core'
import { bitsFrom, composeElm, composeStatusList, prepareElm, statusListEntries } from '@cairn/formats'
import { openKeyFile } from '@cairn/keys'
import { finishSeal, prepareSeal, type Signer, signCompact } from '@cairn/seals'
import { createDemoKey, sampleEdition, sampleInstitution } from '@cairn/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { standardPolicy, verify } from './index.ts'
import { award, image, issued, listAddress, now } from './vectors/neighbourhood.ts'

const passphrase = 'correct horse battery staple'
const status = StatusEntry.parse({ list: listAddress, index: 131_071, purpose: 'revocation' })

// Every algorithm is tried where seals are made; opening a key file is slow on purpose, so that two kinds stand for all here.
describe.each(['ES256', 'RS256'] as const)('demonstration keys of %s', (algorithm) => {
  const demo = createDemoKey({ organisation: sampleInstitution, passphrase, algorithm, now: new Date('2026-05-01T00:00:00Z') })
  const issuer: Issuer = { organisation: sampleInstitution, organizationIdentifier: demo.organizationIdentifier }

  let seal: Signer
  let list: Signer
  beforeAll(async () => {
    seal = await openKeyFile(demo.keyFile, passphrase)
    list = await openKeyFile(demo.statusKeyFile, passphrase)
  })

  async function judged(revoked: readonly number[], registry = demo.trust) {
    const document = composeElm(prepareElm(sampleEdition, issuer, [image]), award, { issued, status })
    const waiting = await prepareSeal(document, { certificates: seal.certificates, algorithm: seal.algorithm, at: issued })
    const { bytes } = finishSeal(waiting, await seal.sign(waiting.toBeSigned))
    const text = await composeStatusList({
      id: listAddress,
      issuer,
      purpose: 'revocation',
      validFrom: '2026-05-12T09:00:00Z',
      validUntil: '2026-05-13T09:00:00Z',
      bits: bitsFrom(statusListEntries, revoked),
    })
    const signed = new TextEncoder().encode(await signCompact(text, 'vc+jwt', list))
    return verify(bytes, { registry, statusLists: { [listAddress]: signed }, retrievedAt: now }, standardPolicy, now)
  }

  test('valid with the registry that comes with them, and revoked by their list', async () => {
    expect(await judged([status.index - 1])).toMatchObject({
      verdict: 'valid',
      results: { seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' },
      registry: { id: sampleInstitution.id, organizationIdentifier: demo.organizationIdentifier },
    })
    expect(await judged([status.index])).toMatchObject({ verdict: 'invalid', subIndication: 'REVOKED', results: { seal: 'passed' } })
  })

  test('indeterminate with the registry of another demonstration', async () => {
    const { trust } = createDemoKey({ organisation: sampleInstitution, passphrase, algorithm, now: new Date('2026-05-01T00:00:00Z') })
    expect(await judged([], trust)).toMatchObject({
      verdict: 'indeterminate',
      results: { seal: 'passed', issuer: 'unknown', status: 'unknown' },
    })
  })
})
