/** The face of a credential as PNG. */
import { renderAsync } from '@resvg/resvg-js'
import { type DisplayFace, drawFace, faceSize, fontOptionsFor } from './display-svg.ts'
import { encodePalettePng } from './encode-png.ts'

/** No picture is larger than this, so that the credential stays small enough for a wallet. */
export const largestPicture = 60_000

/** Renders one face as PNG, smaller where it would weigh too much. */
export async function renderFace(face: DisplayFace): Promise<Buffer> {
  const svg = drawFace(face)
  const font = fontOptionsFor(face.title + face.awardingBody)
  for (let width: number = faceSize.width; ; width = Math.round(width * 0.75)) {
    const image = await renderAsync(svg, { font, fitTo: { mode: 'width', value: width }, logLevel: 'off' })
    const png = encodePalettePng(image.pixels, image.width, image.height) ?? image.asPng()
    if (png.length < largestPicture || width < 200) return png
  }
}
