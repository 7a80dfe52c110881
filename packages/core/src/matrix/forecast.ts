/** Who would accept a certificate, and what one more fact on it would gain. */
import type { RecognitionCase } from '../recognition/case.ts'
import type { Library } from '../recognition/library.ts'
import { columnsFor } from './acceptance-matrix.ts'
import { type Acceptance, ask } from './ask.ts'
import { missingIn, withAdded } from './certificate-with.ts'
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

/** Computes the forecast by the same engine that decides. Raises `input.invalid` for a target that the library does not hold. */
export function forecast(given: RecognitionCase, library: Library): Forecast {
  const columns = columnsFor(given, library)
  const verdicts = columns.map((column) => ask(column, given, () => [given.credentials], library).verdict)
  const count = (wanted: Acceptance) => verdicts.filter((verdict) => verdict === wanted).length
  const open = columns.filter((_, at) => verdicts[at] !== 'accepts')
  const gains = featureIds.flatMap((feature): Gain[] => {
    const won = open.filter(
      (column) =>
        column.relevant.has(feature) &&
        column.targets.some(({ target }) => missingIn(given.credentials, target).includes(feature)) &&
        ask(column, given, withAdded(given.credentials, new Set([feature])), library).verdict === 'accepts',
    )
    return won.length === 0 ? [] : [{ feature, adds: won.length, policies: won.map(({ id }) => id) }]
  })
  return {
    asked: columns.length,
    accepts: count('accepts'),
    asks: count('asks'),
    refuses: count('refuses'),
    gains: gains.sort((one, other) => other.adds - one.adds),
  }
}
