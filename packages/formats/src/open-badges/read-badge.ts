/** The document of a badge in whatever it came: JSON, a token, a PNG or an SVG. Nothing is verified here. */
import { isObject, type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { detectFormat } from '../detect.ts'

import { unbakePng } from './bake-png.ts'
import { unbakeSvg } from './bake-svg.ts'

/**
 * Reads the document of a badge.
 * @throws ProblemError `picture.*`, `json.*`, `format.unreadable`
 */
export async function readBadge(bytes: Uint8Array): Promise<JsonObject> {
  const format = detectFormat(bytes)
  if (format === 'png') return documentOf(await unbakePng(bytes))
  if (format === 'svg') return documentOf(unbakeSvg(bytes))
  return documentOf(new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(bytes))
}

function documentOf(text: string): JsonObject {
  const token = /^\s*[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*\s*$/.exec(text)
  const document = parseJson(token ? decode(token[1]!) : text)
  if (!isObject(document)) throw new ProblemError('format.unreadable', 'This is no badge.')
  return token && isObject(document.vc) ? document.vc : document
}

function decode(part: string): Uint8Array {
  try {
    return Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
  } catch {
    throw new ProblemError('format.unreadable', 'This is no token.')
  }
}
