import type { Edition } from '@cairn/core'
import { AchievementSpecification } from '@cairn/core'
import { bakeSvg, unbakeSvg } from '@cairn/formats'
import { Resvg } from '@resvg/resvg-js'
import jsqr from 'jsqr'
import { expect, test } from 'vitest'
import { drawFace } from './display-svg.ts'
import { type MailData, mailText } from './mail-text.ts'
import { mailWords } from './mail-words.ts'
import { qrSvg } from './qr-svg.ts'
import { renderDisplayDrawing, renderDisplayImages } from './render-display-images.ts'
import { largestPicture, renderFace } from './render-face.ts'

const stone = { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#888"/></svg>' }
const institution = {
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  legalName: { en: 'Lakeside Institute', ar: 'معهد البحيرة' },
  country: 'XX',
  identifiers: [],
  accreditations: [],
  higherEducation: false,
}
const edition = (id: string, title: Record<string, string>, badge?: string): Edition => ({
  id,
  achievement: 'urn:uuid:00000000-0000-4000-8000-000000000002',
  version: 1,
  publishedAt: '2026-05-12T00:00:00Z',
  institution,
  specification: AchievementSpecification.parse({
    id: 'urn:uuid:00000000-0000-4000-8000-000000000003',
    kind: 'badge',
    title,
    primaryLanguage: 'en',
    ...(badge ? { badge } : {}),
  }),
})

test('one picture a language of the title, each under 60 KB, drawn once an edition', async () => {
  const given = edition('00000000-0000-4000-8000-00000000000a', {
    en: 'Climate data',
    ar: 'بيانات المناخ',
    cs: 'Klimatická data',
    zh: '气候数据',
  })
  const images = await renderDisplayImages(given)
  expect(images.map((image) => image.language)).toEqual(['en', 'ar', 'cs', 'zh'])
  for (const { base64, mediaType } of images) {
    expect(mediaType).toBe('image/png')
    const bytes = Buffer.from(base64, 'base64')
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.length).toBeLessThan(largestPicture)
    expect(bytes.readUInt32BE(16)).toBe(800)
  }
  expect(new Set(images.map((image) => image.base64)).size).toBe(4)
  expect(await renderDisplayImages(given)).toBe(images)
})

