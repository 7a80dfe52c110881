/** A body's rules as data, for whoever asks for JSON at the address that people read. */
import { json } from '@sveltejs/kit'
import { read } from '#lib/page/read.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ params, locals }) =>
  json(await read(locals.api['policy.published']({ id: params.id })), {
    headers: { 'access-control-allow-origin': '*', vary: 'accept', 'cache-control': 'public, max-age=60' },
  })
