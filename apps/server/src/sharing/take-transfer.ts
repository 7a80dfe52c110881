/** A credential that a learner let another member send: checked against agreement and consent, verified, and laid on the desk as a request. */
import {
  factsFromReport,
  formsOfPurpose,
  grantsFor,
  type JsonObject,
  networkTypes,
  type Organisation,
  ProblemError,
  type Purpose,
  type Report,
  readAs,
  readTransfer,
  signedByMember,
  type Transfer,
  textIn,
  UsedTokens,
  usedIn,
  useTokens,
} from '@cairn/core'
import { mailText } from '@cairn/documents'
import { openSigned } from '@cairn/seals'
import {
  appendEvent,
  findTransferBy,
  insertMessages,
  insertRecognition,
  insertTransfer,
  listVersions,
  type NetworkRow,
  readInstitution,
  readNetwork,
  readRecognition,
  readTargetRow,
  type TenantTransaction,
} from '@cairn/store'
import { type Context, found, newId } from '../context.ts'
import { freeze, tellLearner } from '../operations/recognition-deciding.ts'
import { judgeStranger } from '../operations/shared.ts'
import {
  daysLater,
  formOfTarget,
  hashText,
  linkToken,
  onlyFacts,
  policiesInForce,
  procedureOf,
  proposeFor,
  purposesOfAll,
  titleOfRequest,
  urnOf,
} from '../recognition-case.ts'
import { agreementOf } from './agreements.ts'
import type { Handed } from './handed.ts'
import { addToLedger, ledgerOf, macFor } from './membership.ts'
import { fetchDocument } from './peer-door.ts'

/**
 * Takes a transfer once; the same again changes nothing. Raises what `readTransfer` raises, `network.hash-differs` for a credential that is not the one
 * it is said to be, `recognition.not-sealed`, `network.not-in-force` where no line of the agreement leads to something that is recognised for here.
 */
export async function takeTransfer(context: Context, { tenant, network, text }: Handed): Promise<void> {
  const signed = await openSigned(Buffer.from(text), networkTypes.transfer)
  const arrived = await context.database.tenant(tenant, async (tx) => {
    const named = (signed.payload as { id?: unknown }).id
    const kept = await findTransferBy(tx, { network: network.id, transfer: String(named) })
    if (kept?.incoming && kept.signed === text) return undefined
    if (kept) throw new ProblemError('network.out-of-order', 'A transfer of this name was taken already.')
    const agreement = await agreementOf(tx, network, String((signed.payload as { agreement?: unknown }).agreement), hashText)
    const mac = macFor(context, network)
    const transfer = readTransfer(signed, {
      directory: network.directory,
      agreement,
      me: network.me,
      day: context.now.slice(0, 10),
      used: usedIn(await ledgerOf(tx, network)),
      hash: hashText,
      mac,
    })
    return { transfer, wide: agreement.agreement.counts === 'once-in-network' ? useTokens(transfer, agreement.agreement, mac) : [] }
  })
  if (!arrived) return
  const { transfer, wide } = arrived
  // Others are asked only once it is sure that a member sent this, and only where a use elsewhere would count.
  const elsewhere = wide.length > 0 ? await usedElsewhere(context, network) : new Set<string>()
  if (wide.some((token) => elsewhere.has(token)))
    throw new ProblemError('network.used-before', 'A credential of this transfer was counted by another member.', '/credentials')
  const report = await verified(context, transfer)
  await context.database.tenant(tenant, (tx) => layOnDesk(context, tx, network.id, { arrived: transfer, report, text }))
  context.wake('mail')
}

/** Tokens that other members used, where their servers show them: one that is away is not waited for long, and its list counts the next time. */
async function usedElsewhere(context: Context, { directory, me }: NetworkRow): Promise<Set<string>> {
  const used = new Set<string>()
  const others = directory.members.filter(({ id, left, address }) => id !== me && left === undefined && address !== undefined)
  await Promise.all(
    others.slice(0, 50).map(async ({ id, address }) => {
      try {
        const { payload, signer } = await openSigned(await fetchDocument(context, address!, 'used.jws'), networkTypes.used)
        const list = readAs(UsedTokens, payload)
        signedByMember(directory, id, signer, list.issued)
        if (list.network === directory.network && list.member === id) for (const token of list.tokens) used.add(token)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        context.log.info({ code: error.problem.code }, 'a list of used tokens could not be had')
      }
    }),
  )
  return used
}

