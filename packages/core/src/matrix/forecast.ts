/** Who would accept a certificate, and what one more fact on it would gain. */
import type { RecognitionCase } from '../recognition/case.ts'
import type { Library } from '../recognition/library.ts'
import { askEach, columnsFor, type MatrixRow } from './acceptance-matrix.ts'
import { ask } from './ask.ts'
import { missingIn, withAdded } from './certificate-with.ts'
import { policiesOf } from './columns.ts'
import { type FeatureId, featureIds } from './features.ts'

/** What adding one fact gains: the policies that would then accept. */
export interface Gain {
  feature: FeatureId
  adds: number
  policies: readonly string[]
}

/** The forecast for one certificate: how many published policies can be asked, and what they would say. Gains, the largest first. */
export interface Forecast {
  asked: number
  accepts: number
  asks: number
  refuses: number
  gains: readonly Gain[]
}

/** Computes the forecast by the same engine that decides; a row of the matrix that is at hand is not asked for again. Raises `input.invalid` for a target that the library does not hold. */
export function forecast(given: RecognitionCase, library: Library, row: MatrixRow = askEach(given, library)): Forecast {
  const accepting = new Set(policiesOf(library).filter((_, at) => row.cells[at]!.verdict === 'accepts'))
  const open = columnsFor(given, library).filter(({ id }) => !accepting.has(id))
  const gains = featureIds.flatMap((feature): Gain[] => {
    const won = open.filter(
      (column) =>
        column.relevant.has(feature) &&
        column.targets.some(({ target }) => missingIn(given.credentials, target).includes(feature)) &&
        ask(column, given, withAdded(given.credentials, new Set([feature])), library).verdict === 'accepts',
    )
    return won.length === 0 ? [] : [{ feature, adds: won.length, policies: won.map(({ id }) => id) }]
  })
  const { asked, accepts, asks, refuses } = row
  return { asked, accepts, asks, refuses, gains: gains.sort((one, other) => other.adds - one.adds) }
}
