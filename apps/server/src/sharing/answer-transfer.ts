/** A decision on something that another member sent goes back to it, signed, and into the ledger. */
import { amountsOf, networkTypes, type Organisation, Transfer, TransferAnswer, useTokens } from '@cairn/core'
import { openSigned, signPayload } from '@cairn/seals'
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

/**
 * Signs the answer where the request came from another member; does nothing otherwise. Tokens of the use are taken up with it. Raises
 * `network.used-before` when the credential was counted meanwhile, `network.not-in-force`, `network.not-trusted`, `key.*`.
 */
export async function answerTransfer(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  request: RecognitionRow,
  { confirmed, decision }: Pick<Frozen, 'confirmed' | 'decision'>,
): Promise<void> {
  const kept = await findTransferBy(tx, { request: request.id })
  if (!kept || kept.answer) return
  const network = found(await readNetwork(tx, kept.network, true))
  const transfer = Transfer.parse((await openSigned(Buffer.from(kept.signed), networkTypes.transfer)).payload)
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
  })
  const signer = await memberSigner(context, tx, organisation, network)
  const tokens = outcome === 'recognised' ? useTokens(transfer, agreement, macFor(context, network)) : []
  const ledger = await addToLedger(tx, network, {
    day,
    kind: outcome,
    transfer: transfer.id,
    from: transfer.from,
    to: network.me,
    ...amountsOf(confirmed.grants),
    tokens,
  })
  await publishUsed(tx, network, { ledger, signer, day })
  await answerTransferRow(tx, kept.id, {
    answer: await signPayload(answer, networkTypes.answer, signer),
    outcome,
    at: context.now,
    nextAt: context.now,
  })
}
