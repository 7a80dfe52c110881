/** Operations on sealing keys. The key itself never leaves the server. */
import type { Handlers, KeyAnswer } from '@cairn/api'
import { type Organisation, ProblemError, refuseProblems, TrustEntry, type TrustRecord, type TrustRegistry, textIn } from '@cairn/core'
import {
  type AnyKey,
  certificateFacts,
  checkKeyFor,
  holderOf,
  importPkcs12,
  isDemonstrationCertificate,
  openKey,
  proveSigner,
  wrapKey,
} from '@cairn/keys'
import { didKeyOfSpki, parseCertificate, toBase64 } from '@cairn/seals'
import {
  appendEvent,
  countSealed,
  decideTrust,
  insertKey,
  listKeys,
  planKey,
  proposeTrust,
  readInstitution,
  retireKey,
  type SealKeyRow,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { isSameKey } from '../held-keys.ts'
import { certificateOf, closeSigner, keyOf } from '../key-ring.ts'
import { forgetRegistry } from '../registry.ts'
import { currentSealKey, forbidding } from '../sealing-keys.ts'

type Own = Pick<
  Handlers<Context>,
  'key.list' | 'key.import' | 'key.demonstrate' | 'key.held' | 'key.take' | 'key.test' | 'key.plan' | 'key.retire'
>

/** A key as the console shows it; `current` is the id of the one that seals today, `sealed` how many credentials it sealed. */
function answer(
  row: SealKeyRow,
  organisation: Organisation,
  now: string,
  { current, sealed = 0 }: { current?: string | undefined; sealed?: number | undefined } = {},
): KeyAnswer {
  const key = keyOf(row.file)
  const leaf = certificateOf(key)
  const facts = certificateFacts(leaf)
  return {
    id: row.id,
    label: row.label,
    purpose: row.purpose,
    state: row.state,
    holder: holderOf(key),
    current: row.id === current,
    ...(row.sealsFrom ? { sealsFrom: row.sealsFrom } : {}),
    algorithm: key.algorithm,
    subject: facts.subject,
    ...(facts.organizationIdentifier ? { organizationIdentifier: facts.organizationIdentifier } : {}),
    issuedBy: facts.issuedBy,
    from: facts.notBefore,
    to: facts.notAfter,
    demonstration: facts.demonstration,
    sealed,
    problems: checkKeyFor(organisation, leaf, now),
  }
}

/** The beginning of a day (UTC); from now on where it has begun. */
function turnOf(day: string, now: string): string {
  const begin = `${day}T00:00:00.000Z`
  return begin > now ? begin : now
}

async function keep(context: Pick<Context, 'now'>, tx: TenantTransaction, file: AnyKey, sealsFrom?: string): Promise<SealKeyRow> {
  const turn = sealsFrom === undefined ? {} : { sealsFrom: turnOf(sealsFrom, context.now) }
  const row = {
    id: newId(),
    label: file.label,
    purpose: file.purpose,
    state: 'active' as const,
    file,
    ...turn,
  }
  await insertKey(tx, row, context.now)
  return row
}

/** Makes the demonstration keys of an institution and lets the registry know them. Only demonstrations load the test authority. */
export async function addDemonstrationKeys(
  context: Pick<Context, 'now' | 'keys' | 'neighbourhood' | 'caller'>,
  tx: TenantTransaction,
  organisation: Organisation,
): Promise<SealKeyRow> {
  const { createDemoKey } = await import('@cairn/testkit')
  const { neighbourhood } = context
  const made = createDemoKey({
    organisation,
    passphrase: context.keys.passphrase,
    now: new Date(context.now),
    ...(neighbourhood ? { neighbourhood } : {}),
  })
  await keep(context, tx, made.statusKeyFile)
  const row = await keep(context, tx, made.keyFile)
  await trust(context, tx, organisation, made.trust, 'demonstration')
  return row
}

/** An institution vouches for its own key by itself: nobody else's word is touched. The record says so. */
async function trust(
  { now, caller }: Pick<Context, 'now' | 'caller'>,
  tx: TenantTransaction,
  organisation: Organisation,
  { anchors, issuers }: Pick<TrustRegistry, 'anchors' | 'issuers'>,
  source: 'key' | 'demonstration',
) {
  const step = { at: now, by: caller.person ?? 'system', name: caller.name ?? '' }
  for (const entry of issuers) {
    const record: TrustRecord = { kind: 'issuer', entry: { ...entry, id: organisation.id }, anchors: [...anchors] }
    const change = { id: newId(), entry: newId(), record, demonstration: source === 'demonstration', source, proposed: step }
    await proposeTrust(tx, change)
    await decideTrust(tx, change, { ...step, decision: 'approved', alone: true })
  }
}

/** Work that writes to the registry: once it is committed, the next reader reads it anew. */
async function trusting<T>(context: Context, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  const done = await asTenant(context, work)
  forgetRegistry(context)
  return done
}

/** The key of a certificate as did:key (Ed25519, P-256, P-384, RSA); none for a curve that has no such name here. */
function didKeysOf(leaf: Uint8Array): string[] {
  const did = didKeyOfSpki(parseCertificate(leaf).spki)
  return did === undefined ? [] : [did]
}

/** Raises what forbids sealing with this certificate today. */
function refuseUnfit({ config, now }: Context, organisation: Organisation, leaf: Uint8Array): void {
  if (isDemonstrationCertificate(leaf) && !config.demo)
    throw new ProblemError('key.unreadable', 'This is a demonstration key. A server that is none does not seal with it.')
  refuseProblems(forbidding(organisation, leaf, now))
}

/** Keeps a key and lets the registry know it. */
async function takeIn(context: Context, tx: TenantTransaction, organisation: Organisation, file: AnyKey, sealsFrom?: string) {
  const leaf = certificateOf(file)
  const row = await keep(context, tx, file, sealsFrom)
  const facts = certificateFacts(leaf)
  const entry = TrustEntry.parse({
    id: organisation.id,
    legalName: textIn(organisation.legalName, 'en'),
    ...(facts.organizationIdentifier ? { organizationIdentifier: facts.organizationIdentifier } : {}),
    // Badges name the key itself.
    keys: didKeysOf(leaf),
    from: context.now.slice(0, 10),
  })
  // The certificate itself is the anchor: an owner vouches for this one key, never for a whole authority.
  await trust(context, tx, organisation, { anchors: [toBase64(leaf)], issuers: [entry] }, facts.demonstration ? 'demonstration' : 'key')
  await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'key.import', subject: row.id })
  return answer(row, organisation, context.now, { current: await sealingToday(tx, organisation, context.now) })
}

