/** The Commission's sealed sample at the time of its making: real certificates, OCSP answer, list and time stamps (EN 319 102-1, 5.6). */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { carriedValues, nameLine, parseCertificate, readJades, readOcsp, toBase64, toBase64Url } from '@cairn/seals'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Evidence, standardPolicy, verify } from '../index.ts'
import { entry } from '../vectors/neighbourhood.ts'

const sample = path.resolve(import.meta.dirname, '../../../../../shared/vectors/elm/samples/Sample-MC-Annex1-signed.jsonld')

describe.skipIf(!existsSync(sample))("the Commission's sample in 2023 (skipped where ../shared/vectors is absent)", () => {
  let bytes: Uint8Array
  let evidence: Evidence
  const dayAfter = '2023-09-28T00:00:00Z'
  beforeAll(() => {
    bytes = new Uint8Array(readFileSync(sample))
    const { certificates } = carriedValues(readJades(bytes).signatures[0]!.unsigned)
    const authorities = certificates.filter((der) =>
      /^(ANF AC Qualified Certificates for eSeal|root-ca),/.test(nameLine(parseCertificate(der).subject)),
    )
    const sealer = { ...entry, id: 'urn:test', organizationIdentifier: 'VATES-A00000000', from: '2023-01-01' }
    const registry = { anchors: authorities.map(toBase64), trustedLists: [], issuers: [sealer] }
    evidence = { registry, statusLists: {}, retrievedAt: dayAfter }
  })
  const judge = (at: string, given = bytes) => verify(given, evidence, standardPolicy, at)

  test('valid the day after, by what it carries: three time stamps, an OCSP answer of a delegated responder, a list', async () => {
    const report = await judge(dayAfter)
    expect(report).toMatchObject({
      results: { seal: 'passed', issuer: 'passed', status: 'passed' },
      signatures: [{ level: 'B-LTA', algorithm: 'RS256', claimedAt: '2023-09-27T11:54:17Z', provenAt: '2023-09-27T11:54:20Z' }],
    })
    expect(report.findings.filter(({ check, outcome }) => check === 'seal.time-stamp' && outcome === 'passed')).toHaveLength(3)
  })
  test('TRY_LATER once the time-stamp authority has ended and the answer is old; OUT_OF_BOUNDS_NO_POE once the certificate has ended', async () => {
    expect(await judge('2023-12-14T00:00:00Z')).toMatchObject({ verdict: 'indeterminate', subIndication: 'TRY_LATER' })
    expect(await judge('2025-06-01T00:00:00Z')).toMatchObject({ verdict: 'indeterminate', subIndication: 'OUT_OF_BOUNDS_NO_POE' })
  })
  test('without the OCSP answer nobody can say whether it was revoked', async () => {
    const envelope = JSON.parse(new TextDecoder().decode(bytes))
    const { etsiU } = envelope.signatures[0].header
    etsiU[2] = toBase64Url(new TextEncoder().encode('{"rVals":{}}'))
    etsiU.pop()
    const report = await judge(dayAfter, new TextEncoder().encode(JSON.stringify(envelope)))
    expect(report).toMatchObject({ verdict: 'indeterminate', subIndication: 'TRY_LATER' })
  })
  test('the nonce of its responder stands where responders put it before RFC 8954', () => {
    const { ocsps } = carriedValues(readJades(bytes).signatures[0]!.unsigned)
    expect(readOcsp(ocsps[0]!)).toMatchObject({ producedAt: '2023-09-27T11:54:17Z', answers: [{ status: 'good' }] })
  })
})
