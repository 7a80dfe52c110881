/** Operations on what is read elsewhere: trusted lists, and registries of accreditations. */
import type { Handlers, KnownElsewhere } from '@cairn/api'
import { AccreditationSnapshot, isObject, type Json, ProblemError, parseJson, readAs, readDeqar } from '@cairn/core'
import { appendEvent, insertAccreditations, listAccreditations, readTrustedLists } from '@cairn/store'
import { freshnessAt, type TrustedList } from '@cairn/trustlists'
import { forgetAccreditations } from '../accreditations.ts'
import { asTenant, type Context, newId } from '../context.ts'
import { keeping, requireKeeper } from '../keeping.ts'
import { gatherLists } from '../trusted-lists.ts'

type Own = Pick<Handlers<Context>, 'registry.lists' | 'registry.gather' | 'accreditation.take'>

const largest = 64 * 1024 * 1024

async function told(context: Context): Promise<KnownElsewhere> {
  const { lists, checkedAt, problems } = await readTrustedLists<TrustedList>(context.database)
  return asTenant(context, async (tx) => ({
    configured: context.config.trustedLists !== undefined,
    keeper: (await keeping(context, tx)).keeper,
    ...(checkedAt ? { checkedAt } : {}),
    lists: lists.map(({ content, address, retrievedAt }) => {
      const { territory, kind, schemeOperator, sequence, issued, nextUpdate, services } = content
      const freshness = freshnessAt(nextUpdate, context.now)
      return { territory, kind, schemeOperator, sequence, issued, nextUpdate, retrievedAt, freshness, services: services.length, address }
    }),
    problems,
    accreditations: await listAccreditations(tx),
  }))
}

function snapshotIn(bytes: Uint8Array): AccreditationSnapshot {
  if (bytes.length > largest) throw new ProblemError('input.too-large', 'The file is larger than we read.')
  const json: Json = parseJson(bytes, { bytes: largest, nodes: 5_000_000 })
  // A file of something else altogether is said to be that, and not to lack every member that it could not have.
  if (!isObject(json) || !('form' in json || 'institutions' in json))
    throw new ProblemError('input.invalid', 'This is no file of a registry of accreditations.', '/base64')
  return 'form' in json ? readAs(AccreditationSnapshot, json) : readDeqar(json)
}

export const elsewhereHandlers: Own = {
  'registry.lists': (_, context) => told(context),

  'registry.gather': async (_, context) => {
    await asTenant(context, (tx) => requireKeeper(context, tx))
    await gatherLists(context, context.now, true)
    return told(context)
  },

  'accreditation.take': async ({ base64 }, context) => {
    const snapshot = snapshotIn(new Uint8Array(Buffer.from(base64, 'base64')))
    await asTenant(context, async (tx) => {
      await requireKeeper(context, tx)
      const { now: at, caller } = context
      const id = newId()
      await insertAccreditations(tx, { id, snapshot, at, by: caller.person!, name: caller.name ?? '' })
      await appendEvent(tx, { at, actor: caller.person!, name: 'accreditation.take', subject: id })
    })
    forgetAccreditations(context)
    return told(context)
  },
}
