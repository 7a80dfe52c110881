/** The one file that verifies by itself, with the registry of this server built in, and its hash to compare. */
import { createHash } from 'node:crypto'
import html from 'virtual:verifier-file'
import type { PageContext } from '@cairn/api'

/** The place in the file where the registry stands; a registry by hand takes its place. */
const place = '<script type="application/json" id="registry">null</script>'
let kept: { registry: string; file: { html: string; hash: string } } | undefined

/**
 * The file and its SHA-256 in hexadecimal. The registry in it is told to be of the beginning of this day, so that the same registry gives the same
 * file on every node all day, and never claims to be newer than it is.
 */
export async function verifierFile(api: PageContext['api']): Promise<{ html: string; hash: string }> {
  const registry = await api['registry.read']({})
  const text = JSON.stringify({ ...registry, readAt: `${(registry.readAt ?? '').slice(0, 10)}T00:00:00Z` }).replaceAll('<', '\\u003c')
  if (kept?.registry !== text) {
    const whole = html.replace(place, () => place.replace('null', () => text))
    kept = { registry: text, file: { html: whole, hash: createHash('sha256').update(whole).digest('hex') } }
  }
  return kept.file
}