/** Keys held elsewhere whose certificates name this institution, and that it has not taken yet. */
async function heldFor({ keys, now }: Context, tx: TenantTransaction, organisation: Organisation) {
  const taken = (await listKeys(tx)).map(({ file }) => keyOf(file))
  const isOwn = (key: AnyKey) =>
    !checkKeyFor(organisation, certificateOf(key), now).some(({ code }) => code === 'key.organisation-mismatch')
  return keys.held.filter(({ key }) => isOwn(key) && !taken.some((each) => isSameKey(each, key)))
}

/** A stored key as the console shows it, after it was changed. */
async function changedAnswer({ now }: Context, tx: TenantTransaction, id: string): Promise<KeyAnswer> {
  const { organisation } = found(await readInstitution(tx))
  const row = found((await listKeys(tx)).find((each) => each.id === id))
  const sealed = (await countSealed(tx)).get(id)
  return answer(row, organisation, now, { current: await sealingToday(tx, organisation, now), sealed })
}

/** The id of the key that seals today; none where none can. */
async function sealingToday(tx: TenantTransaction, organisation: Organisation, now: string): Promise<string | undefined> {
  try {
    return (await currentSealKey(tx, organisation, now)).id
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

export const keyHandlers: Own = {
  'key.list': (_, context) =>
    asTenant(context, async (tx) => {
      const { organisation } = found(await readInstitution(tx))
      const current = await sealingToday(tx, organisation, context.now)
      const sealed = await countSealed(tx)
      return (await listKeys(tx)).map((row) => answer(row, organisation, context.now, { current, sealed: sealed.get(row.id) }))
    }),

  'key.import': ({ label, base64, passphrase, sealsFrom }, context) =>
    trusting(context, async (tx) => {
      const { organisation } = found(await readInstitution(tx))
      const { privateKey, certificates } = importPkcs12(new Uint8Array(Buffer.from(base64, 'base64')), passphrase)
      const leaf = certificates[0]!
      refuseUnfit(context, organisation, leaf)
      const file = wrapKey({ privateKey, certificates, passphrase: context.keys.passphrase, label })
      return takeIn(context, tx, organisation, file, sealsFrom)
    }),

  'key.held': (_, context) =>
    asTenant(context, async (tx) => {
      const { organisation } = found(await readInstitution(tx))
      return (await heldFor(context, tx, organisation)).map(({ name, key }) => {
        const { subject, issuedBy, notAfter } = certificateFacts(certificateOf(key))
        return { name, label: key.label, holder: holderOf(key) as 'pkcs11' | 'csc', subject, issuedBy, to: notAfter }
      })
    }),

  'key.take': ({ name, sealsFrom }, context) =>
    trusting(context, async (tx) => {
      const { organisation } = found(await readInstitution(tx))
      const { key, secrets } = found((await heldFor(context, tx, organisation)).find((each) => each.name === name))
      refuseUnfit(context, organisation, certificateOf(key))
      closeSigner(await openKey(key, secrets))
      return takeIn(context, tx, organisation, key, sealsFrom)
    }),

  'key.test': ({ id }, context) =>
    asTenant(context, async (tx) => {
      const row = found((await listKeys(tx)).find((each) => each.id === id))
      const begun = performance.now()
      try {
        const signer = await context.keys.open(id, row.file)
        await proveSigner(signer)
        return { id, algorithm: signer.algorithm, milliseconds: Math.round(performance.now() - begun) }
      } catch (error) {
        // Whatever stood in the way, the next try begins from the start.
        context.keys.forget(id)
        throw error
      }
    }),

  'key.plan': ({ id, sealsFrom }, context) =>
    asTenant(context, async (tx) => {
      if (!(await planKey(tx, id, turnOf(sealsFrom, context.now)))) found(undefined)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'key.plan', subject: id })
      return changedAnswer(context, tx, id)
    }),

  'key.demonstrate': (_, context) =>
    trusting(context, async (tx) => {
      if (!context.config.demo) throw new ProblemError('request.not-allowed', 'Only a demonstration has demonstration keys.')
      const { organisation } = found(await readInstitution(tx))
      const row = await addDemonstrationKeys(context, tx, organisation)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'key.demonstrate', subject: row.id })
      return answer(row, organisation, context.now, { current: await sealingToday(tx, organisation, context.now) })
    }),

  'key.retire': ({ id }, context) =>
    asTenant(context, async (tx) => {
      if (!(await retireKey(tx, id))) found(undefined)
      context.keys.forget(id)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'key.retire', subject: id })
      return changedAnswer(context, tx, id)
    }),
}
