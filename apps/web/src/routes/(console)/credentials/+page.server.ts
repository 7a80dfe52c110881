import { credentialStates, textIn } from '@cairn/core'
import { askedIn } from '#lib/page/asked-in.ts'
import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { mayDo } from '#lib/server/may-do.ts'
import type { PageServerLoad } from './$types'

const size = 50

export const load: PageServerLoad = async ({ locals, url }) => {
  const get = (name: string) => url.searchParams.get(name) ?? ''
  const page = pageIn(url)
  const state = credentialStates.find((each) => each === get('state'))
  const q = askedIn(url)
  const found = await read(
    locals.api['credential.list']({
      ...(q ? { q } : {}),
      ...(state ? { state } : {}),
      ...(get('edition') ? { edition: get('edition') } : {}),
      ...(get('batch') ? { batch: get('batch') } : {}),
      page,
      size,
    }),
  )
  const mayRevoke = mayDo(locals.session, 'revocation.make')
  const batch = get('batch') ? await read(locals.api['batch.read']({ id: get('batch') })) : undefined
  const edition = get('edition') ? (await read(locals.api['edition.read']({ id: get('edition') }))).edition : undefined
  const within = batch
    ? { name: 'batch', id: batch.id, title: batch.source, path: `/batches/${batch.id}` }
    : edition
      ? { name: 'edition', id: edition.id, title: textIn(edition.specification.title, getLocale()), path: `/editions/${edition.id}` }
      : undefined
  return {
    ...found,
    within,
    mayRevoke,
    q,
    state: state ?? '',
    page,
    pages: Math.ceil(found.total / size),
    rest: url.searchParams.toString(),
  }
}
