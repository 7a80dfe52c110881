/** A decision on something that another member sent goes back to it, signed, and into the ledger. */
import { amountsOf, networkTypes, type Organisation, TransferAnswer, useTokens } from '@cairn/core'
import { signPayload } from '@cairn/seals'
import {
  answerTransferRow,
  findTransferBy,
  type RecognitionRow,
  readDeclarationRow,
  readNetwork,
  type TenantTransaction,
} from '@cairn/store'
import { type Context, found } from '../context.ts'
import { type Frozen, hashText } from '../recognition-case.ts'
import { agreementOf } from './agreements.ts'
import { addToLedger, macFor, memberSigner, publishUsed } from './membership.ts'
import { standingOf } from './network-answer.ts'
import { sentIn } from './signed-texts.ts'

/**
 * Signs the answer where the request came from another member, and one that takes the place of the last where there is one, as after an appeal; does nothing
 * otherwise, or where this institution has left: then the learner alone is answered. Tokens of the use are taken up with it. Raises `network.used-before` when the credential was counted
 * meanwhile, `network.not-in-force`, `network.not-trusted`, `key.*`.
 */
export async function answerTransfer(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  request: RecognitionRow,
  { confirmed, decision }: Pick<Frozen, 'confirmed' | 'decision'>,
): Promise<void> {
  const kept = await findTransferBy(tx, { request: request.id })
  if (!kept) return
  const network = found(await readNetwork(tx, kept.network, true))
  if (standingOf(network) === 'left') return
  const transfer = await sentIn(kept)
  const { agreement } = await agreementOf(tx, network, kept.agreement, hashText)
  const day = context.now.slice(0, 10)
  const outcome = confirmed.grants.length > 0 ? 'recognised' : 'refused'
  const declared = await readDeclarationRow(tx, 'decision', request.id)
  const answer = TransferAnswer.parse({
    transfer: transfer.id,
    network: network.network,
    agreement: kept.agreement,
    from: network.me,
    to: transfer.from,
    answered: day,
    outcome,
    grants: confirmed.grants,
    // Who decides beside the rules says why in words; the reasons of the rules would be of another decision.
    reasons: confirmed.as === 'proposed' ? decision.reasons : [(confirmed.words ?? confirmed.as).slice(0, 500)],
    ...(confirmed.by ? { confirmedBy: context.caller.roles[0] ?? 'approver' } : {}),
    appealTo: network.directory.members.find(({ id }) => id === network.me)!.contact,
    ...(declared ? { decision: Buffer.from(declared.sealed).toString('utf8') } : {}),
    ...(kept.answer ? { corrects: hashText(kept.answer) } : {}),
  })
  const signer = await memberSigner(context, tx, organisation, network)
  const tokens = outcome === 'recognised' ? useTokens(transfer, agreement, macFor(context, network)) : []
  const pair = { transfer: transfer.id, from: transfer.from, to: network.me }
  const event = { day, kind: outcome, ...pair, ...amountsOf(confirmed.grants), tokens } as const
  const ledger = await addToLedger(tx, network, event, { again: kept.answer !== undefined })
  await publishUsed(tx, network, { ledger, signer, day })
  await answerTransferRow(tx, kept.id, {
    answer: await signPayload(answer, networkTypes.answer, signer),
    outcome,
    at: context.now,
    nextAt: context.now,
  })
}
