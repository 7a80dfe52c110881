/** QR codes as SVG text, for links that are shown once. */
import { renderSVG } from 'uqr'

/** The code of a link, black on white with a quiet zone, so that any camera reads it in either theme. */
export function qrSvg(link: string): string {
  return renderSVG(link, { ecc: 'M', border: 3 })
}
