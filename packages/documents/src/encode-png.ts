/** PNG with a palette (ISO/IEC 15948): drawings of few colours in a third of the bytes that a picture of millions takes. */
import { crc32, deflateSync } from 'node:zlib'

/**
 * Encodes opaque RGBA dots with at most 256 colours; near colours of soft edges are taken together where there are more.
 * `undefined` for pictures such as photographs, which would lose by it.
 */
export function encodePalettePng(pixels: Uint8Array, width: number, height: number): Buffer | undefined {
  for (let lost = 0; lost <= 3; lost++) {
    const palette = paletteOf(pixels, lost)
    if (palette) return encode(pixels, width, height, palette)
  }
  return undefined
}

interface Palette {
  /** Index by colour with its lowest bits taken off. */
  index: ReadonlyMap<number, number>
  /** Red, green and blue of each, the mean of what was taken together. */
  colours: Uint8Array
  mask: number
}

const rgb = (pixels: Uint8Array, at: number) => (pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!

function paletteOf(pixels: Uint8Array, lost: number): Palette | undefined {
  const byte = (0xff << lost) & 0xff
  const mask = (byte << 16) | (byte << 8) | byte
  const sums = new Map<number, [count: number, red: number, green: number, blue: number]>()
  for (let at = 0; at < pixels.length; at += 4) {
    const key = rgb(pixels, at) & mask
    let sum = sums.get(key)
    if (!sum) {
      if (sums.size === 256) return undefined
      sum = [0, 0, 0, 0]
      sums.set(key, sum)
    }
    sum[0]++
    sum[1] += pixels[at]!
    sum[2] += pixels[at + 1]!
    sum[3] += pixels[at + 2]!
  }
  const colours = Uint8Array.from([...sums.values()].flatMap(([count, ...channels]) => channels.map((sum) => Math.round(sum / count))))
  return { index: new Map([...sums.keys()].map((key, n) => [key, n])), colours, mask }
}

function encode(pixels: Uint8Array, width: number, height: number, { index, colours, mask }: Palette): Buffer {
  // One byte a dot, and a zero before each row: no filter, which is best for flat colours.
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = index.get(rgb(pixels, (y * width + x) * 4) & mask)!
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ])
}

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(content.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
