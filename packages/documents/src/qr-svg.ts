/** QR codes as pictures. */
import { type QrModules, qrModules } from './qr-modules.ts'

const quietZone = 4

/** A QR code as one black path on white, with the quiet zone of four modules, error correction M. Raises a RangeError for text that fits in no code. */
export function qrSvg(text: string): string {
  const modules = qrModules(text)
  const width = modules.size + 2 * quietZone
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${width}v${width}H0z"/><path d="${outlineOf(modules)}"/></svg>`
}

/** Ways along an edge, each a quarter turn to the right of the one before, and the module that then lies ahead on the right hand of a corner. */
const ways = [
  { along: 'h', dx: 1, dy: 0, right: [0, 0] },
  { along: 'v', dx: 0, dy: 1, right: [-1, 0] },
  { along: 'h-', dx: -1, dy: 0, right: [-1, -1] },
  { along: 'v-', dx: 0, dy: -1, right: [0, -1] },
] as const

/** The edges between dark and light as closed lines, dark on the right hand: half as long as a box for every run, and no seams between rows. */
function outlineOf({ size, dark }: QrModules): string {
  const isDark = (x: number, y: number) => x >= 0 && x < size && dark[y * size + x] === 1
  const walked = new Uint8Array(size * size)
  let path = ''
  for (let top = 0; top < size; top++)
    for (let left = 0; left < size; left++) {
      if (walked[top * size + left] || !isDark(left, top) || isDark(left, top - 1)) continue
      path += `M${left + quietZone} ${top + quietZone}`
      let [x, y, way, steps] = [left, top, 0, 0]
      do {
        const { along, dx, dy } = ways[way]!
        if (way === 0) walked[y * size + x] = 1
        x += dx
        y += dy
        steps++
        const ahead = ways[way]!.right
        const onLeft = ways[(way + 3) % 4]!.right
        const turn = !isDark(x + ahead[0], y + ahead[1]) ? 1 : isDark(x + onLeft[0], y + onLeft[1]) ? 3 : 0
        if (turn === 0) continue
        path += along + steps
        way = (way + turn) % 4
        steps = 0
      } while (x !== left || y !== top || way !== 0)
      path += 'z'
    }
  return path
}
