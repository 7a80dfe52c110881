/** Whether a request that changes something comes from our own pages (R-SES-1). */
import type { IncomingHttpHeaders } from 'node:http'
import { ProblemError } from '@cairn/core'

/**
 * Raises `request.cross-origin` for a write that another site caused. A browser says where a request comes from, by `Sec-Fetch-Site` or by `Origin`,
 * with every write; a program that says neither carries no visitor's cookies, so there is nobody to abuse.
 */
export function requireSameOrigin(method: string, headers: IncomingHttpHeaders, publicUrl: string): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return
  const site = headers['sec-fetch-site']
  const good =
    site !== undefined
      ? site === 'same-origin' || site === 'none'
      : (headers.origin ?? new URL(publicUrl).origin) === new URL(publicUrl).origin
  if (!good) throw new ProblemError('request.cross-origin', 'Only pages of this address may change something here.')
}
