/** The job that carries transfers to other members and answers back: until they are taken, with waits that grow. */
import { ProblemError } from '@cairn/core'
import { dueTransfers, noteDelivery, readNetwork, readTransferRow } from '@cairn/store'
import type { Installation } from '../context.ts'
import { found } from '../context.ts'
import { handIn } from './peer-door.ts'

/** The first wait and the longest, in milliseconds; with twelve hours at the end forty tries are two weeks. */
const firstWait = 15_000
const longestWait = 12 * 3_600_000
const mostAttempts = 40

/** What may go well another time: the other side is away, or has much to do. */
const maybeLater = new Set<string>(['fetch.failed', 'proof.too-complex', 'server.unavailable'])

/** Carries what is due. What the other side refuses is not tried again; what did not arrive is. */
export async function deliverTransfers(installation: Installation, isStopping = () => false): Promise<void> {
  const { database, log } = installation
  for (const { tenant, id } of await dueTransfers(database, new Date().toISOString(), 50)) {
    if (isStopping()) return
    const { row, base } = await database.tenant(tenant, async (tx) => {
      const row = found(await readTransferRow(tx, id))
      const { directory } = found(await readNetwork(tx, row.network))
      return { row, base: directory.members.find((each) => each.id === row.peer)?.address }
    })
    const outcome = await carry(installation, base, row.incoming ? [...row.earlier, row.answer!] : [row.signed])
    if (outcome.problem) log.warn({ transfer: id, code: outcome.problem }, 'a transfer was not taken')
    const isOver = outcome.final || row.attempts + 1 >= mostAttempts
    const wait = Math.min(longestWait, firstWait * 2 ** row.attempts)
    await database.tenant(tenant, (tx) =>
      noteDelivery(tx, id, {
        ...(outcome.problem ? { problem: outcome.problem } : {}),
        ...(isOver ? {} : { nextAt: new Date(Date.now() + wait).toISOString() }),
      }),
    )
  }
}

async function carry(
  installation: Installation,
  base: string | undefined,
  documents: readonly string[],
): Promise<{ problem?: string; final: boolean }> {
  if (base === undefined) return { problem: 'network.not-taken', final: true }
  try {
    // Whoever has the earlier ones takes no harm of them.
    for (const document of documents) await handIn(installation, base, document)
    return { final: true }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { code } = error.problem
    return { problem: code, final: !maybeLater.has(code) }
  }
}
