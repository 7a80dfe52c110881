/** What people upload and type in, fuzzed: tables, workbooks, key files, mail addresses, mails that came back, records of trust. */
import { MailAddress, ProblemError, parseJson, readRecognitionCase, TrustEntry } from '@cairn/core'
import { importPkcs12 } from '@cairn/keys'
import { readTable } from '@cairn/sheets'
import { deliveryReport } from '@cairn/testkit'
import addresses from 'nodemailer/lib/addressparser'
import { readReturn } from '../../apps/server/src/mail/read-return.ts'
import { inspectWorkbook } from '../../packages/sheets/src/workbook/inspect-workbook.ts'
import { textOf, utf8 } from './judge.ts'
import type { Target } from './target.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const cell = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
const sheet = (rows: string) => `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`

/** A program that sends mail has to see the one recipient that was checked, and no header can begin in it (R-MAIL-1). */
function checkAddress(text: string): void {
  if (!MailAddress.safeParse(text).success) throw new ProblemError('input.invalid', 'No address.')
  const seen = addresses(text, { flatten: true })
  if (seen.length !== 1 || seen[0]!.address !== text) throw new Error(`Sent to ${JSON.stringify(seen)}.`)
  if (/[\p{Cc}\p{Cf}\p{Z}]/u.test(text)) throw new Error('An address holds what cannot be seen.')
}

export const uploadTargets: Readonly<Record<string, Target>> = {
  sheet: {
    kind: 'bytes',
    seeds: () => [utf8.encode('givenName;familyName;awardDate\n"Ana ""B""";Novák;2026-05-12\n'), utf8.encode('sep=,\na,b\r\n=1,"x\ny"')],
    read: (bytes) => readTable(bytes),
  },
  workbook: {
    kind: 'bytes',
    seeds: ({ workbook }) => [workbook(sheet(`<row r="1">${cell('A1', 'givenName')}</row>`))],
    read: inspectWorkbook,
  },
  'workbook-inside': {
    kind: 'bytes',
    seeds: () =>
      [
        `<row r="1">${cell('A1', 'givenName')}${cell('B1', 'awardDate')}</row><row r="2">${cell('A2', 'Ana')}<c r="B2" s="1"><v>46154</v></c></row>`,
        `<row><c t="str"><f>HYPERLINK("https://a.example","x")</f><v>seen</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="s"><v>9</v></c></row>`,
      ].map((rows) => utf8.encode(sheet(rows))),
    read: async (bytes) => readTable((await import('./seeds.ts')).workbook(textOf(bytes))),
  },
  'mail-address': {
    kind: 'bytes',
    seeds: () =>
      ['ana@example.org', 'a.b+c@d.e-f.example', 'ž@dóména.example', '"a b"@example.org', 'a@[127.0.0.1]'].map((each) => utf8.encode(each)),
    read: (bytes) => checkAddress(textOf(bytes)),
  },
  'mail-returned': {
    kind: 'bytes',
    seeds: () => [
      utf8.encode(deliveryReport('Final-Recipient: rfc822; ana@example.org\r\nAction: failed\r\nStatus: 5.1.1')),
      utf8.encode(deliveryReport('Action: delayed\r\nStatus: 4.4.1', { kind: 'message/global-delivery-status' })),
      utf8.encode('X-Failed-Recipients: ana@example.org\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\nSorry.'),
    ],
    read: async (bytes) => {
      const status = await readReturn(bytes)
      if (status !== undefined && !/^5\.\d{1,3}\.\d{1,3}$/.test(status)) throw new Error(`Kept as ${JSON.stringify(status)}.`)
    },
  },
  pkcs12: { kind: 'bytes', seeds: ({ keyFiles }) => keyFiles(), read: (bytes) => importPkcs12(bytes, 'x') },
  'trust-entry': {
    kind: 'json',
    seeds: () => [
      utf8.encode(
        '{"id":"https://a.example","legalName":"A","organizationIdentifier":"VATXX-1","keys":["did:key:z6Mk"],"types":["*"],"from":"2020-01-01","to":null,"logRequired":false}',
      ),
    ],
    read: (bytes) => {
      if (!TrustEntry.safeParse(parseJson(bytes)).success) throw new ProblemError('input.invalid', 'No entry.')
    },
  },
  'recognition-case': {
    kind: 'json',
    seeds: () => [
      utf8.encode(
        '{"learner":{"id":"l"},"policy":"p","at":"2026-05-12","credentials":[{"id":"c","title":"T","issuer":{"id":"i","country":"CZ"},"ects":3,"level":5,"outcomes":[{"title":"o"}],"status":"valid"}]}',
      ),
    ],
    read: (bytes) => readRecognitionCase(parseJson(bytes)),
  },
}
