/** What stands in the signed texts that a transfer is kept as. */
import { networkTypes, Transfer, TransferAnswer } from '@cairn/core'
import { openSigned } from '@cairn/seals'
import type { TransferRow } from '@cairn/store'

/** The package as it was sent. */
export const sentIn = async ({ signed }: Pick<TransferRow, 'signed'>): Promise<Transfer> =>
  Transfer.parse((await openSigned(Buffer.from(signed), networkTypes.transfer)).payload)

/** An answer as it was signed. */
export const answerIn = async (answer: string): Promise<TransferAnswer> =>
  TransferAnswer.parse((await openSigned(Buffer.from(answer), networkTypes.answer)).payload)

/** Every answer that there is, first to last: the last counts. */
export const answersIn = ({ earlier, answer }: Pick<TransferRow, 'earlier' | 'answer'>): Promise<TransferAnswer[]> =>
  Promise.all((answer ? [...earlier, answer] : []).map(answerIn))

/** An answer as the operations tell it. */
export const answerTold = ({ outcome, grants, reasons, answered, appealTo, confirmedBy }: TransferAnswer) => ({
  outcome,
  grants,
  reasons,
  answered,
  appealTo,
  ...(confirmedBy ? { confirmedBy } : {}),
})
