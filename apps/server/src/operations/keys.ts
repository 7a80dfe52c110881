/** Operations on sealing keys. The key itself never leaves the server. */
import type { Handlers, KeyAnswer } from '@cairn/api'
import { type Organisation, ProblemError, TrustEntry, type TrustRecord, type TrustRegistry, textIn } from '@cairn/core'
import { certificateFacts, checkKeyFor, importPkcs12, isDemonstrationCertificate, KeyFile, wrapKey } from '@cairn/keys'
import { didKeyOfSpki, parseCertificate, toBase64 } from '@cairn/seals'
import {
  appendEvent,
  decideTrust,
  insertKey,
  listKeys,
  proposeTrust,
  readInstitution,
  retireKey,
  type SealKeyRow,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { forgetRegistry } from '../registry.ts'
import { leafOf } from '../sealing-keys.ts'

type Own = Pick<Handlers<Context>, 'key.list' | 'key.import' | 'key.demonstrate' | 'key.retire'>

function answer(row: SealKeyRow, organisation: Organisation, now: string): KeyAnswer {
  const leaf = leafOf(row)
  const facts = certificateFacts(leaf)
  return {
    id: row.id,
    label: row.label,
    purpose: row.purpose,
    state: row.state,
    algorithm: KeyFile.parse(row.file).algorithm,
    subject: facts.subject,
    ...(facts.organizationIdentifier ? { organizationIdentifier: facts.organizationIdentifier } : {}),
    issuedBy: facts.issuedBy,
    from: facts.notBefore,
    to: facts.notAfter,
    demonstration: facts.demonstration,
    sealed: row.sealed,
    problems: checkKeyFor(organisation, leaf, now),
  }
}

async function keep(context: Pick<Context, 'now'>, tx: TenantTransaction, file: KeyFile): Promise<SealKeyRow> {
  const row = { id: newId(), label: file.label, purpose: file.purpose, state: 'active' as const, file, sealed: 0 }
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

export const keyHandlers: Own = {
  'key.list': (_, context) =>
    asTenant(context, async (tx) => {
      const { organisation } = found(await readInstitution(tx))
      return (await listKeys(tx)).map((row) => answer(row, organisation, context.now))
    }),

  'key.import': ({ label, base64, passphrase }, context) =>
    trusting(context, async (tx) => {
      const { organisation } = found(await readInstitution(tx))
      const { privateKey, certificates } = importPkcs12(new Uint8Array(Buffer.from(base64, 'base64')), passphrase)
      const leaf = certificates[0]!
      const demonstration = isDemonstrationCertificate(leaf)
      if (demonstration && !context.config.demo)
        throw new ProblemError('key.unreadable', 'This is a demonstration key. A server that is none does not seal with it.')
      const [first, ...others] = checkKeyFor(organisation, leaf, context.now).filter(({ code }) => code !== 'key.expires-soon')
      if (first) throw new ProblemError(first.code, first.detail, first.pointer, others)
      const row = await keep(context, tx, wrapKey({ privateKey, certificates, passphrase: context.keys.passphrase, label }))
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
      await trust(context, tx, organisation, { anchors: [toBase64(leaf)], issuers: [entry] }, demonstration ? 'demonstration' : 'key')
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'key.import', subject: row.id })
      return answer(row, organisation, context.now)
    }),

  'key.demonstrate': (_, context) =>
    trusting(context, async (tx) => {
      if (!context.config.demo) throw new ProblemError('request.not-allowed', 'Only a demonstration has demonstration keys.')
      const { organisation } = found(await readInstitution(tx))
      const row = await addDemonstrationKeys(context, tx, organisation)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'key.demonstrate', subject: row.id })
      return answer(row, organisation, context.now)
    }),

  'key.retire': ({ id }, context) =>
    asTenant(context, async (tx) => {
      if (!(await retireKey(tx, id))) found(undefined)
      context.keys.forget(id)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'key.retire', subject: id })
      const { organisation } = found(await readInstitution(tx))
      return answer(found((await listKeys(tx)).find((row) => row.id === id)), organisation, context.now)
    }),
}
