/** How an outcome is worded: its verb, and whether it is one. */
import type { LanguageWords } from './words.ts'

/** The wording of an outcome after the words that introduce it. */
export interface Phrase {
  /** The text without "the learner can". */
  readonly core: string
  /** The action verb it stands on; `undefined` when there is none. */
  readonly verb: string | undefined
  readonly vague: boolean
  /** More than one verb: "plan and run". */
  readonly several: boolean
}

/** Looks for the action verb that an outcome begins (or, in German, ends) with. */
export function readPhrase(text: string, words: LanguageWords): Phrase {
  const core = text
    .normalize('NFC')
    .trim()
    .replace(words.intro, '')
    .replace(/[.;:]+$/, '')
    .trim()
  const tokens = core.split(/[\s,/()]+/).filter((token) => token !== '')
  const first = tokens[0]?.toLowerCase() ?? ''
  const vague = words.vague.test(core)
  const verb = words.verbLast ? germanVerb(first, tokens.at(-1) ?? '', words) : isVerb(first, words) ? first : undefined
  return { core, verb: vague || words.topic?.test(core) ? undefined : verb, vague, several: severalVerbs(core, words) }
}

/** German: an inflected verb first, or an infinitive last; there a capital tells a noun from a verb. */
function germanVerb(first: string, last: string, words: LanguageWords): string | undefined {
  return words.verbs.has(first) ? first : isVerb(last, words) ? last : undefined
}

function isVerb(token: string, words: LanguageWords): boolean {
  if (words.notVerbs?.has(token)) return false
  return words.verbs.has(token) || words.verbForm?.test(token) === true
}

function severalVerbs(core: string, words: LanguageWords): boolean {
  const tokens = core.replaceAll(',', ' , ').split(/\s+/)
  if (words.verbLast) {
    const at = tokens.lastIndexOf(words.and)
    return at > 0 && at === tokens.length - 2 && isVerb(tokens[at - 1]!, words) && isVerb(tokens[at + 1]!, words)
  }
  if (!tokens[0] || !isVerb(tokens[0].toLowerCase(), words)) return false
  const next = tokens[1] === ',' || tokens[1]?.toLowerCase() === words.and ? tokens[2] : undefined
  return next !== undefined && isVerb(next.toLowerCase(), words)
}
