import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { embeddedFiles } from './embedded-files.ts'

type Objects = Record<number, string | Buffer>
const bytesOf = (text: string) => Buffer.from(text, 'latin1')

/** A document with a classic table; `previous` continues it as an update. */
function withTable(objects: Objects, root = 1, previous?: Buffer, extra = ''): Buffer {
  let body = previous ?? bytesOf('%PDF-1.7\n')
  let table = 'xref\n'
  for (const [number, content] of Object.entries(objects)) {
    table += `${number} 1\n${String(body.length).padStart(10, '0')} 00000 n \n`
    body = Buffer.concat([body, bytesOf(`${number} 0 obj\n`), Buffer.isBuffer(content) ? content : bytesOf(content), bytesOf('\nendobj\n')])
  }
  const before = previous ? `/Prev ${/startxref\s+(\d+)/.exec(previous.toString('latin1').slice(-60))![1]}` : ''
  return Buffer.concat([
    body,
    bytesOf(`${table}trailer\n<< /Size 99 /Root ${root} 0 R ${before} ${extra} >>\nstartxref\n${body.length}\n%%EOF\n`),
  ])
}
const stream = (content: string | Buffer, entries = '') => {
  const data = Buffer.isBuffer(content) ? content : bytesOf(content)
  return Buffer.concat([bytesOf(`<< /Length ${data.length} ${entries} >>\nstream\n`), data, bytesOf('\nendstream')])
}
const simple: Objects = {
  1: '<< /Type /Catalog /Names << /EmbeddedFiles 2 0 R >> /AF [4 0 R] >>',
  2: '<< /Kids [3 0 R] >>',
  3: '<< /Names [(a) 4 0 R] >>',
  4: '<< /Type /Filespec /F (a.json) /UF <FEFF0061002E006A0073006F006E> /EF << /F 5 0 R >> >>',
  5: stream('{"a":1}'),
}
const read = async (document: Uint8Array) =>
  (await embeddedFiles(document)).map(({ name, bytes }) => [name, Buffer.from(bytes).toString('latin1')])
const codeOf = async (document: Uint8Array) =>
  embeddedFiles(document).then(
    () => 'read',
    (error) => error.problem?.code ?? 'crash',
  )

test('ISO 32000-1, 7.11.4: a file that is named and associated is found once', async () => {
  expect(await read(withTable(simple))).toEqual([['a.json', '{"a":1}']])
  expect(await read(withTable({ ...simple, 5: stream(deflateSync('{"a":2}'), '/Filter /FlateDecode') }))).toEqual([['a.json', '{"a":2}']])
  expect(await read(withTable({ 1: '<< /Type /Catalog >>' }))).toEqual([])
})

test('7.5.6: an update stands over what it updates', async () => {
  const updated = withTable({ 5: stream('{"a":3}') }, 1, withTable(simple))
  expect(await read(updated)).toEqual([['a.json', '{"a":3}']])
})

test('7.5.7, 7.5.8: places in a stream with a predictor, objects in a stream', async () => {
  const inside = ['<< /Type /Catalog /AF [4 0 R] >>', '<< /F (a.json) /EF << /F 5 0 R >> >>']
  const head = `1 0 4 ${inside[0]!.length + 1} `
  let body = bytesOf('%PDF-1.7\n')
  const places: [number, number, number][] = []
  const add = (number: number, content: Buffer) => {
    places[number] = [1, body.length, 0]
    body = Buffer.concat([body, bytesOf(`${number} 0 obj\n`), content, bytesOf('\nendobj\n')])
  }
  add(5, stream('{"a":4}'))
  add(6, stream(deflateSync(head + inside.join(' ')), `/Type /ObjStm /N 2 /First ${head.length} /Filter /FlateDecode`))
  places[1] = [2, 6, 0]
  places[4] = [2, 6, 1]
  const rows = Array.from({ length: 8 }, (_, number) => {
    const [type, one, two] = places[number] ?? [0, 0, 0]
    return [type, one >> 8, one & 255, two]
  })
  // Predictor 12: each row as the difference from the row above.
  const up = rows.flatMap((row, at) => [2, ...row.map((value, column) => (value - (rows[at - 1]?.[column] ?? 0)) & 255)])
  const start = body.length
  const table = stream(
    deflateSync(Buffer.from(up)),
    '/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>',
  )
  const document = Buffer.concat([body, bytesOf('7 0 obj\n'), table, bytesOf(`\nendobj\nstartxref\n${start}\n%%EOF`)])
  expect(await read(document)).toEqual([['a.json', '{"a":4}']])
})

test('R-LIM-1: what goes in a circle, is encrypted, says two things or unpacks too far is refused', async () => {
  const cases: [string, Buffer][] = [
    ['encrypted', withTable(simple, 1, undefined, '/Encrypt 9 0 R')],
    ['a key twice', withTable({ ...simple, 1: '<< /AF [4 0 R] /AF [] >>' })],
    ['names in a circle', withTable({ ...simple, 3: '<< /Kids [2 0 R] >>' })],
    ['a reference to itself', withTable({ ...simple, 2: '2 0 R' })],
    ['nested too deeply', withTable({ ...simple, 1: `${'['.repeat(60)}${']'.repeat(60)}` })],
    ['an unknown filter', withTable({ ...simple, 5: stream('x', '/Filter /LZWDecode') })],
    ['a stream that does not unpack', withTable({ ...simple, 5: stream('x', '/Filter /FlateDecode') })],
    ['cut off', withTable(simple).subarray(0, 200)],
    ['not where it says', Buffer.from(withTable(simple).toString('latin1').replace('4 0 obj', '8 0 obj'), 'latin1')],
  ]
  for (const [what, document] of cases) expect(await codeOf(document), what).toBe('pdf.unreadable')
  const bomb = stream(deflateSync(Buffer.alloc(20_000_000)), '/Filter /FlateDecode')
  expect(await codeOf(withTable({ ...simple, 5: bomb }))).toBe('input.too-large')
  expect(await codeOf(Buffer.alloc(10 * 1024 * 1024 + 1))).toBe('input.too-large')
})

test('no bytes crash the reader', async () => {
  const good = withTable(simple)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), async (edits) => {
      const changed = Buffer.from(good)
      for (const [at, byte] of edits) changed[at] = byte
      expect(['read', 'pdf.unreadable', 'input.too-large']).toContain(await codeOf(changed))
    }),
    { numRuns: 2000 },
  )
})
