/** What keys for programs may do, and how they stand, in words. */
import type { ApiKeyAnswer } from '@cairn/api'
import { m } from '#lib/paraglide/messages.js'

/** Groups of operations by name. */
export const scopeWords: Readonly<Record<string, () => string>> = {
  read: m.scope_read,
  design: m.scope_design,
  award: m.scope_award,
  deliver: m.scope_deliver,
  revoke: m.scope_revoke,
  recognise: m.scope_recognise,
}

/** States of a key. */
export const keyStates: Readonly<Record<ApiKeyAnswer['state'], () => string>> = {
  active: m.apikey_state_active,
  ended: m.apikey_state_ended,
  withdrawn: m.apikey_state_withdrawn,
}
