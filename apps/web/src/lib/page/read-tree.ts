/**
 * From a form to a tree. Names of fields are JSON Pointers, with what they hold after a colon: `/workload/ects:number`, `/participation:list`. The same
 * function runs in the browser, for a preview, and on the server, for saving.
 */

type Tree = { [key: string]: Tree | Leaf }
/** What a field can hold. */
export type Leaf = string | number | boolean | readonly unknown[] | Record<string, unknown>

/**
 * What a form holds, as a tree: branches whose names are numbers become lists without gaps, empty ones go, and so does what the button `remove` names.
 * `concept` makes a concept of a controlled list of its IRI, where a name says `:nqf` or `:credit`.
 */
export function readTree(form: FormData, concept: (holds: string, iri: string) => Leaf | undefined = () => undefined): unknown {
  const tree = grow(form, concept)
  const removed = form.get('remove')
  if (typeof removed === 'string') prune(tree, removed)
  return tidy(tree)
}

function grow(form: FormData, concept: (holds: string, iri: string) => Leaf | undefined): Tree {
  const tree: Tree = {}
  for (const name of new Set(form.keys())) {
    if (!name.startsWith('/')) continue
    const [pointer = '', holds = 'text'] = name.split(':')
    const value = answerOf(
      form.getAll(name).filter((each) => typeof each === 'string'),
      holds,
      concept,
    )
    if (value === undefined) continue
    const steps = pointer.slice(1).split('/')
    let at = tree
    for (const step of steps.slice(0, -1)) at = branch(at, step)
    at[steps.at(-1)!] = value
  }
  return tree
}

function answerOf(texts: readonly string[], holds: string, concept: (holds: string, iri: string) => Leaf | undefined): Leaf | undefined {
  const given = texts.map((text) => text.trim()).filter((text) => text !== '')
  const [text] = given
  if (text === undefined) return undefined
  if (holds === 'list') return given
  if (holds === 'numbers') return given.map(Number).filter(Number.isFinite)
  if (holds === 'words') return text.split(/[\s,;]+/).filter(Boolean)
  if (holds === 'flag') return true
  // What is no number stays a text, so that it is said beside the field and not lost.
  if (holds === 'number') return Number.isFinite(Number(text.replace(',', '.'))) ? Number(text.replace(',', '.')) : text
  if (holds === 'nqf' || holds === 'credit') return concept(holds, text)
  return text.replaceAll('\r\n', '\n')
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
