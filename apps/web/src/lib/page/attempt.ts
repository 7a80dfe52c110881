/** Doing something that a form asked for, and handing back what stood in the way with the values kept. */
import { type Problem, ProblemError, problems } from '@cairn/core'
import { type ActionFailure, fail } from '@sveltejs/kit'

/** What a form gets back when something stood in the way. */
export interface Refusal {
  problems: readonly Problem[]
  values: Record<string, string>
}

/** Runs an operation; a problem becomes a refusal with its status, a surprise stays one. */
export async function attempt<T>(work: () => Promise<T>, form?: FormData): Promise<{ done: T } | ActionFailure<Refusal>> {
  try {
    return { done: await work() }
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure
    return fail<Refusal>(problems[failure.problem.code].status, { problems: failure.problems, values: valuesOf(form) })
  }
}

/** True when {@link attempt} was refused. */
export function refused<T>(result: { done: T } | ActionFailure<Refusal>): result is ActionFailure<Refusal> {
  return !('done' in result)
}

/** A text of a form, trimmed; `undefined` when it is empty. */
export function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name)
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? undefined : text
}

/** The revision that a form was filled in for; -1, which there never is, when it names none. */
export const revisionOf = (form: FormData): number => Number(form.get('revision') ?? -1)

/** A file of a form in base64; an empty text when none was chosen. */
export async function fileOf(form: FormData, name: string): Promise<string> {
  const file = form.get(name)
  return file instanceof File ? Buffer.from(await file.arrayBuffer()).toString('base64') : ''
}

function valuesOf(form: FormData | undefined): Record<string, string> {
  const entries = form ? [...form.entries()] : []
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' && !/pass/i.test(name) ? [[name, value]] : [])))
}

/** The texts of a form that are there, by name. */
export function textsOf<K extends string>(form: FormData, names: readonly K[]): { [P in K]?: string } {
  const texts: { [P in K]?: string } = {}
  for (const name of names) {
    const text = textOf(form, name)
    if (text !== undefined) texts[name] = text
  }
  return texts
}

/** Outcomes met, as somebody writes them: numbers or keys; none where the field is empty, which is all of them. */
export function outcomesOf(form: FormData): { outcomes?: string[] } {
  const words = (textOf(form, 'outcomes') ?? '')
    .toLowerCase()
    .split(/[;,\s]+/)
    .filter(Boolean)
  return words.length === 0 ? {} : { outcomes: words }
}

/** A moment of a form: as it was sent, or a local one that UTC was meant by; `undefined` when it is empty. */
export function momentOf(form: FormData, name: string): string | undefined {
  const text = textOf(form, name)
  return text !== undefined && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? `${text}:00Z` : text
}
