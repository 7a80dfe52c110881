/** Tokens: VC-JOSE-COSE of the W3C suite, SD-JWT frames and the draft's example, and DC4EU's type metadata with its micro-credential. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import path from 'node:path'
import { type JsonObject, parseJson } from '@cairn/core'
import { judgeClaims, readTypeMetadata } from '@cairn/formats'
import {
  type DisclosureFrame,
  disclosable,
  isSignedBy,
  issueSdJwt,
  keyOfJwk,
  presentSdJwt,
  processPayload,
  readSdJwt,
  toBase64Url,
} from '@cairn/seals'
import { standardPolicy, verify } from '@cairn/verifier'
import { areThere, bytesOf, evidenceOf, filesBelow, type Judged, type Row, textOf } from './row.ts'

const utf8 = new TextEncoder()
const now = '2026-01-01T00:00:00Z'
const did = (jwk: JsonObject) => `did:jwk:${toBase64Url(utf8.encode(JSON.stringify(jwk)))}`

/** The suite's P-384 key, which no file has: recovered from the good token's signature; its RFC 7638 thumbprint is that token's `kid`. */
const p384 = {
  crv: 'P-384',
  kty: 'EC',
  x: 'PBM13G1rU-NPczSpFO7QGc-uSUHqoDPZSbshgR820ligqFB2yGFbE90VnpTiSswG',
  y: 'x7mdD6reunUlSQ5LoC2GDpLOrjbIMLnt1TEGgxoyXSaKScPPRYY7hTr3geCvEZpf',
}

async function judgeToken(file: string, expected: string): Promise<Judged> {
  const published = ['vm-p256.json', 'vm-ed25519.json'].map((name) => JSON.parse(textOf(`jose/${name}`)).publicKeyJwk)
  const keys = [...published, p384].map(did)
  const issuer = { id: 'https://example.issuer/vc-jose-cose', legalName: 'W3C suite', keys, types: ['*'], logRequired: false }
  const report = await verify(bytesOf(file), evidenceOf({ issuers: [issuer] }), standardPolicy, now)
  const codes = report.findings.flatMap(({ problem }) => problem?.code ?? [])
  return { got: report.verdict, why: codes.join(' '), agrees: report.verdict === expected }
}

const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const signer = {
  algorithm: 'ES256' as const,
  sign: (bytes: Uint8Array) => new Uint8Array(sign('sha256', bytes, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })),
}

/** The frame of the published cases in ours: theirs mixes names of claims with `_sd` and `_sd_decoy`. */
function ownFrame({ _sd: hide = [], _sd_decoy: decoys = 0, ...within }: JsonObject): DisclosureFrame {
  const inside = Object.entries(within).map(([name, each]) => [name, ownFrame(each as JsonObject)])
  return { hide: hide as string[], decoys: decoys as number, within: Object.fromEntries(inside) }
}
function revealed(frame: JsonObject, at: string[] = []): string[] {
  return Object.entries(frame).flatMap(([name, each]) =>
    each === true ? [[...at, name].join('/')] : revealed(each as JsonObject, [...at, name]),
  )
}

async function judgeFrame(file: string): Promise<Judged> {
  const { claims, disclosureFrame, presentationFrames, presentedClaims } = JSON.parse(textOf(file))
  const salt = () => randomBytes(16).toString('base64url')
  const issued = await issueSdJwt({ type: 'dc+sd-jwt', claims, frame: ownFrame(disclosureFrame), signer, salt })
  const wanted = new Set(revealed(presentationFrames))
  const reveal = disclosable(issued).filter((each) => wanted.has(each.join('/')))
  const said = (token: string) => JSON.stringify(sorted(processPayload(readSdJwt(utf8.encode(token))).payload))
  const whole = said(issued) === JSON.stringify(sorted(claims))
  const shown = said(await presentSdJwt(issued, { reveal })) === JSON.stringify(sorted(presentedClaims))
  return { got: shown ? 'as its frame says' : 'differs', why: whole ? '' : 'the whole differs', agrees: whole && shown }
}
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  )
}

async function judgeExample(file: string): Promise<Judged> {
  const read = readSdJwt(bytesOf(file))
  const holds = await isSignedBy(read, keyOfJwk(JSON.parse(textOf('sd-jwt/issuer-key.jwk.json'))))
  const { disclosed } = processPayload(read)
  return { got: holds ? 'signature holds' : 'broken', why: `${disclosed.length} disclosed`, agrees: holds }
}

async function judgeType(): Promise<Judged> {
  const metadata = readTypeMetadata(parseJson(bytesOf('dc4eu/vctm_microcredential.json')))
  const { claims, problems } = judgeClaims(metadata, parseJson(bytesOf('dc4eu/theed_microcredential_minimal_ho.json')) as JsonObject, [])
  const found = claims.filter((claim) => claim.found > 0).length
  return {
    got: `${found} of ${claims.length} claims found`,
    why: problems.map(({ code }) => code).join(' '),
    agrees: found === 4 && problems.length === 0,
  }
}

/** Rows of the tokens. */
export function tokenRows(): Row[] {
  const rows: Row[] = []
  if (areThere('jose'))
    for (const name of filesBelow('jose', '.txt')) {
      const expected = /bad-|vc-vp-claims/.test(name) ? 'invalid' : 'valid'
      rows.push({ set: 'VC-JOSE-COSE', file: `jose/${name}`, expected, judge: () => judgeToken(`jose/${name}`, expected) })
    }
  for (const name of filesBelow('sd-jwt/frames', '.json')) {
    const unlike =
      name === 'array_none_disclosed.json' ? 'RFC 9901, 7.1: an object of which nothing is disclosed is still there' : undefined
    const file = path.posix.join('sd-jwt/frames', name)
    rows.push({ set: 'SD-JWT', file, expected: 'as its frame says', ...(unlike ? { unlike } : {}), judge: () => judgeFrame(file) })
  }
  for (const name of filesBelow('sd-jwt', '.txt'))
    rows.push({ set: 'SD-JWT', file: `sd-jwt/${name}`, expected: 'signature holds', judge: () => judgeExample(`sd-jwt/${name}`) })
  if (areThere('dc4eu'))
    rows.push({
      set: 'DC4EU',
      file: 'dc4eu/vctm_microcredential.json',
      expected: 'read; 4 of 5 claims found, as its README says of the fifth',
      judge: judgeType,
    })
  return rows
}
