/** Several in one: opened within bounds, and each judged by itself. */
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { partsOf } from './parts-of.ts'

/** An archive made by hand, so that every field can be wrong. */
function zip(files: { name: string; content: Uint8Array; method?: number; flags?: number }[]): Uint8Array {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, method = 8, flags = 0 } of files) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const title = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, title, packed)
    central.push(entry, title)
    offset += 30 + title.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...locals, ...central, end]))
}
const text = (value: string) => new TextEncoder().encode(value)
const said = async (bytes: Uint8Array) => (await partsOf(bytes)).map(({ name, bytes: each }) => [name, new TextDecoder().decode(each)])

test('files of an archive, packed and not, without what systems add', async () => {
  const archive = zip([
    { name: 'a/', content: text(''), method: 0 },
    { name: 'a/one.json', content: text('{"one":1}') },
    { name: 'two.jwt', content: text('x.y.z'), method: 0 },
    { name: '__MACOSX/a/._one.json', content: text('') },
    { name: '.DS_Store', content: text('') },
  ])
  expect(await said(archive)).toEqual([
    ['a/one.json', '{"one":1}'],
    ['two.jwt', 'x.y.z'],
  ])
})

test('R-LIM-1: what unpacks to too much, too many files, encrypted files and broken archives are refused', async () => {
  const zeros = new Uint8Array(11 * 1024 * 1024)
  const problem = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) })
  await expect(partsOf(zip([{ name: 'bomb', content: zeros }]))).rejects.toEqual(problem('input.too-large'))
  const nine = zeros.subarray(0, 9 * 1024 * 1024)
  await expect(partsOf(zip(['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, content: nine }))))).rejects.toEqual(problem('input.too-large'))
  await expect(partsOf(zip(Array.from({ length: 101 }, (_, at) => ({ name: `${at}`, content: text('x') }))))).rejects.toEqual(
    problem('input.too-large'),
  )
  await expect(partsOf(zip([{ name: 'a', content: text('x'), flags: 1 }]))).rejects.toEqual(problem('format.unreadable'))
  const whole = zip([{ name: 'a', content: text('hello hello hello') }])
  for (let at = 4; at < whole.length; at++) {
    const broken = whole.slice()
    broken[at]! ^= 0xff
    await partsOf(broken).catch((error: unknown) => expect(error).toEqual(expect.objectContaining({ problem: expect.anything() })))
    await partsOf(whole.slice(0, at)).catch((error: unknown) =>
      expect(error).toEqual(expect.objectContaining({ problem: expect.anything() })),
    )
  }
})

test('credentials of a presentation: objects, enveloped ones and tokens; as JSON and as JWT', async () => {
  const credential = { type: ['VerifiableCredential'], id: 'urn:x' }
  const presentation = {
    type: ['VerifiablePresentation'],
    verifiableCredential: [credential, { type: 'EnvelopedVerifiableCredential', id: 'data:application/vc+jwt,aaa.bbb.ccc' }, 'd.e.f'],
  }
  const expected = [
    ['1', JSON.stringify(credential)],
    ['2', 'aaa.bbb.ccc'],
    ['3', 'd.e.f'],
  ]
  expect(await said(text(JSON.stringify(presentation)))).toEqual(expected)
  const token = (payload: object) => text(`e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`)
  expect(await said(token({ vp: presentation }))).toEqual(expected)
  expect(await said(token(presentation))).toEqual(expected)
  await expect(partsOf(text('{"type":"VerifiablePresentation"}'))).rejects.toThrow(/no credential/)
})

test('anything else is one part: itself', async () => {
  expect(await said(text('{"payload":"x"}'))).toEqual([['', '{"payload":"x"}']])
})
