/** The matrix and all that is read from it, each cell asked once. */
import type { RecognitionCase } from '../recognition/case.ts'
import type { Library } from '../recognition/library.ts'
import { type AcceptanceMatrix, acceptanceMatrix } from './acceptance-matrix.ts'
import { type Forecast, forecast } from './forecast.ts'
import { draftGuideline, type GuidelineLine } from './guideline.ts'
import { type OutlierRule, outlierRules, rareRules } from './outlier-rules.ts'
import { type Profile, smallestProfiles } from './smallest-profile.ts'

/** What the matrix shows. Forecasts are by certificate; profiles of those for which they were asked. */
export interface AcceptanceFindings {
  matrix: AcceptanceMatrix
  forecasts: Readonly<Record<string, Forecast>>
  profiles: readonly { certificate: string; profiles: readonly Profile[] }[]
  outliers: readonly OutlierRule[]
  rare: readonly { policy: string; kind: string }[]
  guideline: readonly GuidelineLine[]
}

/** How it is read: the certificates of which the smallest profile is searched (all when absent), and who hears how many steps of how many are done. */
export interface AcceptanceOptions {
  profilesOf?: ReadonlySet<string>
  told?(done: number, of: number): void
}

/** Computes the matrix, forecasts, profiles, outliers and the guideline. Raises what `acceptanceMatrix` raises. */
export function readAcceptance(
  certificates: readonly RecognitionCase[],
  library: Library,
  { profilesOf, told }: AcceptanceOptions = {},
): AcceptanceFindings {
  const profiled = certificates.filter(({ id }) => profilesOf === undefined || profilesOf.has(id))
  const of = certificates.length * 2 + profiled.length
  let done = 0
  const step = () => told?.(++done, of)
  const stepAfter = <T>(value: T): T => {
    step()
    return value
  }
  const matrix = acceptanceMatrix(certificates, library, step)
  const byId = new Map(certificates.map((each) => [each.id, each]))
  const forecasts = new Map(
    matrix.rows.map((row) => [row.certificate, stepAfter(forecast(byId.get(row.certificate)!, library, row))] as const),
  )
  const profiles = matrix.rows.flatMap(({ certificate, asked }) =>
    asked > 0 && profiled.some(({ id }) => id === certificate)
      ? [{ certificate, profiles: stepAfter(smallestProfiles(byId.get(certificate)!, library)) }]
      : [],
  )
  const outliers = outlierRules(matrix, certificates, library)
  const rare = rareRules(matrix, library)
  const guideline = draftGuideline({ matrix, profiles, forecasts, outliers, rare })
  return { matrix, forecasts: Object.fromEntries(forecasts), profiles, outliers, rare, guideline }
}
