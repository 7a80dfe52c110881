/**
 * From the designer's form to a draft. Names of fields are JSON Pointers into the specification, with what they hold after a colon:
 * `/workload/ects:number`, `/participation:list`. The same function runs in the browser, for the preview, and on the server, for saving.
 */
import { type AchievementSpecification, conceptIn, nqfLevel, nqfLevels } from '@cairn/core'

type Tree = { [key: string]: Tree | Leaf }
type Leaf = string | number | boolean | readonly unknown[] | Record<string, unknown>

/** The draft as the form has it, over what was there before. Empty answers and entries without a word in them are left out. */
export function readForm(form: FormData, before: AchievementSpecification): AchievementSpecification {
  const tree = grow(form)
  const removed = form.get('remove')
  if (typeof removed === 'string') prune(tree, removed)
  const added = String(form.get('addLanguage') ?? '')
  if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(added)) {
    tree.title ??= {}
    const title = tree.title as Tree
    title[added] ??= title[before.primaryLanguage] ?? Object.values(title)[0] ?? '…'
  }
  const given = tidy(tree) as Partial<AchievementSpecification>
  const { id, kind, primaryLanguage, awardingBody, badge, activity } = before
  const byKey = <T extends { key: string }>(old: readonly T[], key: string) => old.find((each) => each.key === key)
  return {
    ...given,
    id,
    kind,
    primaryLanguage,
    title: given.title ?? {},
    ...(awardingBody ? { awardingBody } : {}),
    ...(badge ? { badge } : {}),
    ...(activity ? { activity } : {}),
    outcomes: worded(given.outcomes).map((each) => {
      const old = byKey(before.outcomes, each.key)
      return {
        ...each,
        title: each.title ?? {},
        assessedBy: each.assessedBy ?? [],
        skills: old?.skills ?? [],
        competencies: old?.competencies ?? [],
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
    workload: { ...given.workload, ...(before.workload.other ? { other: before.workload.other } : {}) },
    level: { ...given.level, nqf: given.level?.nqf ?? [] },
    participation: given.participation ?? [],
    fields: given.fields ?? [],
    taughtIn: given.taughtIn ?? [],
    safetyCritical: given.safetyCritical ?? false,
    annex2: given.annex2 ?? {},
    ...(given.qualityAssurance
      ? {
          qualityAssurance: {
            ...given.qualityAssurance,
            accreditations: (given.qualityAssurance.accreditations ?? []).map((each, at) => ({
              ...before.qualityAssurance?.accreditations[at],
              ...each,
              decision: each.decision ?? before.qualityAssurance?.accreditations[at]?.decision ?? 'positive',
            })),
          },
        }
      : {}),
    ...(given.stackability ? { stackability: { ...given.stackability, towards: given.stackability.towards ?? [] } } : {}),
  }
}

/** Entries with a word in them; a key alone is none. */
function worded<T extends { key: string }>(entries: readonly T[] | undefined): T[] {
  return (entries ?? []).filter((entry) => Object.keys(entry).some((name) => name !== 'key'))
}

function grow(form: FormData): Tree {
  const tree: Tree = {}
  for (const name of new Set(form.keys())) {
    if (!name.startsWith('/')) continue
    const [pointer = '', holds = 'text'] = name.split(':')
    const value = answerOf(
      form.getAll(name).filter((each) => typeof each === 'string'),
      holds,
    )
    if (value === undefined) continue
    const steps = pointer.slice(1).split('/')
    let at = tree
    for (const step of steps.slice(0, -1)) at = branch(at, step)
    at[steps.at(-1)!] = value
  }
  return tree
}

function answerOf(texts: readonly string[], holds: string): Leaf | undefined {
  const given = texts.map((text) => text.trim()).filter((text) => text !== '')
  const [text] = given
  if (text === undefined) return undefined
  if (holds === 'list') return given
  if (holds === 'words') return text.split(/[\s,;]+/).filter(Boolean)
  if (holds === 'flag') return true
  // What is no number stays a text, so that it is said beside the field and not lost.
  if (holds === 'number') return Number.isFinite(Number(text.replace(',', '.'))) ? Number(text.replace(',', '.')) : text
  if (holds === 'nqf') return nationalLevel(text)
  return text.replaceAll('\r\n', '\n')
}

function nationalLevel(iri: string): Leaf | undefined {
  const concept = conceptIn(nqfLevels, iri)
  const known = nqfLevel(iri)
  return concept && known
    ? { concept: { id: concept.id, label: concept.label, scheme: concept.scheme }, country: known.country }
    : undefined
}

/** The branch of that name, begun when there is none. */
function branch(tree: Tree, step: string): Tree {
  if (!Object.hasOwn(tree, step)) tree[step] = {}
  return tree[step] as Tree
}

function prune(tree: Tree, pointer: string): void {
  const steps = pointer.slice(1).split('/')
  let at: Tree | undefined = tree
  for (const step of steps.slice(0, -1)) at = at && Object.hasOwn(at, step) ? (at[step] as Tree) : undefined
  if (at) delete at[steps.at(-1)!]
}

/** Branches whose names are numbers become lists without gaps; empty ones go. */
function tidy(tree: Tree): unknown {
  const entries = Object.entries(tree)
    .map(([name, value]) => [name, isTree(value) ? tidy(value) : value] as const)
    .filter(([, value]) => value !== undefined)
  if (entries.length === 0) return undefined
  if (entries.every(([name]) => /^\d+$/.test(name)))
    return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, value]) => value)
  return Object.fromEntries(entries)
}

const isTree = (value: Tree | Leaf): value is Tree => typeof value === 'object' && !Array.isArray(value)
