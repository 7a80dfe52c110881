/** The answer to a transfer that went out from here: proven, counted, kept for the learner. */
import { amountsOf, networkTypes, ProblemError, readAnswer, readAs, TransferAnswer, useTokens } from '@cairn/core'
import { openSigned } from '@cairn/seals'
import { answerTransferRow, appendEvent, findTransferBy, readNetwork } from '@cairn/store'
import { type Context, found } from '../context.ts'
import { hashText } from '../recognition-case.ts'
import { agreementOf } from './agreements.ts'
import type { Handed } from './handed.ts'
import { addToLedger, macFor } from './membership.ts'
import { answerIn, sentIn } from './signed-texts.ts'

/**
 * Takes it once; the same answer again changes nothing, and one that corrects the last takes its place, as after an appeal. Raises what `readAnswer` raises.
 */
export async function takeAnswer(context: Context, { tenant, network, text }: Handed): Promise<void> {
  const signed = await openSigned(Buffer.from(text), networkTypes.answer)
  const { transfer: name } = readAs(TransferAnswer, signed.payload)
  await context.database.tenant(tenant, async (tx) => {
    const row = found(await readNetwork(tx, network.id, true))
    const kept = await findTransferBy(tx, { network: row.id, transfer: name })
    if (!kept || kept.incoming) throw new ProblemError('network.out-of-order', 'The transfer that this answers was not sent from here.')
    if ([...kept.earlier, kept.answer].includes(text)) return
    const sent = await sentIn(kept)
    const last = kept.answer ? { text: kept.answer, answered: (await answerIn(kept.answer)).answered } : undefined
    const answer = readAnswer(signed, sent, { directory: row.directory, last, hash: hashText })
    const { agreement } = await agreementOf(tx, row, sent.agreement, hashText)
    const tokens = answer.outcome === 'recognised' ? useTokens(sent, agreement, macFor(context, row)) : []
    const { answered: day, outcome, grants } = answer
    const pair = { transfer: sent.id, from: sent.from, to: sent.to }
    await addToLedger(tx, row, { day, kind: outcome, ...pair, ...amountsOf(grants), tokens }, { again: last !== undefined })
    await answerTransferRow(tx, kept.id, { answer: text, outcome, at: context.now })
    await appendEvent(tx, { at: context.now, actor: sent.to, name: 'transfer.answer', subject: kept.id })
  })
}
