/** What is fuzzed: every reader of something that comes from outside (trust.md, 5.2). Each may answer, or raise a problem; nothing else. */
import { crc32, deflateSync } from 'node:zlib'
import { parseJson } from '@cairn/core'
import {
  bakePng,
  bakeSvg,
  credentialInPdf,
  credentialsInPresentation,
  expandBits,
  expandStatuses,
  filesInZip,
  lintElm,
  readElm,
  readOpenBadge,
  readStatusList,
  readTokenStatusList,
  readTypeMetadata,
  unbakePng,
  unbakeSvg,
} from '@cairn/formats'
import {
  checkProofs,
  checkTimeStamp,
  parseCertificate,
  processPayload,
  readCompact,
  readCrl,
  readJades,
  readOcsp,
  readOcspAnswer,
  readSdJwt,
  readTimeStamp,
} from '@cairn/seals'
import { readTrustedList } from '@cairn/trustlists'
import { partsOf, readEvidence } from '@cairn/verifier'
import { evidence, judge, now, objectOf, textOf, tokenOf, utf8 } from './judge.ts'
import { sealTargets } from './seal-targets.ts'
import type { Made, Target } from './target.ts'
import { uploadTargets } from './upload-targets.ts'

const signing = async () => (await import('./seeds.ts')).ours

/** A PNG whose check sums are right whatever was changed, so that changes reach what is behind them. */
function withCheckSums(given: Uint8Array): Uint8Array {
  const png = Uint8Array.from(given)
  const view = new DataView(png.buffer)
  for (let at = 8; at + 12 <= png.length; ) {
    const to = at + 12 + view.getUint32(at)
    if (to > png.length) break
    view.setUint32(to - 4, crc32(png.subarray(at + 4, to - 4)))
    at = to
  }
  return png
}

const dots = /^\s*[\w-]+\.[\w-]+\.[\w-]*\s*$/
const badges = ({ published }: Made) => published(['openbadges', 'dcc', 'data-integrity', 'elm', 'jose'], ['.json', '.jsonld'])
const tokens = ({ published }: Made) =>
  published(['jose', 'openbadges', 'sd-jwt'], ['.txt', '.jwt']).filter((bytes) => dots.test(textOf(bytes)))
const ec = '{"alg":"ES256","typ":"dc+sd-jwt"}'
const vct = 'urn:eu.europa.ec.eudi:learning:credential:1'
const digests = '"_sd":["uOW9vQJfFUzFHRJqGCdiVXlcNxeLAbvTKmWAaXWBTKA"],"_sd_alg":"sha-256"'
const smallPng = () => {
  const chunk = (type: string, data: Uint8Array) => {
    const out = new Uint8Array(12 + data.length)
    new DataView(out.buffer).setUint32(0, data.length)
    out.set(utf8.encode(type), 4)
    out.set(data, 8)
    return out
  }
  const head = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const packed = deflateSync('{"a":1}')
  const text = utf8.encode('openbadgecredential\0\u0001\0\0\0')
  const parts = [
    signature,
    chunk('IHDR', head),
    chunk('iTXt', Buffer.concat([text, packed])),
    chunk('IDAT', deflateSync('\0\0')),
    chunk('IEND', new Uint8Array(0)),
  ]
  return withCheckSums(Buffer.concat(parts))
}
const svg = utf8.encode('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><!-- a --><rect/></svg>')

