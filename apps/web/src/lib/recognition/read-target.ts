/** What a form says of a module, a post, a module of vocational training or a job. */
import type { JsonObject, TargetForm } from '@cairn/core'
import { linesOf, numberOf } from './kind-fields.ts'

/** Outcomes as lines: `0.5* Read a radar picture`. Ids stay with the text that they had. */
export function outcomeLines(content: JsonObject): string {
  const outcomes = (content.outcomes ?? []) as { weight: number; mandatory?: boolean; title?: string; id: string }[]
  return outcomes.map(({ weight, mandatory, title, id }) => `${weight}${mandatory ? '*' : ''} ${title ?? id}`).join('\n')
}

function readOutcomes(text: string, before: JsonObject): JsonObject[] {
  const known = (before.outcomes ?? []) as { title?: string; id: string }[]
  const taken = new Set(known.map(({ id }) => id))
  return linesOf(text).map((line) => {
    const [, weight = line, star = '', title = ''] = /^([\d.,]+)\s*(\*?)\s*(.*)$/.exec(line) ?? []
    let id = known.find((each) => (each.title ?? each.id) === title)?.id
    if (!id) {
      let at = taken.size + 1
      while (taken.has(`O${at}`)) at++
      id = `O${at}`
      taken.add(id)
    }
    return { id, weight: numberOf(weight), mandatory: star !== '', title }
  })
}

/** The content of a target by its form; numbers that are none stay texts, so that the server can say what is wrong. */
export function readTargetForm(form: TargetForm, given: FormData, before: JsonObject): JsonObject {
  const text = (name: string) => String(given.get(name) ?? '').trim()
  const number = (name: string) => (text(name) === '' ? {} : { [name]: numberOf(text(name)) })
  switch (form) {
    case 'module':
      return {
        credits: numberOf(text('credits')),
        ...number('eqf'),
        ...(text('iscedF') ? { iscedF: text('iscedF') } : {}),
        outcomes: readOutcomes(text('outcomes'), before),
      }
    case 'post':
      return {
        competencies: linesOf(text('competencies')),
        ...(text('framework') ? { framework: text('framework') } : {}),
        ...(text('from') ? { period: [text('from'), text('to') || null] } : {}),
      }
    case 'vet':
      return { ...number('level'), elements: linesOf(text('elements')) }
    case 'job':
      return { essential: linesOf(text('essential')), optional: linesOf(text('optional')), safetyCritical: linesOf(text('safetyCritical')) }
  }
}
