/** A seal of the highest level judged by the book, and a seal beside what a general library of JOSE does with the same bytes. */
import { createPublicKey } from 'node:crypto'
import { makeRoom, type TrustRegistry } from '@cairn/core'
import { composeElm, prepareElm } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { augment, type Door, fetchSafely, gather } from '@cairn/online'
import { checkSignature, finishSeal, parseCertificate, prepareSeal, readJades } from '@cairn/seals'
import { type RunningAuthority, type SealIdentity, sampleEdition, sampleInstitution, startAuthority } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { FlattenedSign, flattenedVerify } from 'jose'
import { perCpu, type Row, rateOf } from './measure.ts'

const number = 'VATCZ-00000019'
const many = 20
const image = { language: 'en', mediaType: 'image/png', base64: Buffer.alloc(120, 7).toString('base64') } as const
const issuer = { organisation: sampleInstitution, organizationIdentifier: number }
const edition = prepareElm(sampleEdition, issuer, [image])

/** Rows: verifying B-LTA, and B-B made and checked beside jose. */
export async function benchLongTerm(): Promise<Row[]> {
  const authority = await startAuthority()
  try {
    const identity = authority.issue({ organisation: sampleInstitution.legalName.en ?? 'Lakeside', organizationIdentifier: number })
    return [await benchLevels(authority, identity), ...(await benchPeer(identity))]
  } finally {
    await authority.stop()
  }
}

const unsealed = (index: number, issued: string, space?: (bytes: number) => Uint8Array) =>
  composeElm(
    edition,
    {
      id: `urn:uuid:00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
      learner: { givenName: 'Žofie Anna', familyName: 'Dvořáková', identifier: `S-${index}` },
      awardDate: '2026-05-12',
    },
    { issued },
    space,
  )

/** Several credentials of one sealer, one after the other: what is kept between them is what a verifier keeps. */
async function benchLevels(authority: RunningAuthority, identity: SealIdentity): Promise<Row> {
  const entry = {
    id: sampleInstitution.id,
    legalName: 'Lakeside',
    organizationIdentifier: number,
    keys: [],
    types: ['*'],
    logRequired: false,
  }
  const registry: TrustRegistry = { anchors: [authority.anchor], trustedLists: [], issuers: [entry] }
  const door: Door = (address, ask) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] })
  const signer = makeSigner(identity.privateKey, identity.certificates)
  const now = () => new Date().toISOString()
  const options = { timeStamps: { address: authority.timeStampAddress }, registry, door, now }
  const files: Uint8Array[] = []
  for (let index = 0; index < many; index++) {
    const prepared = await prepareSeal(unsealed(index, now()), { certificates: signer.certificates, algorithm: 'ES256', at: now() })
    const { bytes } = finishSeal(prepared, await signer.sign(prepared.toBeSigned))
    files.push(await augment(bytes, 'B-LTA', options))
  }
  const evidence = await gather(files[0]!, registry, door, now())
  const at = now()
  for (const bytes of files) {
    const { verdict, findings } = await verify(bytes, evidence, standardPolicy, at)
    if (verdict !== 'valid') throw new Error(`what is measured does not verify: ${JSON.stringify(findings.filter((each) => each.problem))}`)
  }
  let next = 0
  const rate = await rateOf(() => verify(files[next++ % many]!, evidence, standardPolicy, at))
  const size = `${(files[0]!.length / 1000).toFixed(1)} KB`
  return { what: `verify B-LTA, ${size}: path, OCSP, time stamps`, figure: perCpu(rate), aim: '100/s', met: rate.perCpu >= 100 }
}

/** The same payload under a header of the same words, by jose with its key imported before, and by us; what is checked begins with the file. */
async function benchPeer(identity: SealIdentity): Promise<Row[]> {
  const signer = makeSigner(identity.privateKey, identity.certificates)
  const at = new Date().toISOString()
  const room = makeRoom()
  const compose = () => {
    room.clear()
    return unsealed(0, at, room.take)
  }
  const seal = async () => {
    const prepared = await prepareSeal(compose(), { certificates: signer.certificates, algorithm: 'ES256', at })
    return finishSeal(prepared, signer.sign(prepared.toBeSigned) as Uint8Array)
  }
  const bytes = (await seal()).bytes.slice()
  const { protected: headerText } = JSON.parse(new TextDecoder().decode(bytes)).signatures[0] as { protected: string }
  const header = JSON.parse(Buffer.from(headerText, 'base64url').toString())
  const payload = new TextEncoder().encode(compose().payload)
  const crit = Object.fromEntries((header.crit as string[]).map((name) => [name, true]))
  const theirs = () => new FlattenedSign(payload).setProtectedHeader(header).sign(identity.privateKey, { crit })
  const key = createPublicKey({ key: Buffer.from(parseCertificate(signer.certificates[0]!).spki), format: 'der', type: 'spki' })
  // A document is sealed where it was composed, so that it is composed each time and that is taken off.
  const [both, composing] = [await rateOf(seal), await rateOf(compose)]
  const making = 1 / (1 / both.perCpu - 1 / composing.perCpu)
  const check = async () => {
    const read = readJades(bytes)
    return checkSignature(read, read.signatures[0]!)
  }
  const utf8 = new TextDecoder()
  const checkTheirs = () => {
    const { payload, signatures } = JSON.parse(utf8.decode(bytes))
    return flattenedVerify({ payload, ...signatures[0] }, key, { crit })
  }
  if ((await check()).length > 0) throw new Error('what is measured does not hold')
  const row = (what: string, ours: number, peer: number, times: number): Row => ({
    what: `${what} JAdES B-B ES256, ${(bytes.length / 1000).toFixed(1)} KB`,
    figure: `${Math.round(ours).toLocaleString('en')}/CPU-s, ${(ours / peer).toFixed(1)}x jose ${Math.round(peer).toLocaleString('en')}/CPU-s`,
    aim: `${times}x jose`,
    met: ours >= times * peer,
  })
  return [
    row('make', making, (await rateOf(theirs)).perCpu, 3),
    row('check', (await rateOf(check)).perCpu, (await rateOf(checkTheirs)).perCpu, 1.5),
  ]
}
