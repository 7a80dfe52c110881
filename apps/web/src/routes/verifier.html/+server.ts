/** The verifier as one file, to keep. It is given as a download: opened from this address it would be a page of ours, with our rights. */
import { verifierFile } from '#lib/server/verifier-file.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals }) =>
  new Response((await verifierFile(locals.api)).html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-disposition': 'attachment; filename="verifier.html"' },
  })
