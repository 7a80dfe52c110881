/** States of a batch in words. */
import type { BatchAnswer } from '@cairn/api'
import { m } from '#lib/paraglide/messages.js'

/** Words for the states. */
export const batchStates: Record<BatchAnswer['state'], () => string> = {
  draft: m.bstate_draft,
  checked: m.bstate_checked,
  'awaiting-approval': m.bstate_awaiting_approval,
  confirmed: m.bstate_confirmed,
  sealing: m.bstate_sealing,
  done: m.bstate_done,
  failed: m.bstate_failed,
  cancelled: m.bstate_cancelled,
}
