/** SD-JWT VC: issuing and verifying, beside @sd-jwt/core with the same claims, and beside the raw signature. */
import { createPublicKey, verify as rawVerify, X509Certificate } from 'node:crypto'
import type { AwardGiven } from '@cairn/core'
import { type ComposedFrame, composeSdJwtVc, prepareSdJwtVc } from '@cairn/formats'
import { createSalts, issuerOf, openKeyFile } from '@cairn/keys'
import { derFromRaw, isSignedWith, issueSdJwt, processPayload, readSdJwt } from '@cairn/seals'
import { createDemoKey, sampleEdition } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { SDJwtInstance } from '@sd-jwt/core'
import { digest, generateSalt } from '@sd-jwt/crypto-nodejs'
import { perCpu, type Row, rateOf } from './measure.ts'

const now = '2026-05-13T10:00:00Z'
const passphrase = 'bench passphrase'
const utf8 = new TextEncoder()
const given: AwardGiven = {
  learner: { givenName: 'Žofie Anna', familyName: 'Dvořáková', dateOfBirth: '1999-05-12', identifier: 'S-1' },
  awardDate: '2026-05-12',
  grade: 'A',
  referenceNumber: 'LH-2026-1',
}

/** A frame as the other library takes it. */
function theirFrame({ hide, within = {} }: ComposedFrame): object {
  return { _sd: hide, ...Object.fromEntries(Object.entries(within).map(([name, frame]) => [name, theirFrame(frame)])) }
}

/** Rows: issuing and verifying. */
export async function benchSdJwt(): Promise<Row[]> {
  const demo = createDemoKey({ organisation: sampleEdition.institution, passphrase, now: new Date('2026-05-01T00:00:00Z') })
  const signer = await openKeyFile(demo.keyFile, passphrase)
  const leaf = new X509Certificate(signer.certificates[0]!)
  const key = createPublicKey({ key: leaf.publicKey.export({ type: 'spki', format: 'der' }), format: 'der', type: 'spki' })
  const spki = new Uint8Array(leaf.publicKey.export({ type: 'spki', format: 'der' }))
  const prepared = prepareSdJwtVc(sampleEdition, issuerOf(signer.certificates[0]!, sampleEdition.institution))
  const salt = createSalts()
  let number = 0
  const compose = () => {
    const id = `urn:uuid:00000000-0000-4000-8000-${(number++).toString(16).padStart(12, '0')}`
    return composeSdJwtVc(prepared, { ...given, id }, { issued: now })
  }
  const issue = () => issueSdJwt({ type: 'dc+sd-jwt', ...compose(), signer, salt })
  // Its own digests and salts; signatures straight from OpenSSL, as ours are.
  const theirs = new SDJwtInstance({
    signer: (data) => Buffer.from(signer.sign(Buffer.from(data)) as Uint8Array).toString('base64url'),
    verifier: (data, signature) => rawVerify('sha256', Buffer.from(data), key, derFromRaw(Buffer.from(signature, 'base64url'))),
    signAlg: 'ES256',
    hasher: digest,
    hashAlg: 'sha-256',
    saltGenerator: generateSalt,
  })
  const x5c = signer.certificates.map((certificate) => Buffer.from(certificate).toString('base64'))
  const issueTheirs = () => {
    const { claims, frame } = compose()
    return theirs.issue(claims as never, theirFrame(frame) as never, { header: { typ: 'dc+sd-jwt', x5c } })
  }

  const token = await issue()
  const bytes = utf8.encode(token)
  const [jwt] = token.split('~') as [string]
  const input = utf8.encode(jwt.slice(0, jwt.lastIndexOf('.')))
  const signature = derFromRaw(signer.sign(input) as Uint8Array)
  const { disclosures } = readSdJwt(bytes)
  const what = `${(bytes.length / 1000).toFixed(1)} KB, ${disclosures.length} disclosures, ES256`

  const issuing = await rateOf(issue)
  const issuingTheirs = await rateOf(issueTheirs)
  const signing = await rateOf(() => signer.sign(input))
  const check = async () => {
    const read = readSdJwt(bytes)
    if (!(await isSignedWith(read, spki))) throw new Error('what is measured does not verify')
    return processPayload(read)
  }
  const checking = await rateOf(check)
  const checkingTheirs = await rateOf(() => theirs.verify(token))
  const raw = await rateOf(() => rawVerify('sha256', input, key, signature))
  const evidence = { registry: demo.trust, statusLists: {}, retrievedAt: now }
  const report = await verify(bytes, evidence, standardPolicy, now)
  if (report.verdict !== 'valid') throw new Error(`what is measured is not valid: ${JSON.stringify(report.findings)}`)
  const whole = await rateOf(() => verify(bytes, evidence, standardPolicy, now))
  const beside = (own: { perCpu: number }, other: { perCpu: number }) => own.perCpu / other.perCpu
  const row = (title: string, own: typeof issuing, other: typeof issuing, floor: typeof issuing, floorName: string): Row => ({
    what: `${title}, ${what}`,
    figure: `${perCpu(own)}, ${beside(own, other).toFixed(1)}x @sd-jwt ${perCpu(other)}`,
    floor: `${floorName} ${perCpu(floor)}`,
    ratio: floor.perCpu / own.perCpu,
    aim: '3x @sd-jwt',
    met: beside(own, other) >= 3,
  })
  return [
    row('SD-JWT VC: compose and issue', issuing, issuingTheirs, signing, 'sign alone'),
    row('SD-JWT VC: read, check, process', checking, checkingTheirs, raw, 'check alone'),
    {
      what: `SD-JWT VC: the full report, ${what}`,
      figure: perCpu(whole),
      floor: `check alone ${perCpu(raw)}`,
      ratio: raw.perCpu / whole.perCpu,
      aim: '200/s',
      met: whole.perCpu >= 200,
    },
  ]
}
