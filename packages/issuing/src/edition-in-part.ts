/**
 * The achievement of whoever met some of the outcomes: an edition of its own within the edition, with just those outcomes, the sum of their shares of the
 * workload, the assessments that show them, and the whole as what it counts towards. Every form is made from it as from any other edition, so no title,
 * credit or identifier in any of them claims the whole.
 */
import { type AwardGiven, type Edition, type LangString, ProblemError } from '@cairn/core'
import { digest, toHex } from '@cairn/seals'
import { type PartWords, partWords } from './part-words.ts'

/** The edition as it is, or the part of it that was met. Raises `input.invalid` where the specification is not awarded in part, or lacks an outcome. */
export async function editionFor(edition: Edition, { outcomes: met }: Pick<AwardGiven, 'outcomes'>): Promise<Edition> {
  const { specification: whole } = edition
  if (!met || whole.outcomes.every(({ key }) => met.includes(key))) return edition
  const outcomes = whole.outcomes.filter(({ key }) => met.includes(key))
  if (!whole.awardedInPart || outcomes.length !== met.length)
    throw new ProblemError('input.invalid', 'These outcomes are no part in which this specification is awarded.', '/outcomes')
  const { outcomesSummary: _, awardedInPart: __, ...specification } = whole
  const shown = new Set(outcomes.flatMap(({ assessedBy }) => assessedBy))
  const said = { met: outcomes.length, all: whole.outcomes.length }
  return {
    ...edition,
    achievement: await urnOf(`${edition.achievement} ${outcomes.map(({ key }) => key).join(' ')}`),
    specification: {
      ...specification,
      title: inPart(whole.title),
      outcomes,
      assessments: whole.assessments.filter(({ key }) => shown.has(key)),
      workload: { ...sumOf(outcomes, 'ects'), ...sumOf(outcomes, 'hours') },
      stackability: { type: 'stackable', towards: [{ title: whole.title, id: edition.achievement }] },
      furtherInformation: withSentence(whole.furtherInformation, Object.keys(whole.title), said),
      parts: [],
    },
  }
}

/** A name of the same part for every learner: a UUID of version 8 (RFC 9562, 5.8) from SHA-256. */
async function urnOf(name: string): Promise<string> {
  const hex = toHex(await digest('SHA-256', new TextEncoder().encode(`cairn award in part ${name}`)))
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const wordsIn = (tag: string): PartWords | undefined => partWords[tag.split('-')[0]!]

function inPart(title: LangString): LangString {
  return Object.fromEntries(Object.entries(title).map(([tag, text]) => [tag, `${text} (${(wordsIn(tag) ?? partWords.en!).part})`]))
}

/** The sentence in each language of the title that has words for it, else in English, before what else there is to say. */
function withSentence(text: LangString | undefined, tags: readonly string[], said: { met: number; all: number }): LangString {
  const spoken = tags.filter((tag) => wordsIn(tag))
  const sentences = (spoken.length > 0 ? spoken : ['en']).map((tag) => {
    const sentence = wordsIn(tag)!.sentence.replace('{met}', String(said.met)).replace('{all}', String(said.all))
    return [tag, text?.[tag] ? `${sentence}\n${text[tag]}` : sentence]
  })
  return { ...text, ...Object.fromEntries(sentences) }
}

function sumOf(outcomes: Edition['specification']['outcomes'], unit: 'ects' | 'hours'): { [U in typeof unit]?: number } {
  const shares = outcomes.flatMap(({ workload }) => workload?.[unit] ?? [])
  return shares.length === 0 ? {} : { [unit]: Math.round(shares.reduce((sum, share) => sum + share, 0) * 100) / 100 }
}
