/** Every set of published files: one line a set. */

import { dataIntegrityRows } from './data-integrity.ts'
import { dccRows } from './dcc.ts'
import { openBadgeRows } from './open-badges.ts'
import type { Row } from './row.ts'
import { sealRows } from './seals.ts'
import { tokenRows } from './tokens.ts'
import { trustedListRows } from './trusted-lists.ts'

/** All rows; a set whose vectors are absent has none. */
export function rows(): Row[] {
  return [...openBadgeRows(), ...dccRows(), ...dataIntegrityRows(), ...tokenRows(), ...sealRows(), ...trustedListRows()]
}
