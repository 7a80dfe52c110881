import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bakePng, pngLimits, unbakePng } from './bake-png.ts'
import { bakeSvg, unbakeSvg } from './bake-svg.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors/openbadges')
const utf8 = new TextEncoder()
const crc = (bytes: Buffer) => {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, sum])
}
function png(width: number, height: number, ...more: Buffer[]): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return new Uint8Array(
    Buffer.concat([head, chunk('IHDR', header), ...more, chunk('IDAT', deflateSync(Buffer.alloc(5))), chunk('IEND', Buffer.alloc(0))]),
  )
}
const packed = (text: string | Buffer) =>
  chunk('iTXt', Buffer.concat([Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'), deflateSync(text)]))

describe('PNG', () => {
  test('what is baked is unbaked, and baking again replaces', async () => {
    const once = bakePng(png(1, 1), '{"name":"Météo"}')
    expect(await unbakePng(once)).toBe('{"name":"Météo"}')
    expect(await unbakePng(bakePng(once, 'a.b.c'))).toBe('a.b.c')
  })
  test('a packed credential is read', async () => expect(await unbakePng(png(1, 1, packed('{"a":1}')))).toBe('{"a":1}'))
  test('R-LIM-1: a packed credential that unpacks to more than a credential is refused', async () =>
    expect(unbakePng(png(1, 1, packed(Buffer.alloc(pngLimits.credential + 1, 32))))).rejects.toThrow('picture.too-large'))
  test('R-LIM-1: more than 16.7 million pixels and more than 5 MiB are refused', async () => {
    await expect(unbakePng(png(5000, 5000, packed('{}')))).rejects.toThrow('picture.too-large')
    await expect(unbakePng(new Uint8Array(pngLimits.bytes + 1))).rejects.toThrow('picture.too-large')
  })
  test('two credentials in one picture are refused, and none is said', async () => {
    await expect(unbakePng(png(1, 1, packed('{}'), packed('{"x":1}')))).rejects.toThrow('more than one')
    await expect(unbakePng(png(1, 1))).rejects.toThrow('picture.no-credential')
  })
  test('R-FUZZ: nothing but a problem comes of other bytes, and a changed byte is noticed', async () => {
    const good = bakePng(png(1, 1), '{"name":"x"}')
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bad = good.slice()
        bad[at]! ^= by
        await expect(unbakePng(bad)).rejects.toThrow('picture.')
      }),
      { numRuns: 400 },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await expect(unbakePng(Uint8Array.of(...good.slice(0, 8), ...bytes))).rejects.toThrow('picture.')
      }),
    )
  })
  test.skipIf(!existsSync(vectors))('a published badge (needs ../shared/vectors)', async () =>
    expect(JSON.parse(await unbakePng(new Uint8Array(readFileSync(path.join(vectors, 'v3/simple-json.png')))))).toHaveProperty('proof'),
  )
})

describe('SVG', () => {
  const svg = utf8.encode('<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg"><g id=\'x\'/></svg>\n')
  test('what is baked is unbaked, and baking again replaces', () => {
    for (const credential of ['{"a":"]]> & < Météo"}', 'aa.bb.cc']) {
      const once = bakeSvg(svg, credential)
      expect(unbakeSvg(once)).toBe(credential)
      expect(unbakeSvg(bakeSvg(once, '{"b":2}'))).toBe('{"b":2}')
    }
  })
  const read = (inside: string, before = '') =>
    unbakeSvg(utf8.encode(`${before}<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0">${inside}</svg>`))
  test('by namespace and not by prefix', () => {
    expect(read('<o:credential>{&quot;a&quot;:1}</o:credential>')).toBe('{"a":1}')
    expect(() => read('<openbadges:credential xmlns:openbadges="urn:x">{}</openbadges:credential>')).toThrow('picture.no-credential')
  })
  test.each([
    ['an internal subset', '<!DOCTYPE svg [<!ENTITY x "y">]>', '<o:credential>{}</o:credential>'],
    ['an entity', '', '<o:credential>&x;</o:credential>'],
    ['two credentials', '', '<o:credential>{}</o:credential><o:credential>{}</o:credential>'],
    ['elements inside', '', '<o:credential><script/></o:credential>'],
    ['elements that do not fit', '', '<o:credential>{}</o:other>'],
    ['deep nesting', '', '<g>'.repeat(300)],
  ])('R-SVG-1: %s is refused', (_, before, inside) => expect(() => read(inside, before)).toThrow('picture.unreadable'))
  test('R-FUZZ: nothing but a problem comes of other text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<',
            '>',
            '/',
            'o:credential',
            ' verify="a.b.c"',
            '<!--',
            '-->',
            '<![CDATA[',
            ']]>',
            '&amp;',
            'x',
            '"',
            '<g',
            '</g>',
          ),
        ),
        (parts) => {
          try {
            read(parts.join(''))
          } catch (error) {
            expect(String(error)).toContain('picture.')
          }
        },
      ),
    )
  })
  test.skipIf(!existsSync(vectors))('a published badge (needs ../shared/vectors)', () =>
    expect(unbakeSvg(new Uint8Array(readFileSync(path.join(vectors, 'v3/simple-jwt.svg')))).split('.')).toHaveLength(3),
  )
})
