/** A ladder: elements add up to modules (grade B), modules to the award (grade C). Nothing expires. */
import { byCode } from './slot-model.ts'
import type { StackAnswer } from './stack-answer.ts'
import type { LadderCase } from './stacking-case.ts'

/** Climbs the ladder with everything assessed; what is missing is told element by element. */
export function climbLadder({ pathway, credentials }: LadderCase): StackAnswer {
  const held = new Set<string>()
  const wanted = new Set(Object.values(pathway.ladder.modules).flat())
  const unused: NonNullable<StackAnswer['unused']> = []
  for (const credential of [...credentials].sort((a, b) => byCode(a.id, b.id))) {
    const elements = credential.elements ?? []
    if (credential.assessed === false || (credential.awardType ?? 'successful-completion') !== 'successful-completion')
      unused.push({ id: credential.id, reason: 'NOT_ASSESSED' })
    else {
      for (const element of elements) held.add(element)
      if (!elements.some((element) => wanted.has(element))) unused.push({ id: credential.id, reason: 'NO_SLOT' })
    }
  }
  const gradeB: string[] = []
  const missing: [string, string[]][] = []
  for (const [module, elements] of Object.entries(pathway.ladder.modules).sort((a, b) => byCode(a[0], b[0]))) {
    const lacking = [...new Set(elements)].filter((element) => !held.has(element)).sort(byCode)
    if (lacking.length === 0) gradeB.push(module)
    else missing.push([module, lacking])
  }
  const needs = [...new Set(missing.flatMap(([, elements]) => elements))].sort(byCode)
  const eligible = missing.length === 0
  return {
    eligible,
    unused,
    gaps: needs.map((need) => ({ goal: 'element', need })),
    gradeB,
    gradeC: eligible ? [pathway.award] : [],
    missingElements: Object.fromEntries(missing),
  }
}
