/** What the fuzzing begins with: published files, read in place, and small documents of our own. */
import { spawnSync } from 'node:child_process'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { JsonObject } from '@cairn/core'
import { bitsFrom, composeTokenStatusList, compressBits, packStatuses, writeZip } from '@cairn/formats'
import { createSelectiveProof, deriveProof, didKeyOfSpki, fromMultibase } from '@cairn/seals'
import {
  certIdOf,
  createAuthority,
  createCrl,
  createOcspAnswer,
  createTrustedList,
  element,
  issueSealCertificate,
  makeTokenKey,
  objectIdentifier,
} from '@cairn/testkit'
import { makeZip } from '../../packages/sheets/src/vectors/make-zip.ts'
import { bytesOf, filesBelow } from '../interop/row.ts'

const largest = 96 * 1024
const utf8 = new TextEncoder()
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** Published files below folders with one of these endings, as far as they are at hand and not too large. */
export function published(folders: readonly string[], endings: readonly string[]): Uint8Array[] {
  const files = folders.flatMap((folder) => endings.flatMap((ending) => filesBelow(folder, ending).map((name) => `${folder}/${name}`)))
  return files.map(bytesOf).filter(({ length }) => length > 0 && length <= largest)
}

const at = new Date('2026-01-01T00:00:00Z')
const authority = createAuthority('Fuzz', { from: at })
const leaf = issueSealCertificate(authority, {
  organisation: 'Fuzz',
  organizationIdentifier: 'VATXX-1',
  from: at,
  addresses: { crl: 'http://a.example/1.crl', ocsp: 'http://a.example/ocsp' },
})

/** Certificates, revocation lists and OCSP answers in DER. */
export const ours = {
  certificates: [leaf.certificate, authority.issuing.certificate, authority.root.certificate],
  crls: [
    createCrl({ issuer: authority.issuing, thisUpdate: at, nextUpdate: null, revoked: [] }),
    createCrl({
      issuer: authority.issuing,
      thisUpdate: at,
      nextUpdate: at,
      revoked: [
        { serial: '0102', at, reason: 4 },
        { serial: '03', at },
      ],
    }),
  ],
  ocsps: (['good', 'unknown', { at, reason: 1 }] as const).map((status) =>
    createOcspAnswer({
      certId: certIdOf(leaf.certificate, authority.issuing.certificate),
      status,
      signer: authority.issuing,
      withCertificate: true,
      producedAt: at,
      archiveCutoff: at,
      nonce: Uint8Array.of(4, 1, 1),
    }),
  ),
  trustedList: (changeList: (text: string) => string = (text) => text) =>
    createTrustedList({
      territory: 'XX',
      sequence: 1,
      issued: new Date('2026-02-01T00:00:00Z'),
      nextUpdate: new Date('2026-08-01T00:00:00Z'),
      services: [{ name: 'CA of XX', providerName: 'P', certificates: [authority.issuing.certificate], from: at }],
      signer: leaf,
      changeList,
    }),
  signer: Buffer.from(leaf.certificate).toString('base64'),
}

/** A document in lines: head, payload and signature of a token, each for itself. */
export function linesOfToken(token: Uint8Array): Uint8Array[] {
  const parts = /^\s*([\w-]+)\.([\w-]+)\.([\w-]*)/.exec(new TextDecoder('latin1').decode(token))
  if (!parts) return []
  const [head, payload] = [parts[1]!, parts[2]!].map((part) => Buffer.from(part, 'base64url').toString())
  return [utf8.encode(`${head}\n${payload}\n${JSON.stringify(parts[3])}`)]
}

/** Two small PDF files with a credential in them: places in a table, and packed. */
export function pdfs(): Uint8Array[] {
  const credential = '{"payload":"e30","signatures":[]}'
  const packed = latin(deflateSync(credential).toString('latin1'))
  const make = (stream: string, entries: string) => {
    const objects = [
      '<< /Type /Catalog /Names << /EmbeddedFiles 2 0 R >> /AF [4 0 R] >>',
      '<< /Kids [3 0 R] >>',
      '<< /Names [(a) 4 0 R] >>',
      '<< /Type /Filespec /F (a.json) /UF <FEFF0061002E006A0073006F006E> /EF << /F 5 0 R >> >>',
      `<< /Length ${stream.length} ${entries} >>\nstream\n${stream}\nendstream`,
    ]
    let body = '%PDF-1.7\n'
    let table = `xref\n0 6\n0000000000 65535 f \n`
    for (const [index, object] of objects.entries()) {
      table += `${String(body.length).padStart(10, '0')} 00000 n \n`
      body += `${index + 1} 0 obj\n${object}\nendobj\n`
    }
    return latin(`${body}${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`)
  }
  return [make(credential, ''), make(String.fromCharCode(...packed), '/Filter /FlateDecode /DecodeParms << /Predictor 1 >>')]
}

/** Archives. */
export const zips = () => [
  writeZip([{ name: 'a.json', bytes: utf8.encode('{"type":"VerifiableCredential"}') }]),
  writeZip(['a', 'b/c', '__MACOSX/x'].map((name) => ({ name, bytes: utf8.encode(name.repeat(50)) }))),
]

