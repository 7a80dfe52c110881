/** States of a batch in words. */
import type { BatchAnswer } from '@cairn/api'

export const batchStates: Record<BatchAnswer['state'], string> = {
  draft: 'begun',
  checked: 'waits for you',
  'awaiting-approval': 'waits for a second person',
  confirmed: 'about to be sealed',
  sealing: 'being sealed',
  done: 'sealed',
  failed: 'stopped',
  cancelled: 'cancelled',
}
