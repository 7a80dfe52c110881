import { ProblemError } from '@cairn/core'
import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { largestBadge, readBadge, renderBadge } from './read-badge.ts'

const drawing = (inside: string, more = '') =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100" ${more}>${inside}</svg>`,
  )
const circle = '<circle cx="50" cy="50" r="40" fill="#2f6f5e"/>'
const head = (base64: string) => Buffer.from(base64, 'base64')
/** A JPEG of 16 by 8 dots in one colour, #2f6f5e. */
const jpeg =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQApn/2Q=='
const refusal = async (file: Uint8Array) =>
  readBadge(file).then(
    () => 'taken',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  )

test('R-UP-2: a PNG, a JPEG and a drawing all become a PNG of at most 60 KB', async () => {
  const noise = Array.from({ length: 4000 }, (_, at) => {
    const dot = (at * 2654435761) >>> 8
    return `<rect x="${at % 100}" y="${dot % 100}" width="3" height="3" fill="#${(dot % 0xffffff).toString(16).padStart(6, '0')}"/>`
  }).join('')
  const photo = new Resvg(drawing(noise).toString(), { fitTo: { mode: 'width', value: 1200 } }).render().asPng()
  expect(photo.length).toBeGreaterThan(largestBadge)
  for (const file of [
    photo,
    drawing(circle),
    drawing(`<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs><rect width="100" height="100" fill="url(#g)"/>`),
  ]) {
    const png = head(await readBadge(file))
    expect(png.readUInt32BE(0)).toBe(0x89504e47)
    expect(png.length).toBeLessThanOrEqual(largestBadge)
  }
  const png = head(await readBadge(head(jpeg)))
  const { width, height, pixels } = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><image width="16" height="16" href="data:image/png;base64,${png.toString('base64')}"/></svg>`,
  ).render()
  const middle = ((height / 2) * width + width / 2) * 4
  expect(Math.abs(pixels[middle]! - 0x2f)).toBeLessThan(12)
  expect(pixels[3]).toBe(0)
})

test('R-SVG: a drawing that reaches outside itself, runs something, or unfolds without end is refused', async () => {
  for (const inside of [
    '<script>alert(1)</script>',
    '<image href="file:///etc/hostname" width="9" height="9"/>',
    '<s:image xmlns:s="http://www.w3.org/2000/svg" xlink:href="/etc/hostname.png"/>',
    '<use xlink:href="other.svg#a"/>',
    '<use href="&#x68;ttps://elsewhere.example/a.svg#b"/>',
    '<foreignObject/>',
    `<g onload="x()">${circle}</g>`,
    '<style>@import "x.css";</style>',
    '<rect fill="url(https://elsewhere.example/a)"/>',
    '<filter id="f"><feImage href="#a"/></filter>',
    Array.from({ length: 9 }, (_, at) => `<g id="a${at + 1}"><use href="#a${at}"/><use href="#a${at}"/></g>`).join(''),
    '<pattern id="a"><rect fill="url(#b)"/></pattern><pattern id="b"><rect fill="url(#a)"/></pattern>',
  ])
    expect(await refusal(drawing(circle + inside)), inside).toBe('badge.not-safe')
  const bomb = Buffer.from(`<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${drawing(circle)}`)
  expect(await refusal(bomb)).toBe('badge.not-safe')
})

test('R-SVG: a drawing that would keep a core or the memory busy is refused, or drawn small, at once', async () => {
  const from = process.cpuUsage()
  for (const inside of [
    '<filter id="f"><feMorphology operator="dilate" radius="50"/></filter><rect width="100" height="100" filter="url(#f)"/>',
    `<g style="${'filter:blur(9px) '.repeat(200)}">${circle}</g>`,
    `<g opacity=".9">${circle}</g>`.repeat(3000),
    `<style>.a{mix-blend-mode:luminosity}</style>${'<rect class="a" width="9" height="9"/>'.repeat(3000)}`,
  ])
    expect(await refusal(drawing(circle + inside)), inside.slice(0, 60)).toBe('badge.not-safe')
  const strip = (width: number, height: number) =>
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/></svg>`)
  for (const [width, height] of [
    [20_000, 20_000],
    [100, 1],
    [1, 100],
  ] as const) {
    const png = head(await readBadge(strip(width, height)))
    expect(Math.max(png.readUInt32BE(16), png.readUInt32BE(20)), `${width} by ${height}`).toBe(512)
  }
  for (const [width, height] of [
    [1, 20_000],
    [20_000, 1],
    [1, 2_000_000_000],
  ] as const)
    expect(await refusal(strip(width, height)), `${width} by ${height}`).toBe('badge.unreadable')
  expect(process.cpuUsage(from).user / 1e6, 'seconds of CPU').toBeLessThan(4)
})

test('what is no picture, an empty one, and one of too many dots are refused in words', async () => {
  expect(await refusal(Buffer.from('not a picture at all'))).toBe('badge.unreadable')
  expect(await refusal(drawing(''))).toBe('badge.unreadable')
  expect(await refusal(Buffer.alloc(2_000_001))).toBe('input.too-large')
  const png = Buffer.from(new Resvg(drawing(circle).toString()).render().asPng())
  png.writeUInt32BE(100_000, 16)
  png.writeUInt32BE(100_000, 20)
  expect(await refusal(png)).toBe('input.too-large')
  const torn = Buffer.from(new Resvg(drawing(circle).toString()).render().asPng()).subarray(0, 60)
  expect(await refusal(torn)).toBe('badge.unreadable')
})

test('a designed badge is a light PNG, with an icon or with a logo that is looked at as any picture', async () => {
  const design = { shape: 'shield', colour: 'blue', icon: 'book' } as const
  const plain = Buffer.from(await renderBadge(design), 'base64')
  const logo = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10z" fill="#c00"/></svg>')
  const withLogo = Buffer.from(await renderBadge(design, logo), 'base64')
  for (const png of [plain, withLogo]) {
    expect([png.readUInt32BE(0), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([0x89504e47, 512, 512])
    expect(png.length).toBeLessThan(largestBadge)
  }
  expect(plain.equals(withLogo)).toBe(false)
  await expect(renderBadge(design, Buffer.from('<svg><script>1</script></svg>'))).rejects.toThrowError(/badge.not-safe/)
})

test('R-UP-2: a logo of 20,000 dots a side is refused before it is unpacked', async () => {
  const head = Buffer.alloc(64)
  head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  for (const [width, height] of [
    [20_000, 20_000],
    [20_000, 10],
  ] as const) {
    head.writeUInt32BE(width, 16)
    head.writeUInt32BE(height, 20)
    await expect(readBadge(head)).rejects.toThrowError(/input.too-large/)
  }
})