/** Every target by its name. */
export const targets: Readonly<Record<string, Target>> = {
  json: {
    kind: 'json',
    seeds: ({ published }) => published(['openbadges', 'jades', 'text'], ['.json']),
    read: (bytes) => parseJson(bytes),
  },
  jws: {
    kind: 'bytes',
    seeds: (made) => [...made.published(['jades'], ['.json']), ...tokens(made)],
    read: async (bytes) => {
      await judge(bytes)
      return textOf(bytes.subarray(0, 9)).includes('{') ? readJades(bytes) : readCompact(bytes, 'vc+jwt')
    },
  },
  'jws-inside': { kind: 'json', seeds: (made) => tokens(made).flatMap(made.linesOfToken), read: (bytes) => judge(tokenOf(bytes)) },
  der: { kind: 'bytes', seeds: ({ ours }) => ours.certificates, read: parseCertificate },
  ocsp: {
    kind: 'bytes',
    seeds: ({ ours, published }) => [...ours.ocsps, ...published(['trust'], ['ocsp.bin'])],
    read: (bytes) => (bytes.length % 2 ? readOcsp(bytes) : readOcspAnswer(bytes)),
  },
  crl: { kind: 'bytes', seeds: ({ ours }) => ours.crls, read: readCrl },
  tsp: {
    kind: 'bytes',
    seeds: ({ published }) => published(['trust'], ['.tst', '.tsr']),
    read: (bytes) => checkTimeStamp(readTimeStamp(bytes)),
  },
  'trust-list': {
    kind: 'bytes',
    seeds: ({ ours, published }) => [ours.trustedList(), ...published(['trust'], ['.xml'])],
    read: async (bytes) => readTrustedList(bytes, { pinned: [(await signing()).signer], now }),
  },
  'trust-list-inside': {
    kind: 'bytes',
    seeds: ({ ours }) => {
      const texts: Uint8Array[] = []
      ours.trustedList((text) => {
        texts.push(utf8.encode(text))
        return text
      })
      return texts
    },
    read: async (bytes) => {
      const { trustedList, signer } = await signing()
      return readTrustedList(
        trustedList(() => textOf(bytes)),
        { pinned: [signer], now },
      )
    },
  },
  'json-ld': {
    kind: 'json',
    seeds: badges,
    read: async (bytes) => {
      const document = objectOf(bytes)
      readOpenBadge(document)
      await checkProofs(document)
    },
  },
  elm: {
    kind: 'json',
    seeds: ({ published }) => published(['elm'], ['.jsonld', '.json']),
    read: (bytes) => {
      const document = objectOf(bytes)
      readElm(document)
      for (const profile of ['annex1', 'elm'] as const) lintElm(document, { profile, at: '2026-06-01' })
    },
  },
  badge: { kind: 'json', seeds: badges, read: judge },
  'sd-jwt': {
    kind: 'bytes',
    seeds: ({ published }) => published(['sd-jwt', 'jose'], ['.txt']),
    read: async (bytes) => {
      await judge(bytes)
      processPayload(readSdJwt(bytes))
    },
  },
  'sd-jwt-inside': {
    kind: 'json',
    seeds: ({ published }) => [
      ...published(['sd-jwt/frames'], ['.json']).map((bytes) =>
        utf8.encode(`${ec}\n${textOf(bytes).replaceAll('\n', '')}\n"AAAA"\n["s","x",1]`),
      ),
      utf8.encode(
        `${ec}\n{"vct":"${vct}","iss":"https://a.example","iat":1,${digests}}\n"AAAA"\n["salt","given_name","Ana"]\n["salt",{"x":1}]`,
      ),
      utf8.encode(
        `${ec.replace('dc+', 'vc+')}\n{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],${digests}}\n"AAAA"\n["salt","id","urn:x"]`,
      ),
    ],
    read: async (bytes) => {
      const token = tokenOf(bytes)
      await judge(token)
      processPayload(readSdJwt(token))
    },
  },
  'type-metadata': {
    kind: 'json',
    seeds: ({ published }) => published(['dc4eu', 'sd-jwt'], ['.json']),
    read: (bytes) => readTypeMetadata(parseJson(bytes)),
  },
  presentation: {
    kind: 'json',
    seeds: () => [
      utf8.encode(
        '{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"holder":"did:key:z6","verifiableCredential":[{"type":["VerifiableCredential"]},{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,a.b.c"},"d.e.f"]}',
      ),
    ],
    read: async (bytes) => {
      credentialsInPresentation(bytes)
      for (const part of await partsOf(bytes)) await judge(part.bytes)
    },
  },
  png: {
    kind: 'bytes',
    seeds: () => [smallPng(), bakePng(smallPng(), '{"b":2}')],
    read: async (bytes) => {
      const png = withCheckSums(bytes)
      await unbakePng(png)
      await judge(png)
    },
  },
  svg: {
    kind: 'bytes',
    seeds: ({ published }) => [...published(['openbadges'], ['.svg']), bakeSvg(svg, '{"a":1}'), bakeSvg(svg, 'a.b.c')],
    read: async (bytes) => {
      unbakeSvg(bytes)
      await judge(bytes)
    },
  },
  pdf: { kind: 'bytes', seeds: ({ pdfs }) => pdfs(), read: async (bytes) => judge((await credentialInPdf(bytes)).bytes) },
  zip: {
    kind: 'bytes',
    seeds: ({ zips }) => zips(),
    read: async (bytes) => {
      await filesInZip(bytes)
      for (const part of await partsOf(bytes)) await judge(part.bytes)
    },
  },
  'status-list': {
    kind: 'json',
    seeds: ({ statusLists }) => statusLists(),
    read: async (bytes) => {
      const document = objectOf(bytes)
      if (document.status_list !== undefined) return expandStatuses(readTokenStatusList(document))
      return expandBits(readStatusList(document).encodedList)
    },
  },
  evidence: {
    kind: 'json',
    seeds: () => [
      utf8.encode(
        JSON.stringify({
          form: 'cairn-evidence-1',
          retrievedAt: now,
          registry: {},
          statusLists: { a: 'AA==' },
          certificates: ['AA=='],
          revocation: { crls: [], ocsps: [] },
        }),
      ),
    ],
    read: (bytes) => readEvidence(bytes, () => evidence.registry),
  },
  ...sealTargets,
  ...uploadTargets,
}