/** Payloads of status lists, of both kinds. */
export async function statusLists(): Promise<Uint8Array[]> {
  const encodedList = await compressBits(bitsFrom(131_072, [1, 5000]))
  const subject = { id: 'urn:x#list', type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList }
  const dated = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-01-02T00:00:00Z' }
  const bitstring = {
    id: 'https://a.example/1',
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: 'https://a.example',
    ...dated,
  }
  const token = { address: 'https://a.example/1', issuedAt: dated.validFrom, expiresAt: dated.validUntil, ttl: 60 }
  const lists = await Promise.all(
    ([1, 2, 8] as const).map((bits) => composeTokenStatusList({ ...token, bits, statuses: packStatuses(bits, 131_072, [[7, 1]]) })),
  )
  return [JSON.stringify({ ...bitstring, credentialSubject: subject }), ...lists].map((text) => utf8.encode(text))
}

/** A workbook of one sheet, whose XML is given. */
export function workbook(sheet: string): Uint8Array {
  const open = (kind: string) => `http://schemas.openxmlformats.org/${kind}`
  const relation = (type: string, target: string) =>
    `<?xml version="1.0"?><Relationships xmlns="${open('package/2006/relationships')}"><Relationship Id="r1" Type="${open('officeDocument/2006/relationships')}/${type}" Target="${target}"/></Relationships>`
  return makeZip([
    {
      name: '[Content_Types].xml',
      text: `<?xml version="1.0"?><Types xmlns="${open('package/2006/content-types')}"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    { name: '_rels/.rels', text: relation('officeDocument', 'xl/workbook.xml') },
    {
      name: 'xl/workbook.xml',
      text: `<?xml version="1.0"?><workbook xmlns="${open('spreadsheetml/2006/main')}" xmlns:r="${open('officeDocument/2006/relationships')}"><sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', text: relation('worksheet', 'worksheets/sheet1.xml') },
    { name: 'xl/worksheets/sheet1.xml', text: sheet },
  ])
}

/** Seals with unsigned properties in lines: what is signed, then each property for itself. */
export function unsignedParts(): Uint8Array[] {
  return published(['jades', 'elm/samples'], ['.json', '.jsonld']).flatMap((bytes) => {
    try {
      const { payload, signatures, ...flat } = JSON.parse(new TextDecoder().decode(bytes))
      const { protected: head, signature, header } = signatures?.[0] ?? flat
      const parts = (header.etsiU as unknown[]).map((part) =>
        typeof part === 'string' ? Buffer.from(part, 'base64url').toString() : JSON.stringify(part),
      )
      return [utf8.encode([JSON.stringify({ payload, protected: head, signature }), ...parts].join('\n'))]
    } catch {
      return []
    }
  })
}

let selective: Promise<JsonObject> | undefined
/** A badge with a proof from which something was left out (ecdsa-sd-2023). */
export function selectiveBadge(): Promise<JsonObject> {
  selective ??= makeSelectiveBadge()
  return selective
}

async function makeSelectiveBadge(): Promise<JsonObject> {
  const [issuer, local] = [makeTokenKey('ES256'), makeTokenKey('ES256')]
  const spkiOf = (key: KeyObject) => new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  const [did, ofLocal] = [issuer, local].map(({ privateKey }) => didKeyOfSpki(spkiOf(privateKey))!) as [string, string]
  const badge = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: did,
    name: 'Climate',
    credentialSubject: { id: 'urn:x', name: 'Ana' },
  }
  const base = await createSelectiveProof(badge, {
    verificationMethod: `${did}#${did.slice(8)}`,
    created: '2026-05-13T10:00:00Z',
    sign: issuer.sign,
    hmacKey: new Uint8Array(32).fill(7),
    local: { publicKey: fromMultibase(ofLocal.slice(8))!, sign: local.sign },
    mandatoryPointers: ['/issuer'],
  })
  return deriveProof(base, ['/credentialSubject'])
}

/** PKCS#12 files: one that is not encrypted at all, and, where OpenSSL is at hand, one as it writes them. */
export function keyFiles(): Uint8Array[] {
  const key = new Uint8Array(leaf.privateKey.export({ type: 'pkcs8', format: 'der' }))
  const sequence = (...parts: Uint8Array[]) => element(0x30, ...parts)
  const bag = (last: number, value: Uint8Array) => sequence(objectIdentifier(`1.2.840.113549.1.12.10.1.${last}`), element(0xa0, value))
  const data = (bytes: Uint8Array) => sequence(objectIdentifier('1.2.840.113549.1.7.1'), element(0xa0, element(0x04, bytes)))
  const certificate = sequence(objectIdentifier('1.2.840.113549.1.9.22.1'), element(0xa0, element(0x04, leaf.certificate)))
  const plain = sequence(element(0x02, Uint8Array.of(3)), data(sequence(data(sequence(bag(1, key), bag(3, certificate))))))
  const pem = (label: string, der: Uint8Array) =>
    `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`
  const made = spawnSync('openssl', ['pkcs12', '-export', '-passout', 'pass:x', '-iter', '10'], {
    input: pem('PRIVATE KEY', key) + pem('CERTIFICATE', leaf.certificate),
  })
  return made.status === 0 ? [plain, new Uint8Array(made.stdout)] : [plain]
}
