/** Words for what an organisation is known by, and for what an agency decided. */
import type { Accreditation, OfficialIdentifier } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'

/** Names of registers. */
export const identifierNames: Record<OfficialIdentifier['kind'], () => string> = {
  registration: m.number_registration,
  vat: m.number_vat,
  tax: m.number_tax,
  eidas: m.number_eidas,
  lei: m.number_lei,
  erasmus: m.number_erasmus,
  deqar: m.number_deqar,
  eter: m.number_eter,
  ror: m.number_ror,
  other: m.number_other,
}

/** Names of decisions. */
export const decisionNames: Record<Accreditation['decision'], () => string> = {
  positive: m.decision_positive,
  'positive-with-conditions': m.decision_conditions,
  negative: m.decision_negative,
  'not-applicable': m.decision_none,
}
