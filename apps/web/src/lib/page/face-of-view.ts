/** What a learner's page shows of a credential: values of the signed bytes alone, as plain data in the reader's words. */
import { drawStone, type SignedView, stoneOfView } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'
import { levelComparisons } from './names.ts'

/** The face of an achievement. */
export interface Face {
  stone: string
  /** The institution's own badge, a PNG in base64, in place of the stone. */
  badge?: string
  title: string
  language: string
  description: string
  outcomes: readonly { title: string; description?: string }[]
  size: readonly string[]
  level: readonly string[]
  assessments: readonly { title: string; lines: readonly string[] }[]
  participation: readonly string[]
  quality: readonly string[]
  fields: readonly string[]
  prerequisites: string
  stack: string
  further: string
  homepage?: string
}

/** The face of a credential: values of the signed bytes alone (R-DISP-1). */
export function faceOfView(view: SignedView): Face {
  const { ects, hours } = view.workload ?? {}
  const { eqf, nqf = [], cycle } = view.level ?? {}
  return {
    stone: drawStone(stoneOfView(view)).svg,
    title: view.title,
    language: view.language,
    description: view.description ?? '',
    outcomes: view.outcomes.map((title) => ({ title })),
    size: sizeLines(ects, hours),
    level: [...levelLines(eqf), ...nqf, ...(cycle ? [cycleName(cycle)] : [])],
    assessments: view.assessments.map(({ title, type, supervision, grade }) => ({
      title,
      lines: [type, supervision, grade === undefined ? undefined : m.grade({ grade })].filter((line) => line !== undefined),
    })),
    participation: view.participation,
    quality: view.qualityAssurance,
    fields: view.fields.map(({ label }) => label),
    prerequisites: view.prerequisites ?? '',
    stack: view.stackability === 'standalone' ? m.stack_standalone() : (view.stackability ?? ''),
    further: view.furtherInformation ?? '',
    // Foreign documents may name any address; only web addresses become links.
    ...(/^https?:/i.test(view.homepage ?? '') ? { homepage: view.homepage! } : {}),
  }
}

const cycleNames: Readonly<Record<string, () => string>> = {
  short: m.cycle_short,
  first: m.cycle_first,
  second: m.cycle_second,
  third: m.cycle_third,
}
/** The word for a cycle of higher education. */
export const cycleName = (cycle: string) => cycleNames[cycle]?.() ?? cycle

/** How big it is, with a plain comparison. */
export function sizeLines(ects: number | undefined, hours: number | undefined): string[] {
  if (ects !== undefined) return [m.size_ects({ ects, hours: hours ?? ects * 25 }), m.size_compare()]
  return hours === undefined ? [] : [m.size_hours({ hours })]
}

/** How high it is, with a plain comparison. */
export function levelLines(eqf: number | undefined): string[] {
  const compared = eqf === undefined ? undefined : levelComparisons[eqf - 1]
  return eqf === undefined ? [] : [m.level_eqf({ eqf }), ...(compared ? [compared()] : [])]
}