/** The report on the one credential of the package. */
async function verified(context: Context, { credentials }: Transfer): Promise<Report> {
  const [credential, ...others] = credentials
  if (!credential || others.length > 0) throw new ProblemError('input.invalid', 'One credential is taken at a time.', '/credentials')
  const report = onlyFacts(await judgeStranger(context, new TextEncoder().encode(credential.content)))
  const { id, achievement } = factsFromReport(report, 'module')
  if (id !== credential.id || achievement !== credential.achievement)
    throw new ProblemError('network.hash-differs', 'The credential is not the one that the package names.', '/credentials/0')
  return report
}

async function layOnDesk(
  context: Context,
  tx: TenantTransaction,
  id: string,
  { arrived, report, text }: { arrived: Transfer; report: Report; text: string },
): Promise<void> {
  const network = found(await readNetwork(tx, id, true))
  const { organisation } = found(await readInstitution(tx))
  const { agreement } = await agreementOf(tx, network, arrived.agreement, hashText)
  const { target, purpose, versions } = await askedFor(context, tx, arrived, agreement)
  const [credential] = arrived.credentials
  const { email, language = 'en' } = arrived.consent
  const request = newId()
  const { deadlineDays, automaticFull } = procedureOf(versions)
  const dueOn = daysLater(context.now, Math.min(deadlineDays, agreement.answerDays))
  const member = network.directory.members.find((each) => each.id === arrived.from)!
  const inserted = await insertRecognition(tx, {
    id: request,
    target: target.id,
    purpose,
    learner: report.view!.learner,
    // Where the learner named no address, the answer goes through the member that sent the credential.
    email: email ?? member.contact,
    language,
    reports: [report],
    consent: { at: context.now, places: [], receipt: arrived.consent, transfer: arrived.id } as unknown as JsonObject,
    submittedAt: context.now,
    dueOn,
    credential: credential!.id,
    achievement: credential!.achievement,
    token: linkToken(context, request),
  })
  if (!inserted) throw new ProblemError('request.conflict', 'There is an open request of this credential for this already.')
  await insertTransfer(tx, {
    id: newId(),
    network: id,
    transfer: arrived.id,
    incoming: true,
    peer: arrived.from,
    agreement: arrived.agreement,
    signed: text,
    credential: credential!.id,
    learner: report.view!.learner,
    title: report.view!.title,
    madeAt: context.now,
    request,
  })
  await addToLedger(tx, network, {
    day: arrived.sent,
    kind: 'sent',
    transfer: arrived.id,
    from: arrived.from,
    to: network.me,
    credits: 0,
    hours: 0,
    tokens: [],
  })
  await appendEvent(tx, { at: context.now, actor: arrived.from, name: 'transfer.take', subject: request })
  const row = found(await readRecognition(tx, request))
  const proposed = await proposeFor(tx, organisation, row, context.now.slice(0, 10))
  if (automaticFull && proposed.decision.outcome === 'full') {
    const { grants } = proposed.decision
    await freeze(context, tx, organisation, row, proposed, { as: 'proposed', outcome: 'full', grants, at: context.now })
    await tellLearner(context, tx, organisation, row, 'full', daysLater(context.now, procedureOf(proposed.versions).appealDays))
    return
  }
  await confirmReceipt(context, tx, organisation, row)
}

/** What the line of the agreement leads to here, and under which rules. */
async function askedFor(context: Context, tx: TenantTransaction, arrived: Transfer, agreement: Parameters<typeof grantsFor>[1]) {
  const wanted = grantsFor(arrived, agreement)[0]?.target
  const target = wanted?.startsWith('urn:uuid:') ? await readTargetRow(tx, wanted.slice('urn:uuid:'.length)) : undefined
  if (!target || target.archived)
    throw new ProblemError('network.not-in-force', 'No line of the agreement leads to something that is recognised for here.')
  const versions = await listVersions(tx, 'policy')
  const day = context.now.slice(0, 10)
  const purpose = (purposesOfAll(policiesInForce(versions, day)) as Purpose[]).find((each) =>
    formsOfPurpose[each].includes(formOfTarget(target)),
  )
  if (!purpose) throw new ProblemError('network.not-in-force', `There are no rules in force for ${urnOf(target.id)}.`)
  return { target, purpose, versions: policiesInForce(versions, day, purpose) }
}

async function confirmReceipt(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  row: NonNullable<Awaited<ReturnType<typeof readRecognition>>>,
): Promise<void> {
  const words = mailText('recognition-received', row.language, {
    learner: row.learner,
    institution: textIn(organisation.legalName, row.language),
    title: titleOfRequest(row),
    day: row.dueOn,
    link: `${context.config.publicUrl}/r/${linkToken(context, row.id)}`,
  })
  await insertMessages(tx, [{ id: newId(), kind: 'recognition', to: row.email, ...words }], context.now)
}
