/** Letters that the shipped fonts lack, with a font that was added: on sheets, on pictures, and refused where a file is none. */
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SignedView } from '@cairn/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFonts, fontFiles, fontFilesFor, fontsCover } from './display-fonts.ts'
import { drawFace } from './display-svg.ts'
import { lettersOf } from './font-letters.ts'
import { certificateFace, printable } from './pdf/certificate-face.ts'
import { renderCertificate } from './pdf/render-certificate.ts'

const chinese = fileURLToPath(import.meta.resolve('@expo-google-fonts/zcool-kuaile/400Regular/ZCOOLKuaiLe_400Regular.ttf'))
const name = '王小明'
const view = {
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  title: '气象观测',
  learner: name,
  awardingBody: '气象学院',
  issuer: 'Nanjing 气象学院',
  issued: '2026-05-13T10:00:00Z',
  language: 'en',
  outcomes: ['Reads clouds 云'],
  assessments: [],
  participation: [],
  qualityAssurance: [],
  fields: [],
} as unknown as SignedView
const sheet = () =>
  renderCertificate({ views: [{ language: 'en', view }], sealed: new TextEncoder().encode('{}'), at: '2026-05-13T10:00:00Z' })
const fontsOf = (pdf: Uint8Array) =>
  new Set(
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/BaseFont \/[A-Z]{6}\+[\w-]+/g),
  )

test('R-UNI-1: a letter that no font has is named by its number, on a sheet and in its text', async () => {
  expect(fontsCover(name)).toBe(false)
  expect(printable('王')).toBe('[U+738B]')
  expect([...fontsOf(await sheet())].join()).not.toContain('ZCOOL')
})

test.each([
  ['nowhere.ttf', undefined, 'nowhere.ttf is not there.'],
  ['words.ttf', Buffer.from('These are words and no font at all.'), 'words.ttf is no TrueType or OpenType font.'],
  ['short.ttf', Buffer.from([0, 1, 0, 0]), 'short.ttf is no TrueType or OpenType font.'],
  ['endless.ttc', Buffer.from('ttcf\0\u0001\0\0\u00ff\u00ff\u00ff\u00ff', 'latin1'), 'endless.ttc is no TrueType or OpenType font.'],
])('%s is refused, and nothing is added', (file, bytes, detail) => {
  const place = path.join(tmpdir(), file)
  if (bytes) writeFileSync(place, bytes)
  expect(() => addFonts([chinese, place])).toThrow(expect.objectContaining({ problem: { code: 'input.file-unreadable', detail } }))
  expect(fontsCover(name)).toBe(false)
})

/** A collection (OpenType, `ttcf`) of one font, whose tables lie further back by its head. */
function collectionOf(font: Buffer): Buffer {
  const head = Buffer.alloc(16)
  head.write('ttcf', 'latin1')
  head.writeUInt32BE(0x00010000, 4)
  head.writeUInt32BE(1, 8)
  head.writeUInt32BE(head.length, 12)
  const moved = Buffer.from(font)
  for (let n = 0; n < moved.readUInt16BE(4); n++) moved.writeUInt32BE(moved.readUInt32BE(20 + n * 16) + head.length, 20 + n * 16)
  return Buffer.concat([head, moved])
}

test('a font in a collection has its letters, and sets them', async () => {
  const font = readFileSync(chinese)
  const collection = path.join(tmpdir(), 'collection.ttc')
  writeFileSync(collection, collectionOf(font))
  expect(lettersOf(readFileSync(collection))).toEqual(lettersOf(font))
  addFonts([collection])
  expect([...fontsOf(await sheet())].join()).toContain('ZCOOL')
  addFonts([])
})

test('a line is broken between letters of a script without blanks, and not before its punctuation', () => {
  const title = '高空气象观测，与地面气象观测及其质量保证的基本方法和实践'
  const svg = drawFace({
    language: 'zh',
    title,
    awardingBody: 'Institute of weather',
    stone: { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>' },
  })
  const lines = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!)
  expect(lines.join('')).toBe(`${title}Institute of weather`)
  expect(lines.length).toBeGreaterThan(2)
  expect(lines.some((line) => line.startsWith('，'))).toBe(false)
})

test('R-UNI-1: an added font sets them, on its own sheets alone', async () => {
  addFonts([chinese])
  expect(fontsCover(name)).toBe(true)
  expect(certificateFace(view, 'en', true).learner.text).toBe(name)
  expect(fontFilesFor('Ana Nováková')).toBe(fontFiles)
  expect(fontFilesFor(`Ana ${name}`)).toEqual([...fontFiles, chinese])
  expect([...fontsOf(await sheet())].join()).toContain('ZCOOL')
})
beforeAll(() => addFonts([]))
afterAll(() => addFonts([]))
