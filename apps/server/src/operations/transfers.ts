/** The learner's side of sharing credit: where a credential can go, the consent, and what came of it. */
import type { Handlers, TransferOptions } from '@cairn/api'
import { countsAt, type NetworkAgreement, networkTypes, ProblemError, readAs, requireSound, Transfer } from '@cairn/core'
import { signPayload } from '@cairn/seals'
import {
  appendEvent,
  type CredentialRow,
  insertTransfer,
  listNetworks,
  listTransfers,
  readEdition,
  readInstitution,
  readNetwork,
  readSealed,
  type TenantTransaction,
  type TransferRow,
} from '@cairn/store'
import { oneClaimed, withClaim } from '../claimed.ts'
import { type Context, found, newId } from '../context.ts'
import { daysLater, hashText, urnOf } from '../recognition-case.ts'
import { agreementOf, agreementsOf, isInForce } from '../sharing/agreements.ts'
import { addToLedger, memberSigner } from '../sharing/membership.ts'
import { standingOf } from '../sharing/network-answer.ts'
import { answerIn, answersIn, answerTold, sentIn } from '../sharing/signed-texts.ts'

type Own = Pick<Handlers<Context>, 'transfer.options' | 'transfer.make' | 'transfer.receipt'>

/** How long a consent holds, in days. */
const consentDays = 30
const learner = 'learner'

type Partner = TransferOptions['partners'][number] & { counts: NetworkAgreement['counts'] }

/** Members to whom an agreement lets this credential go: each with what its line gives. */
async function partnersFor(context: Context, tx: TenantTransaction, achievement: string): Promise<Partner[]> {
  const day = context.now.slice(0, 10)
  const partners: Partner[] = []
  for (const row of await listNetworks(tx)) {
    if (standingOf(row) !== 'member') continue
    for (const { state } of await agreementsOf(tx, row, hashText)) {
      const { title, parties, lines, data, answerDays, counts } = state.agreement
      const own = lines.filter((line) => line.of === row.me && line.achievement === achievement)
      for (const party of parties.filter((each) => each !== row.me && isInForce(state, row.directory, [each, row.me], day))) {
        const line = own.find((each) => countsAt(each, party))
        const { id, name, country, address } = row.directory.members.find((each) => each.id === party)!
        if (line && address)
          partners.push({
            network: row.id,
            agreement: state.hash,
            agreementTitle: title,
            member: { id, name, country },
            gives: line.gives,
            data,
            answerDays,
            counts,
          })
      }
    }
  }
  return partners
}

async function madeAnswer(tx: TenantTransaction, row: TransferRow): Promise<TransferOptions['made'][number]> {
  const { consent } = await sentIn(row)
  const network = await readNetwork(tx, row.network)
  const answers = await answersIn(row)
  const answer = answers.at(-1)
  const { purpose, fields, until, email } = consent
  return {
    id: row.id,
    member: network?.directory.members.find(({ id }) => id === row.peer)?.name ?? row.peer,
    at: row.madeAt,
    waiting: row.nextAt !== undefined,
    ...(row.problem ? { problem: row.problem } : {}),
    receipt: { purpose, fields, until, ...(email ? { email } : {}) },
    ...(answer ? { answer: answerTold(answer) } : {}),
    earlier: answers.slice(0, -1).map(answerTold),
    hasDecision: answer?.decision !== undefined,
  }
}

/** What keeps a credential from going there again: it is there and waits, or it was counted and may be counted once. */
function obstacle({ network, member, counts }: Partner, made: readonly TransferRow[]): ProblemError | undefined {
  const own = made.filter((each) => each.network === network)
  const waits = own.some(({ peer, outcome, problem, nextAt }) => peer === member.id && !outcome && (nextAt !== undefined || !problem))
  if (waits) return new ProblemError('request.conflict', 'This credential is with that member already, and waits for its answer.')
  const counted = own.filter(({ outcome }) => outcome === 'recognised')
  if (counts === 'once-in-network' ? counted.length > 0 : counts === 'once-per-member' && counted.some(({ peer }) => peer === member.id))
    return new ProblemError('network.used-before', 'This credential was counted, and the agreement lets it count once.')
  return undefined
}

