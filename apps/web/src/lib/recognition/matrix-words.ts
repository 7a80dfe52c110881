/** Words of the acceptance matrix: certificates, rules, facts, and the sentences of its guideline. */
import type { MatrixAnswer, MatrixRowAnswer } from '@cairn/api'
import {
  type FeatureId,
  featureIds,
  type RecognitionOutcome,
  type ReferenceCertificateId,
  type RequirementKindName,
  textIn,
} from '@cairn/core'
import { sayNumber } from '#lib/page/dates.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { kindSentences } from './sentences.ts'

type Column = MatrixAnswer['policies'][number]

/** How a cell looks: a shape, a letter and a colour for one word. */
export interface CellLook {
  tone: 'genuine' | 'stale' | 'unknown' | 'broken'
  letter: () => string
  name: () => string
}
const partly: CellLook = { tone: 'stale', letter: m.mat_l_partial, name: m.mat_partial }
export const cellLooks: Record<RecognitionOutcome, CellLook> = {
  full: { tone: 'genuine', letter: m.mat_l_full, name: m.mat_full },
  partial: partly,
  conditional: partly,
  'needs-human': { tone: 'unknown', letter: m.mat_l_ask, name: m.mat_ask },
  refused: { tone: 'broken', letter: m.mat_l_refused, name: m.mat_refused },
}

const referenceNames: Record<ReferenceCertificateId, () => string> = {
  'full-micro-credential': m.mat_r_full,
  'short-course': m.mat_r_short,
  'online-course': m.mat_r_online,
  'paper-completion': m.mat_r_paper,
  'paper-attendance': m.mat_r_attendance,
}
const featureNames: Record<FeatureId, () => string> = {
  'reference-number': m.mat_f_reference,
  signature: m.mat_f_signature,
  seal: m.mat_f_seal,
  'electronic-seal': m.mat_f_electronic,
  assessment: m.mat_f_assessment,
  supervision: m.mat_f_supervision,
  'assessment-in-person': m.mat_f_inperson,
  level: m.mat_f_level,
  workload: m.mat_f_workload,
  'workload-basis': m.mat_f_basis,
  outcomes: m.mat_f_outcomes,
  'competency-link': m.mat_f_competency,
  skills: m.mat_f_skills,
}

/** A row by its name: the title of an edition with who issues it, or what a reference certificate is. */
export function sayCertificate({ id, edition }: MatrixRowAnswer['certificate']): string {
  if (!edition) return referenceNames[id as ReferenceCertificateId]()
  return `${textIn(edition.title, getLocale(), 'en')} (${textIn(edition.issuer, getLocale(), 'en')})`
}

/** A column by its name: whose rules, and which. */
export const sayPolicy = ({ body, title }: Column): string => `${textIn(body.name, getLocale(), 'en')}: ${textIn(title, getLocale(), 'en')}`

export const sayFeature = (id: FeatureId): string => featureNames[id]()

/** Facts in the order in which they are told, with "and" as the language has it. */
export function sayFeatures(list: readonly FeatureId[]): string {
  if (list.length === 0) return m.mat_bare()
  return new Intl.ListFormat(getLocale()).format(featureIds.filter((id) => list.includes(id)).map(sayFeature))
}

const sayRule = (kind: string): string => kindSentences[kind as RequirementKindName]?.() ?? kind
const percent = (share: number): string => sayNumber(Math.round(share * 1000) / 10)

/** The rules that stand alone, as sentences. */
export function sayOutliers({ outliers, rare }: Pick<MatrixAnswer, 'outliers' | 'rare'>): string[] {
  return [
    ...outliers.map(({ policy, kind, certificates, acceptedElsewhere }) =>
      m.mat_g_outlier({ policy: sayPolicy(policy), rule: sayRule(kind), certificates, elsewhere: percent(acceptedElsewhere) }),
    ),
    ...rare.map(({ policy, kind }) => m.mat_g_rare({ policy: sayPolicy(policy), rule: sayRule(kind) })),
  ]
}

/** The draft of a guideline: the sentences of the core's `draftGuideline`, in the reader's language and with names in place of ids. */
export function sayGuideline(matrix: MatrixAnswer): string[] {
  const { reference, profiles, total, policies } = matrix
  return [
    m.mat_g_ground({ certificates: reference.length + total, policies: policies.length }),
    ...profiles.flatMap(({ certificate, profiles: found }) =>
      found.map(({ share, needed, asked, accepts, reached, features, proof }) => {
        const said = { certificate: sayCertificate(certificate), share: percent(share), asked, accepts, features: sayFeatures(features) }
        return reached ? m.mat_g_profile({ ...said, ...proof }) : m.mat_g_unreached({ ...said, needed })
      }),
    ),
    ...reference.flatMap(({ certificate, asked, accepts, asks, refuses, gains }) => {
      const said = { certificate: sayCertificate(certificate), asked, accepts }
      return [
        m.mat_g_certificate({ ...said, asks, refuses }),
        ...gains.map(({ feature, adds }) => m.mat_g_gain({ ...said, feature: sayFeature(feature), after: accepts + adds })),
      ]
    }),
    ...sayOutliers(matrix),
  ]
}
