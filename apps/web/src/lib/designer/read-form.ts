/** From the designer's form to a draft. The same function runs in the browser, for the preview, and on the server, for saving. */
import { type AchievementSpecification, type ConceptRef, conceptIn, creditSystems, nqfLevel, nqfLevels } from '@cairn/core'
import { type Leaf, readTree } from '#lib/page/read-tree.ts'

/** One row of links to competencies: ESCO skills and concepts of any other framework alike. */
type Link = Partial<Omit<ConceptRef, 'label'>> & { label?: string }
type Given = Omit<Partial<AchievementSpecification>, 'outcomes'> & {
  outcomes?: (AchievementSpecification['outcomes'][number] & { links?: Link[] })[]
}

/** ESCO skills have a member of their own in the European Learning Model. */
const escoSkill = 'http://data.europa.eu/esco/skill/'

/**
 * The draft as the form has it, over what was there before. Empty answers and entries without a word in them are left out. `bodyId` is given to an
 * awarding body that is new; the preview, which keeps nothing, needs none.
 */
export function readForm(form: FormData, before: AchievementSpecification, bodyId: string = before.id): AchievementSpecification {
  const given = (readTree(form, listedConcept) ?? {}) as Given
  const { id, kind, primaryLanguage, badge, outcomesSummary } = before
  const title: Record<string, string> = { ...given.title }
  const added = String(form.get('addLanguage') ?? '')
  if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(added)) title[added] ??= title[primaryLanguage] ?? Object.values(title)[0] ?? '…'
  const byKey = <T extends { key: string }>(old: readonly T[], key: string) => old.find((each) => each.key === key)
  const { awardingBody: body, activity, workload, stackability, qualityAssurance, ...plain } = given
  return {
    ...plain,
    id,
    kind,
    primaryLanguage,
    title,
    ...awardingBodyFrom(body, before, bodyId),
    ...(badge ? { badge } : {}),
    ...(outcomesSummary ? { outcomesSummary } : {}),
    ...(activity ? { activity } : {}),
    outcomes: worded(given.outcomes).map(({ links, ...each }) => {
      const old = byKey(before.outcomes, each.key)
      const all = linksFrom(links, [...(old?.skills ?? []), ...(old?.competencies ?? [])], primaryLanguage)
      return {
        ...each,
        title: each.title ?? {},
        assessedBy: each.assessedBy ?? [],
        skills: all.filter((link) => link.id?.startsWith(escoSkill)),
        competencies: all.filter((link) => !link.id?.startsWith(escoSkill)),
      }
    }),
    assessments: worded(given.assessments).map((each) => ({
      ...each,
      title: each.title ?? {},
      modes: each.modes ?? [],
      graded: each.graded ?? false,
    })),
    parts: worded(given.parts).map((each) => {
      const old = byKey(before.parts, each.key)?.specification
      return { ...each, title: each.title ?? {}, ...(old ? { specification: old } : {}) }
    }),
    workload: workloadFrom(workload, before),
    level: { ...given.level, nqf: given.level?.nqf ?? [] },
    participation: given.participation ?? [],
    fields: given.fields ?? [],
    taughtIn: given.taughtIn ?? [],
    safetyCritical: given.safetyCritical ?? false,
    annex2: given.annex2 ?? {},
    ...(qualityAssurance ? { qualityAssurance: { ...qualityAssurance, accreditations: qualityAssurance.accreditations ?? [] } } : {}),
    ...(stackability ? { stackability: { ...stackability, towards: (stackability.towards ?? []).filter((each) => each.title) } } : {}),
  }
}

/** A body counts as soon as it has a name or a number; a country alone is only what the list began with. */
function awardingBodyFrom(
  given: Given['awardingBody'],
  before: AchievementSpecification,
  bodyId: string,
): Pick<AchievementSpecification, 'awardingBody'> {
  const identifiers = (given?.identifiers ?? []).filter(({ value }) => value)
  if (!given || (!given.legalName && identifiers.length === 0 && !given.homepage)) return {}
  return {
    awardingBody: {
      ...given,
      accreditations: before.awardingBody?.accreditations ?? [],
      higherEducation: given.higherEducation ?? false,
      legalName: given.legalName ?? {},
      identifiers,
      id: before.awardingBody?.id ?? bodyId,
    },
  }
}

/** Links with an address or a word; texts in other languages than the designer's own stay with their address. */
function linksFrom(links: readonly Link[] | undefined, before: readonly ConceptRef[], language: string): ConceptRef[] {
  return (links ?? []).map(({ label, ...link }) => ({
    // What is missing is said beside its field when it is saved.
    id: '',
    ...link,
    label: { ...before.find(({ id }) => id === link.id)?.label, ...(label ? { [language]: label } : {}) },
  }))
}

/** Credits of another system need both: how many, and of which. */
function workloadFrom(given: Given['workload'], before: AchievementSpecification): AchievementSpecification['workload'] {
  const { other, ...plain } = given ?? {}
  const system = other?.system ?? (other?.points === undefined ? undefined : before.workload.other?.system)
  return { ...plain, ...(other?.points !== undefined && system ? { other: { points: other.points, system } } : {}) }
}

/** Entries with a word in them; a key alone is none. */
function worded<T extends { key: string }>(entries: readonly T[] | undefined): T[] {
  return (entries ?? []).filter((entry) => Object.keys(entry).some((name) => name !== 'key'))
}

function listedConcept(holds: string, iri: string): Leaf | undefined {
  if (holds === 'nqf') return nationalLevel(iri)
  const system = conceptIn(creditSystems, iri)
  return system && { id: system.id, label: { en: system.label.en }, scheme: system.scheme }
}

function nationalLevel(iri: string): Leaf | undefined {
  const concept = conceptIn(nqfLevels, iri)
  const known = nqfLevel(iri)
  return concept && known
    ? { concept: { id: concept.id, label: { en: concept.label.en }, scheme: concept.scheme }, country: known.country }
    : undefined
}
