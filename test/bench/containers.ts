/** A badge in what people hold: a picture, a drawing, a sheet to print; opened and verified, one at a time. */
import { renderCertificate, renderDisplayImages } from '@cairn/documents'
import { bakePng, bakeSvg } from '@cairn/formats'
import { sampleEdition } from '@cairn/testkit'
import { type Evidence, standardPolicy, verify } from '@cairn/verifier'
import type { Row } from './measure.ts'

const aim = 50

/** Rows: PNG, SVG and PDF, each the median of 41 after ten to warm up. */
export async function benchContainers(badge: Uint8Array, evidence: Evidence, now: string): Promise<Row[]> {
  const text = new TextDecoder().decode(badge)
  const [image] = await renderDisplayImages(sampleEdition)
  const { view } = await verify(badge, evidence, standardPolicy, now)
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="30"/></svg>'
  const files = {
    PNG: bakePng(new Uint8Array(Buffer.from(image!.base64, 'base64')), text),
    SVG: bakeSvg(new TextEncoder().encode(drawing), text),
    PDF: await renderCertificate({ views: [{ language: 'en', view: view! }], sealed: badge, mediaType: 'application/vc+ld+json', at: now }),
  }
  const rows: Row[] = []
  for (const [name, bytes] of Object.entries(files)) {
    const times: number[] = []
    for (let count = 0; count < 51; count++) {
      const from = performance.now()
      const { verdict, findings } = await verify(bytes, evidence, standardPolicy, now)
      times.push(performance.now() - from)
      if (verdict !== 'valid') throw new Error(`what is measured does not verify: ${JSON.stringify(findings)}`)
    }
    const median = times.slice(10).toSorted((a, b) => a - b)[20]!
    const size = `${Math.round(bytes.length / 1000)} KB`
    rows.push({ what: `open and verify one ${name}, ${size}`, figure: `${median.toFixed(1)} ms`, aim: `${aim} ms`, met: median <= aim })
  }
  return rows
}
