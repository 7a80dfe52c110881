/** Operations on the trust registry: proposed by one person, decided by another, never forgotten (R-ISS-2). */
import type { Handlers, TrustCertificate, TrustChange } from '@cairn/api'
import { glanceOf, ProblemError, type TrustRecord } from '@cairn/core'
import { certificateFacts } from '@cairn/keys'
import { parseCertificateText } from '@cairn/seals'
import {
  appendEvent,
  decideTrust,
  listTrust,
  listTrustChanges,
  listWaitingTrust,
  proposeTrust,
  type TenantTransaction,
  type TrustChangeRow,
  type TrustEntryRow,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { keeping, requireKeeper } from '../keeping.ts'
import { forgetRegistry, ownRegistry } from '../registry.ts'
import { readRegistryFile, signedRegistryFile } from '../registry-file.ts'

type Own = Pick<
  Handlers<Context>,
  'registry.list' | 'registry.entry' | 'registry.propose' | 'registry.decide' | 'registry.import' | 'registry.export'
>

function changeAnswer({ caller }: Context, row: TrustChangeRow, legalName: string, entries: readonly TrustEntryRow[] = []): TrustChange {
  const { id, entry, record, source, note, proposed, decided } = row
  const lookAlikes = record && !decided ? lookAlikesOf(record, entry, entries) : []
  return {
    id,
    entry,
    legalName: record?.entry.legalName ?? legalName,
    ...(record ? { record } : {}),
    source,
    ...(note ? { note } : {}),
    proposed: { at: proposed.at, name: proposed.name },
    own: proposed.by === caller.person,
    ...(lookAlikes.length > 0 ? { lookAlikes } : {}),
    ...(decided
      ? {
          decided: {
            at: decided.at,
            name: decided.name,
            decision: decided.decision,
            alone: decided.alone,
            ...(decided.note ? { note: decided.note } : {}),
          },
        }
      : {}),
  }
}

/** Names of entries for others that look like this one: whoever decides has to see them (R-ISS-2). */
function lookAlikesOf({ entry: { id, legalName } }: TrustRecord, own: string, entries: readonly TrustEntryRow[]): string[] {
  const glance = glanceOf(legalName)
  return entries
    .filter(
      (each) => !each.takenOutAt && each.id !== own && each.record.entry.id !== id && glanceOf(each.record.entry.legalName) === glance,
    )
    .map(({ record }) => record.entry.legalName)
}

const nameOf = (entries: readonly TrustEntryRow[], { entry }: TrustChangeRow) =>
  entries.find(({ id }) => id === entry)?.record.entry.legalName ?? ''

/** Whether two records speak of the same holder of the same certificates and keys: the later one is then a change of the earlier. */
function isSameHolder(one: TrustRecord, other: TrustRecord): boolean {
  const known = ({ kind, entry, anchors }: TrustRecord) =>
    JSON.stringify([kind, entry.id, entry.organizationIdentifier, entry.keys, anchors])
  return known(one) === known(other)
}

/** What is wrong with a record besides its shape: every certificate is read, an authority has one, and an issuer is known by something. */
function checkRecord(record: TrustRecord, demo: boolean): void {
  const { kind, entry, anchors } = record
  const wrong = (detail: string, pointer: string) => {
    throw new ProblemError('input.invalid', detail, pointer)
  }
  for (const [index, text] of anchors.entries())
    if (certificatesOf([text])[0]!.demonstration && !demo)
      wrong('This certificate is one of a demonstration, and this server is none.', `/record/anchors/${index}`)
  if (kind !== 'issuer' && anchors.length === 0) wrong('An authority is known by its certificate.', '/record/anchors')
  if (kind === 'issuer' && anchors.length === 0 && entry.keys.length === 0 && !entry.organizationIdentifier)
    wrong('An issuer is known by a key, a certificate, or the official identifier in its certificate.', '/record/entry')
  if (entry.from && entry.to && entry.to < entry.from) wrong('It ends before it begins.', '/record/entry/to')
}

function certificatesOf(anchors: readonly string[]): TrustCertificate[] {
  return anchors.map((text) => {
    const { subject, issuedBy, notBefore, notAfter, fingerprint, demonstration } = certificateFacts(parseCertificateText(text).der)
    return { subject, issuedBy, from: notBefore, to: notAfter, sha256: fingerprint, demonstration }
  })
}

async function propose(
  context: Context,
  tx: TenantTransaction,
  given: Pick<TrustChangeRow, 'entry' | 'record' | 'source' | 'note'>,
): Promise<TrustChangeRow> {
  const { now, caller } = context
  const demonstration = given.record ? certificatesOf(given.record.anchors).some((each) => each.demonstration) : false
  const change = { ...given, id: newId(), demonstration, proposed: { at: now, by: caller.person!, name: caller.name ?? '' } }
  await proposeTrust(tx, change)
  await appendEvent(tx, { at: now, actor: caller.person!, name: 'registry.propose', subject: change.id })
  return change
}

export const registryHandlers: Own = {
  'registry.list': (_, context) =>
    asTenant(context, async (tx) => {
      const { name = '', readAt = '' } = await ownRegistry(context, context.now)
      const entries = await listTrust(tx)
      const waiting = (await listWaitingTrust(tx)).map((row) => changeAnswer(context, row, nameOf(entries, row), entries))
      return { name, readAt, ...(await keeping(context, tx)), entries, waiting }
    }),

  'registry.entry': ({ id }, context) =>
    asTenant(context, async (tx) => {
      const history = await listTrustChanges(tx, id)
      const entry = (await listTrust(tx)).find((row) => row.id === id)
      // What was proposed and never approved has a history, and holds nothing.
      const record = entry?.record ?? found(history.find((change) => change.record)?.record)
      return {
        id,
        record,
        demonstration: entry?.demonstration ?? false,
        ...(entry?.takenOutAt ? { takenOutAt: entry.takenOutAt } : {}),
        ...(await keeping(context, tx)),
        certificates: certificatesOf(record.anchors),
        history: history.map((row) => changeAnswer(context, row, record.entry.legalName)),
      }
    }),

  'registry.propose': ({ entry, record, note }, context) =>
    asTenant(context, async (tx) => {
      await requireKeeper(context, tx)
      const entries = await listTrust(tx)
      const before = entry === undefined ? undefined : found(entries.find(({ id }) => id === entry))
      if (!record && !before)
        throw new ProblemError('input.invalid', 'Say what is to be entered, or which entry is to be taken out.', '/record')
      if (record) checkRecord(record, context.config.demo)
      if (entry !== undefined && (await listWaitingTrust(tx)).some((change) => change.entry === entry))
        throw new ProblemError('request.conflict', 'A change of this entry waits for a decision already.')
      const change = await propose(context, tx, {
        entry: entry ?? newId(),
        ...(record ? { record } : {}),
        source: 'person',
        ...(note ? { note } : {}),
      })
      return changeAnswer(context, change, before?.record.entry.legalName ?? '', entries)
    }),

  'registry.decide': async ({ changes, decision, note }, context) => {
    const { now, caller } = context
    const decided = await asTenant(context, async (tx) => {
      const { alone } = await requireKeeper(context, tx)
      const entries = await listTrust(tx)
      const waiting = await listWaitingTrust(tx, changes)
      if (waiting.length < new Set(changes).size)
        throw new ProblemError('request.conflict', 'Somebody decided on one of these before you. Look again.')
      const answers: TrustChange[] = []
      for (const change of waiting) {
        const own = change.proposed.by === caller.person
        // To take back what one proposed oneself needs nobody else.
        if (own && !alone && decision === 'approved')
          throw new ProblemError('trust.own-proposal', 'You proposed this yourself: another keeper of the registry has to decide.')
        const step = { at: now, by: caller.person!, name: caller.name ?? '', decision, alone: own, note }
        if (!(await decideTrust(tx, change, step)))
          throw new ProblemError('request.conflict', 'Somebody decided on one of these before you. Look again.')
        await appendEvent(tx, {
          at: now,
          actor: caller.person!,
          name: decision === 'approved' ? 'registry.approve' : 'registry.refuse',
          subject: change.id,
        })
        const { note: said, ...rest } = step
        answers.push(changeAnswer(context, { ...change, decided: { ...rest, ...(said ? { note: said } : {}) } }, nameOf(entries, change)))
      }
      return answers
    })
    forgetRegistry(context)
    return decided
  },

  'registry.import': async ({ base64, sha256 }, context) => {
    const { records, signer } = await readRegistryFile(
      new Uint8Array(Buffer.from(base64, 'base64')),
      await ownRegistry(context, context.now),
      sha256,
      context.now,
    )
    return asTenant(context, async (tx) => {
      await requireKeeper(context, tx)
      const entries = (await listTrust(tx)).filter(({ takenOutAt }) => !takenOutAt)
      const waiting = await listWaitingTrust(tx)
      const there = new Set([...entries, ...waiting].flatMap(({ record }) => (record ? [JSON.stringify(record)] : [])))
      const fresh = records.filter((record) => !there.has(JSON.stringify(record)))
      for (const record of fresh) {
        checkRecord(record, context.config.demo)
        const before = entries.find((each) => isSameHolder(each.record, record))
        const isOpen = before && !waiting.some(({ entry }) => entry === before.id)
        await propose(context, tx, { entry: isOpen ? before.id : newId(), record, source: 'file', note: signer })
      }
      return { proposed: fresh.length, same: records.length - fresh.length, signer }
    })
  },

  'registry.export': async ({ form }, context) => {
    const registry = await ownRegistry(context, context.now)
    if (form === 'json')
      return {
        name: 'trust.json',
        mediaType: 'application/json',
        base64: Buffer.from(`${JSON.stringify(registry, null, 2)}\n`).toString('base64'),
      }
    const text = await asTenant(context, async (tx) => {
      const records = (await listTrust(tx)).filter(({ takenOutAt }) => !takenOutAt).map(({ record }) => record)
      return signedRegistryFile(context, tx, records)
    })
    return { name: 'registry.jwt', mediaType: 'application/jwt', base64: Buffer.from(text).toString('base64') }
  },
}
