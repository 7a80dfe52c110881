import { ProblemError } from '@cairn/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'
import { parseCsv } from './parse-csv.ts'
import { readSheet } from './read-sheet.ts'
import { writeCsv } from './write-csv.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const codeOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
  return 'nothing raised'
}
/** Text in an encoding of one byte a letter, by turning the decoder round. */
function inOneByte(text: string, encoding: 'windows-1250' | 'windows-1252'): Uint8Array {
  const table = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, n) => n))
  return Uint8Array.from([...text], (char) => {
    const at = table.indexOf(char)
    if (at < 0) throw new Error(`${char} is not in ${encoding}`)
    return at
  })
}
const utf16 = (text: string, big: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return new Uint8Array(big ? bytes.swap16() : bytes)
}

const table = 'jméno;příjmení\r\nŽofie;Dvořáková\r\n'
test.each([
  ['utf-8', utf8(table)],
  ['utf-8', utf8(`\ufeff${table}`)],
  ['utf-16le', utf16(table, false)],
  ['utf-16be', utf16(table, true)],
  ['windows-1250', inOneByte(table, 'windows-1250')],
] as const)('R-CSV-2: %s is read and named', (encoding, bytes) => {
  const sheet = readSheet(bytes)
  expect(sheet).toEqual({ encoding, separator: ';', header: ['jméno', 'příjmení'], rows: [{ n: 1, cells: ['Žofie', 'Dvořáková'] }] })
})

test.each([
  ['windows-1250', 'Jiří Kučera, Růžena Němcová, Ondřej Dvořák'],
  ['windows-1250', 'Łukasz Wójcik, Małgorzata Żółć, Gdańsk'],
  ['windows-1250', 'Erdős Pál, Szőke Gyűrű'],
  ['windows-1250', 'Čaputová, Đorđević, Živković'],
  ['windows-1252', 'Hélène Lefèvre, François Noël, Thérèse'],
  ['windows-1252', 'Søren Bjørn Ærø, Åse Sæther, Jørgen'],
  ['windows-1252', 'Muñoz Peña, José Núñez'],
  ['windows-1252', 'João Conceição, Gonçalves'],
  ['windows-1252', 'Luís de Camões'],
  ['windows-1252', 'Müller, Groß, Schäfer'],
] as const)('an old %s file is told from the other by its letters: %s', (encoding, text) => {
  expect(decodeText(inOneByte(text, encoding)).text).toBe(text)
})

test.each([',', ';', '\t'] as const)('separator %j is found, quoted line breaks and quotation marks are kept', (separator) => {
  const text = `givenName${separator}note${separator}grade\n"Ana"${separator}"first; second,\tthird\r\n""said"""${separator}A\nBo${separator}${separator}B`
  const sheet = readSheet(utf8(text))
  expect(sheet.separator).toBe(separator)
  expect(sheet.rows.map((row) => row.cells)).toEqual([
    ['Ana', 'first; second,\tthird\r\n"said"', 'A'],
    ['Bo', '', 'B'],
  ])
})

test('line ends of every kind, empty rows that keep their number, short and overlong rows', () => {
  const sheet = readSheet(utf8('a,b\r\n1,2\n\r\n,\r3\r\n4,5,,\n6,7,8\n'))
  expect(sheet.rows).toEqual([
    { n: 1, cells: ['1', '2'] },
    { n: 4, cells: ['3', ''] },
    { n: 5, cells: ['4', '5'] },
    { n: 6, cells: ['6', '7', '8'] },
  ])
})

test('sep= of Excel, one column, and a header alone', () => {
  expect(readSheet(utf8('sep=;\r\na;b\r\n1,5;2\r\n')).rows[0]!.cells).toEqual(['1,5', '2'])
  expect(readSheet(utf8('fullName\nAna\n')).rows[0]!.cells).toEqual(['Ana'])
  expect(readSheet(utf8('a,b\n')).rows).toEqual([])
})

test('what is no table is named', () => {
  expect(codeOf(() => readSheet(new Uint8Array()))).toBe('sheet.unreadable')
  expect(codeOf(() => readSheet(utf8(' ,\n1,2')))).toBe('sheet.unreadable')
  expect(codeOf(() => readSheet(Uint8Array.of(0x50, 0x4b, 3, 4)))).toBe('sheet.unreadable')
  expect(codeOf(() => readSheet(Uint8Array.of(1, 0, 2, 0)))).toBe('sheet.unreadable')
  expect(codeOf(() => readSheet(utf8('a,b\n"open,2\n3,4')))).toBe('sheet.unreadable')
  expect(codeOf(() => readSheet(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff)))).toBe('sheet.unreadable')
  expect(codeOf(() => readSheet(new Uint8Array(41 * 1024 * 1024)))).toBe('input.too-large')
})

test('R-UP-1: 200,000 rows are read, 300,000 are refused', () => {
  expect(readSheet(utf8(`fullName,grade\n${'Ana Novák,A\n'.repeat(200_000)}`)).rows).toHaveLength(200_000)
  expect(codeOf(() => readSheet(utf8(`fullName,grade\n${'Ana Novák,A\n'.repeat(300_000)}`)))).toBe('sheet.too-many-rows')
})

test('R-CSV-1: no cell is written so that a spreadsheet runs it, and the round trip changes nothing', () => {
  const cells = [
    "=cmd|' /C calc'!A0",
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    "'=1",
    "''=1",
    "'t Hart",
    'a=b',
    '"',
    ';,\t',
    '',
  ]
  const text = writeCsv([cells.map((_, n) => `c${n}`), cells])
  for (const cell of parseCsv(text.slice(1), ',')[1]!) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
  expect(readSheet(utf8(text)).rows[0]!.cells).toEqual(cells)
})

test('R-CSV-1, for any cells, separators and line ends', () => {
  const cell = fc.string({
    unit: fc.oneof(
      fc.constantFrom('"', ',', ';', '\t', '\r', '\n', '=', '+', '-', '@', "'", '＝', ' '),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
  })
  const rows = fc.array(fc.tuple(cell, cell, fc.constant('x')), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(rows, fc.constantFrom(',', ';', '\t'), (given, separator) => {
      const text = writeCsv([['one', 'two', 'three'], ...given], separator as ',')
      expect(readSheet(utf8(text), { separator: separator as ',' }).rows.map((row) => row.cells)).toEqual(given)
    }),
    { numRuns: 500 },
  )
})

test('any bytes are a table or a named problem, never a crash', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      codeOf(() => readSheet(bytes))
    }),
    { numRuns: 1000 },
  )
})
