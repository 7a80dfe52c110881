import { expect, test } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { readTable } from '../read-sheet.ts'
import { makeZip, type Part } from '../vectors/make-zip.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const sheetOf = (rows: string) => `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`
/** The parts of a small workbook by hand, so that each can be made hostile. */
const parts = (sheet: string): Part[] => [
  {
    name: '[Content_Types].xml',
    text: '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
  },
  {
    name: '_rels/.rels',
    text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    text: `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  },
  { name: 'xl/worksheets/sheet1.xml', text: sheet },
]
const text = (place: string, value: string) => `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
const simple = sheetOf(
  `<row r="1">${text('A1', 'givenName')}${text('B1', 'familyName')}</row><row r="2">${text('A2', 'Žofie')}${text('B2', 'Ďáblíková')}</row>`,
)
const problemOf = async (bytes: Uint8Array) => {
  const error = await readTable(bytes, { fileName: 'a.xlsx' }).then(
    () => undefined,
    (thrown) => thrown,
  )
  return error?.problem?.code
}

test('a workbook of a spreadsheet program: text, days, numbers, empty cells, a row left out', async () => {
  const buffer = await writeXlsx([
    [{ value: 'Given name' }, { value: 'Date of birth' }, { value: 'Grade' }, { value: 'Number' }],
    [
      { value: 'Nguyễn 李' },
      { value: new Date('1999-05-12T00:00:00Z'), type: Date, format: 'dd.mm.yyyy' },
      { value: 'A' },
      { value: 0.1, type: Number },
    ],
    [null, null, null, null],
    [{ value: '=1+1' }, null, { value: 'B' }, { value: 20260001, type: Number }],
  ] as never).toBuffer()
  const sheet = await readTable(new Uint8Array(buffer), { fileName: 'people.xlsx' })
  expect(sheet).toEqual({
    encoding: 'xlsx',
    header: ['Given name', 'Date of birth', 'Grade', 'Number'],
    rows: [
      { n: 1, cells: ['Nguyễn 李', '1999-05-12', 'A', '0.1'] },
      { n: 3, cells: ['=1+1', '', 'B', '20260001'] },
    ],
  })
})

test('a formula is not run: the value it last had is read', async () => {
  const formula = sheetOf(
    `<row r="1">${text('A1', 'grade')}</row><row r="2"><c r="A2" t="str"><f>HYPERLINK("https://a.example","x")</f><v>seen</v></c></row>`,
  )
  expect((await readTable(makeZip(parts(formula)))).rows).toEqual([{ n: 1, cells: ['seen'] }])
})

test('R-UP-1: what no spreadsheet of people needs is refused before anything is unpacked', async () => {
  expect((await readTable(makeZip(parts(simple)))).rows).toEqual([{ n: 1, cells: ['Žofie', 'Ďáblíková'] }])
  const all = parts(simple)
  const wide = sheetOf(`<row r="1">${Array.from({ length: 300 }, (_, at) => `<c t="inlineStr"><is><t>c${at}</t></is></c>`).join('')}</row>`)
  const cases: [string, Part[], string][] = [
    ['macros', [...all, { name: 'xl/vbaProject.bin', text: 'x' }], 'sheet.unreadable'],
    ['a link to another file', [...all, { name: 'xl/externalLinks/externalLink1.xml', text: '<a/>' }], 'sheet.unreadable'],
    ['a document type', parts(`<!DOCTYPE a [<!ENTITY b "c">]>${simple}`), 'sheet.unreadable'],
    ['a bomb', [...all, { name: 'xl/media/a.xml', text: Buffer.alloc(20_000_000, 32) }], 'sheet.unreadable'],
    [
      'an unpacked size that is a lie',
      [...all, { name: 'xl/media/a.xml', text: Buffer.alloc(120_000_000, 32), claims: 10 }],
      'input.too-large',
    ],
    ['201 parts', [...all, ...Array.from({ length: 200 }, (_, at) => ({ name: `xl/media/${at}.xml`, text: 'a' }))], 'sheet.unreadable'],
    ['a part twice', [...all, { name: 'XL/workbook.xml', text: '<a/>' }], 'sheet.unreadable'],
    ['a password', [...all, { name: 'xl/a.xml', text: 'a', flags: 1 }], 'sheet.unreadable'],
    ['300 columns', parts(wide), 'sheet.unreadable'],
    ['no workbook', [{ name: 'word/document.xml', text: '<a/>' }], 'sheet.unreadable'],
  ]
  for (const [what, given, code] of cases) expect(await problemOf(makeZip(given)), what).toBe(code)
  const whole = makeZip(all)
  expect(await problemOf(whole.subarray(0, whole.length - 30))).toBe('sheet.unreadable')
  expect(await problemOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]))).toBe('sheet.unreadable')
  expect(await problemOf(new Uint8Array(10 * 1024 * 1024 + 1).fill(0x50).fill(0x4b, 1, 2))).toBe('input.too-large')
})

test('more than 20,000 rows come as CSV', async () => {
  const rows = Array.from({ length: 20_002 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`).join('')
  expect(await problemOf(makeZip(parts(sheetOf(rows))))).toBe('sheet.too-many-rows')
})