test('the picture as a drawing has its letters as outlines, and takes a credential in', () => {
  const drawing = renderDisplayDrawing(
    edition('00000000-0000-4000-8000-00000000000e', { en: 'Climate <data> & more', ar: 'بيانات المناخ' }),
  )
  const svg = new TextDecoder().decode(drawing)
  expect(svg).not.toMatch(/<text|font-family|<script|href="http/)
  expect(drawing.length).toBeLessThan(largestPicture)
  const { width, height, pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  // Letters stand in the right half: dark dots without any font at hand.
  const dark = [...pixels.keys()].filter((at) => at % 4 === 0 && (at / 4) % width > width / 2 && pixels[at]! < 100).length
  expect(dark / (width * height)).toBeGreaterThan(0.005)
  expect(unbakeSvg(bakeSvg(drawing, '{"a":1}'))).toBe('{"a":1}')
})

test('R-UP-2: a badge is drawn in place of the stone; one that claims a million dots a side is not', async () => {
  const noise = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">${Array.from({ length: 3000 }, (_, n) => `<rect x="${(n * 37) % 300}" y="${(n * 91) % 300}" width="9" height="7" fill="hsl(${(n * 53) % 360} 80% 50%)"/>`).join('')}</svg>`
  const badge = new Resvg(noise).render().asPng()
  const [withBadge] = await renderDisplayImages(edition('00000000-0000-4000-8000-00000000000b', { en: 'x' }, badge.toString('base64')))
  const [withStone] = await renderDisplayImages(edition('00000000-0000-4000-8000-00000000000c', { en: 'x' }))
  expect(withBadge!.base64).not.toBe(withStone!.base64)
  expect(Buffer.from(withBadge!.base64, 'base64').length).toBeLessThan(largestPicture)
  const bomb = Buffer.from(badge)
  bomb.writeUInt32BE(1_000_000, 16)
  bomb.writeUInt32BE(1_000_000, 20)
  const [refused] = await renderDisplayImages(edition('00000000-0000-4000-8000-00000000000d', { en: 'x' }, bomb.toString('base64')))
  expect(refused!.base64).toBe(withStone!.base64)
})

test('a title is text in the picture, whatever stands in it, and every length fits', async () => {
  const svg = drawFace({ language: 'en', title: '<script>alert(1)</script> & "x"', awardingBody: '</text><image href="http://x"/>', stone })
  expect(svg).not.toContain('<script')
  expect(svg.match(/<image/g)).toBeNull()
  for (const title of ['x', 'a'.repeat(3000), 'wort '.repeat(600), '\u0000\u0008', 'ﷺ'.repeat(50)])
    expect((await renderFace({ language: 'ar', title, awardingBody: title, stone })).length).toBeLessThan(largestPicture)
})

test('text runs from the right in languages that do, and the stone stands on the other side', () => {
  const x = (svg: string) => Number(/<svg x="(\d+)"/.exec(svg)![1])
  const arabic = drawFace({ language: 'ar', title: 'دورة 2026', awardingBody: 'م', stone })
  const english = drawFace({ language: 'en', title: 'Course', awardingBody: 'I', stone })
  expect(arabic).toContain('text-anchor="end"')
  expect(x(arabic)).toBeGreaterThan(x(english))
})

// The package is CommonJS: its types and its module disagree on where the function is.
const readQr = ((jsqr as unknown as { default?: unknown }).default ?? jsqr) as typeof jsqr.default

test('R-QR-1: a QR code is read back by another reader', () => {
  for (const text of ['https://cairn.example/c/abcDEF123', 'x'.repeat(600)]) {
    const starts = [...qrSvg(text).matchAll(/M(\d+) (\d+)h/g)].map(([, x, y]) => Math.min(Number(x), Number(y)))
    expect(Math.min(...starts.filter((start) => start > 0)), 'a quiet zone of four modules').toBe(4)
    const image = new Resvg(qrSvg(text), { fitTo: { mode: 'zoom', value: 6 } }).render()
    expect(readQr(new Uint8ClampedArray(image.pixels), image.width, image.height)?.data).toBe(text)
  }
})

const link = 'https://cairn.example/claim/abc'
const samples: { [Kind in keyof MailData]: MailData[Kind] } = {
  claim: { learner: 'Ana', institution: 'Lakeside Institute', title: 'Climate data', link },
  'sign-in': { link, minutes: 15 },
  invitation: { institution: 'Lakeside Institute', inviter: 'Bo', link },
  revocation: { learner: 'Ana', institution: 'Lakeside Institute', title: 'Climate data', reason: 'error', day: '2026-05-12', link },
  'recognition-received': { learner: 'Ana', institution: 'Lakeside Institute', title: 'Climate data', day: '2026-05-12', link },
  'recognition-question': { learner: 'Ana', institution: 'Lakeside Institute', title: 'Climate data', link },
  'recognition-decided': {
    learner: 'Ana',
    institution: 'Lakeside Institute',
    title: 'Climate data',
    outcome: 'partial',
    day: '2026-05-12',
    link,
  },
  'recognition-reviewed': { learner: 'Ana', institution: 'Lakeside Institute', title: 'Climate data', outcome: 'full', link },
  'batch-sealed': { title: 'Climate data', count: 2000, link },
  'batch-waiting': { title: 'Climate data', count: 2000, moment: '2026-05-12T10:00:00Z', link },
  'key-cap': { key: 'the register', institution: 'X', inHour: 1000, inDay: 4000, link },
  'batch-failed': { title: 'Climate data', link },
  replacement: { learner: 'Ana', institution: 'Lakeside Institute', title: 'Climate data', link },
  expiry: { learner: 'Ana', institution: 'Lakeside Institute', title: 'Climate data', day: '2027-05-12', link },
  'survey-invitation': { institution: 'Expert Team', body: 'Sky Service', title: 'What do you recognise?', day: '2026-05-12', link },
  'survey-reminder': { institution: 'Expert Team', body: 'Sky Service', title: 'What do you recognise?', day: '2026-05-12', link },
  'survey-confirmation': { institution: 'Expert Team', body: 'Sky Service', title: 'What do you recognise?', day: '2026-05-12', link },
  'survey-rules': { body: 'Sky Service', title: 'What do you recognise?', link },
}
const kinds = Object.keys(samples) as (keyof MailData)[]

test.each(Object.keys(mailWords))('mails in %s say everything they are given, on lines of their own for links', (language) => {
  for (const kind of kinds) {
    const { subject, text } = mailText(kind, language, samples[kind] as never)
    expect(`${subject} ${text}`).not.toMatch(/[{}]|undefined/)
    expect(text.split('\n')).toContain(link)
    expect(subject).not.toMatch(/[\r\n]/)
  }
})

test('mails of a survey are written in the languages that it comes with', () => {
  const survey = kinds.filter((kind) => kind.startsWith('survey-'))
  for (const [language, script] of [
    ['ru', /[а-я]{4}/],
    ['zh-CN', /\p{Script=Han}{4}/u],
  ] as const)
    for (const kind of survey) {
      const { subject, text } = mailText(kind, language, samples[kind] as never)
      expect(subject).toMatch(script)
      expect(`${subject} ${text}`).not.toMatch(/[{}]|undefined/)
      expect(text.split('\n')).toContain(link)
    }
  expect(mailText('survey-reminder', 'ru', samples['survey-reminder']).subject).toContain('12 мая 2026')
})

test('R-TPL-1, R-MAIL-1: values are data: no template, no second line in a subject, no turned direction', () => {
  const { subject, text } = mailText('claim', 'en', {
    learner: '{link}',
    institution: 'A\r\nBcc: x@example.org',
    title: '{learner}\u202e',
    link,
  })
  expect(subject).toBe('Your credential from A Bcc: x@example.org')
  expect(text).toContain('Dear {link},')
  expect(text).toContain('awarded you: {learner}.')
  expect(text).not.toContain('\u202e')
})

test('an unknown language is answered in English, a regional one in its language', () => {
  expect(mailText('sign-in', 'xx', samples['sign-in'])).toEqual(mailText('sign-in', 'en', samples['sign-in']))
  expect(mailText('sign-in', 'cs-CZ', samples['sign-in']).subject).toBe('Odkaz k přihlášení')
  expect(mailText('revocation', 'cs', samples.revocation).text).toContain('12. května 2026')
  expect(mailText('claim', 'ar', samples.claim).text).toContain('\u2068Lakeside Institute\u2069')
})
