/** Operations of the pause after a restore (R-BAK-4). */
import type { Handlers } from '@cairn/api'
import { ProblemError } from '@cairn/core'
import { appendEvent, confirmRestoration, readRestoration } from '@cairn/store'
import { noHold } from '../backup/hold.ts'
import { asTenant, type Context } from '../context.ts'
import { publishRestored } from '../status-publishing.ts'

export const restorationHandlers: Pick<Handlers<Context>, 'restoration.read' | 'restoration.confirm'> = {
  'restoration.read': async (_, { database }) => {
    // As it stands now: the pause itself believes for two seconds what it read.
    const restoration = await readRestoration(database)
    return { held: restoration !== undefined && restoration.confirmedAt === undefined, ...(restoration ? { restoration } : {}) }
  },

  'restoration.confirm': async (_, context) => {
    await asTenant(context, async (tx) => {
      if (!(await confirmRestoration(tx, context.caller.person!, context.now)))
        throw new ProblemError('request.conflict', 'There is nothing to confirm: no restore waits for it.')
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'restoration.confirm' })
    })
    // Should this be broken off, the job that renews lists does the rest.
    await publishRestored({ ...context, isHeld: noHold })
    return { done: true as const }
  },
}