async function optionsFor(context: Context, tx: TenantTransaction, { record }: CredentialRow): Promise<TransferOptions> {
  const { edition } = found(await readEdition(tx, record.edition))
  const isWhole = record.sealedAt !== undefined && record.revokedAt === undefined
  const made = await listTransfers(tx, { credential: urnOf(record.id) })
  const open = isWhole ? (await partnersFor(context, tx, edition.achievement)).filter((each) => !obstacle(each, made)) : []
  return {
    title: record.title,
    learner: record.learner,
    ...(record.email ? { email: record.email } : {}),
    partners: open.map(({ counts: _, ...partner }) => partner),
    made: await Promise.all(made.map((row) => madeAnswer(tx, row))),
  }
}

export const transferHandlers: Own = {
  'transfer.options': ({ token, id }, context) =>
    withClaim(context, token, async (tx, claim) => optionsFor(context, tx, await oneClaimed(tx, claim, id))),

  'transfer.make': ({ token, id, network: networkId, agreement: hash, member, email, language }, context) =>
    withClaim(context, token, async (tx, claim) => {
      const row = await oneClaimed(tx, claim, id)
      const { edition } = found(await readEdition(tx, row.record.edition))
      const partner = (await partnersFor(context, tx, edition.achievement)).find(
        (each) => each.network === networkId && each.agreement === hash && each.member.id === member,
      )
      if (!partner) throw new ProblemError('network.not-in-force', 'No agreement lets this credential go there.')
      const network = found(await readNetwork(tx, networkId, true))
      const inTheWay = obstacle(partner, await listTransfers(tx, { credential: urnOf(id) }))
      if (inTheWay) throw inTheWay
      const { organisation } = found(await readInstitution(tx))
      const content = Buffer.from(found(await readSealed(tx, id), 'This credential is not sealed yet.')).toString('utf8')
      const day = context.now.slice(0, 10)
      const credential = urnOf(id)
      const transfer = readAs(Transfer, {
        id: urnOf(newId()),
        network: network.network,
        agreement: hash,
        from: network.me,
        to: member,
        sent: day,
        consent: {
          learner: row.record.learner,
          from: network.me,
          to: member,
          purpose: 'recognition',
          credentials: [credential],
          fields: partner.data,
          given: day,
          until: daysLater(day, consentDays),
          email,
          language,
        },
        credentials: [{ id: credential, achievement: edition.achievement, digest: hashText(content), content }],
      })
      requireSound(transfer, { agreement: await agreementOf(tx, network, hash, hashText), hash: hashText })
      const signer = await memberSigner(context, tx, organisation, network)
      const inserted = await insertTransfer(tx, {
        id: newId(),
        network: networkId,
        transfer: transfer.id,
        incoming: false,
        peer: member,
        agreement: hash,
        signed: await signPayload(transfer, networkTypes.transfer, signer),
        credential,
        learner: row.record.learner,
        title: row.record.title,
        madeAt: context.now,
        nextAt: context.now,
      })
      if (!inserted) throw new ProblemError('request.conflict', 'This credential is with that member already, and waits for its answer.')
      const pair = { transfer: transfer.id, from: network.me, to: member }
      await addToLedger(tx, network, { day, kind: 'sent', ...pair, credits: 0, hours: 0, tokens: [] })
      await appendEvent(tx, { at: context.now, actor: learner, name: 'transfer.make', subject: id })
      return optionsFor(context, tx, row)
    }),

  'transfer.receipt': ({ token, id, transfer, what }, context) =>
    withClaim(context, token, async (tx, claim) => {
      await oneClaimed(tx, claim, id)
      const row = found((await listTransfers(tx, { credential: urnOf(id) })).find((each) => each.id === transfer))
      const text = what === 'receipt' ? receiptOf(await sentIn(row)) : found((await answerIn(found(row.answer))).decision)
      return {
        name: what === 'receipt' ? `consent-${row.id}.json` : `recognition-${row.id}.decision.jsonld`,
        mediaType: what === 'receipt' ? 'application/json' : 'application/jose+json',
        base64: Buffer.from(text).toString('base64'),
      }
    }),
}

/** What the learner allowed, with what was sent under it; the credential itself is in the learner's hands. */
function receiptOf({ id, network, agreement, sent, consent, credentials }: Transfer): string {
  const packed = credentials.map(({ id: credential, achievement, digest }) => ({ id: credential, achievement, digest }))
  return `${JSON.stringify({ transfer: id, network, agreement, sent, consent, credentials: packed }, null, 2)}\n`
}
