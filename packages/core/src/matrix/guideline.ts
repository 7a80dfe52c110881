/** The draft of a guideline: what the matrix shows, in sentences with the numbers filled in (domain 5). */
import { fillPlaces } from '../fill-places.ts'
import type { AcceptanceMatrix } from './acceptance-matrix.ts'
import { type FeatureId, featureIds } from './features.ts'
import type { Forecast } from './forecast.ts'
import type { OutlierRule } from './outlier-rules.ts'
import type { Profile } from './smallest-profile.ts'

/** One sentence: its key and numbers for a translation, and the English. */
export interface GuidelineLine {
  key: GuidelineKey
  values: Readonly<Record<string, string | number>>
  text: string
}

/** Names of the facts, as they stand in a sentence. */
export const featureWords: Readonly<Record<FeatureId, string>> = {
  'reference-number': 'a reference number',
  signature: 'a signature',
  seal: 'a stamp or seal',
  'electronic-seal': 'an electronic seal',
  assessment: 'an assessment',
  supervision: 'supervision of the assessment with identity verified',
  'assessment-in-person': 'an assessment in person',
  level: 'the EQF level',
  workload: 'the workload',
  'workload-basis': 'the basis of the hours, total or contact',
  outcomes: 'the learning outcomes',
  'competency-link': 'a link to the competencies',
  skills: 'the skills',
}

/** English sentences; names in braces are values. A translation has the same keys. */
export const guidelineTexts = {
  'guideline.ground': 'This draft rests on {certificates} reference certificates and {policies} policies.',
  'guideline.profile':
    'A certificate like {certificate} that tells {features} is accepted by {accepts} of {asked} policies; {share} % was aimed at.',
  'guideline.profile-bare':
    'A certificate like {certificate} without any of the compared facts is accepted by {accepts} of {asked} policies; {share} % was aimed at.',
  'guideline.profile-proof': 'No smaller set of facts reaches that: all {tried} were tried, and the best of them is accepted by {most}.',
  'guideline.profile-out-of-reach':
    'No set of facts on a certificate like {certificate} reaches {share} % ({needed} of {asked} policies); the most is {accepts}, with {features}.',
  'guideline.certificate':
    'Certificate {certificate}: {accepts} of {asked} policies accept it, {asks} ask a person or for evidence, {refuses} refuse.',
  'guideline.gain': 'On certificate {certificate}, adding {feature} would raise acceptance from {accepts} to {after} of {asked}.',
  'guideline.outlier':
    'Rule {requirement} ({kind}) of policy {policy} alone keeps out {certificates} certificates that at least {elsewhere} % of the other policies accept.',
  'guideline.rare': 'Only policy {policy} has a rule of the kind {kind}.',
} as const
export type GuidelineKey = keyof typeof guidelineTexts

/** What the guideline is drafted from. Forecasts are by certificate. */
export interface GuidelineGiven {
  matrix: AcceptanceMatrix
  profiles: readonly { certificate: string; profiles: readonly Profile[] }[]
  forecasts: ReadonlyMap<string, Forecast>
  outliers: readonly OutlierRule[]
  rare: readonly { policy: string; kind: string }[]
}

const line = (key: GuidelineKey, values: GuidelineLine['values']): GuidelineLine => ({
  key,
  values,
  text: fillPlaces(guidelineTexts[key], values),
})
const percent = (share: number) => Math.round(share * 1000) / 10
const together = (list: readonly FeatureId[]) => {
  const words = featureIds.filter((id) => list.includes(id)).map((id) => featureWords[id])
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** Drafts the guideline; the same matrix gives the same sentences. */
export function draftGuideline({ matrix, profiles, forecasts, outliers, rare }: GuidelineGiven): GuidelineLine[] {
  return [
    line('guideline.ground', { certificates: matrix.rows.length, policies: matrix.policies.length }),
    ...profiles.flatMap((each) => each.profiles.flatMap((profile) => linesOfProfile(each.certificate, profile))),
    ...matrix.rows.flatMap(({ certificate, asked, accepts, asks, refuses }) => [
      line('guideline.certificate', { certificate, asked, accepts, asks, refuses }),
      ...(forecasts.get(certificate)?.gains ?? []).map(({ feature, adds }) =>
        line('guideline.gain', { certificate, feature: featureWords[feature], accepts, after: accepts + adds, asked }),
      ),
    ]),
    ...outliers.map(({ policy, requirement, kind, certificates, acceptedElsewhere }) =>
      line('guideline.outlier', { policy, requirement, kind, certificates: certificates.length, elsewhere: percent(acceptedElsewhere) }),
    ),
    ...rare.map((each) => line('guideline.rare', each)),
  ]
}

function linesOfProfile(certificate: string, { share, needed, asked, accepts, reached, features, proof }: Profile): GuidelineLine[] {
  const values = { certificate, share: percent(share), needed, asked, accepts, features: together(features) }
  if (!reached) return [line('guideline.profile-out-of-reach', values)]
  if (features.length === 0) return [line('guideline.profile-bare', values)]
  return [line('guideline.profile', values), line('guideline.profile-proof', { ...proof })]
}
