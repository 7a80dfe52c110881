/** What a schema finds wrong with a value, as one plain sentence, and back from the sentence to what it says: pages say it in the reader's language. */
import type { z } from 'zod'

/** The sentences that schemas say by themselves; `{n}` is a number. */
const sentences = {
  needed: 'This is needed.',
  number: 'A number is needed here.',
  form: 'This does not have the form that is expected here.',
  choice: 'This is none of the choices.',
  address: 'A web address that begins with https://',
  'characters-least': 'This has at least {n} characters.',
  'characters-most': 'This has at most {n} characters.',
  'several-least': 'There have to be at least {n}.',
  'several-most': 'There may be at most {n}.',
  'number-least': 'The number is {n} or more.',
  'number-most': 'The number is {n} or less.',
  'number-above': 'The number is more than {n}.',
  'number-below': 'The number is less than {n}.',
} as const

/** What a schema can find wrong by itself. */
export type InputFault = keyof typeof sentences

const say = (fault: InputFault, n?: number | bigint): string => sentences[fault].replace('{n}', String(n))

/** The sentence for an issue of a schema. A schema that says its own keeps it. */
export function sayIssue(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too (small|big))\b/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      if (/received (undefined|null)$/.test(issue.message)) return say('needed')
      return say(issue.expected === 'number' || issue.expected === 'int' ? 'number' : 'form')
    case 'too_small':
      if (issue.origin === 'string') return issue.minimum === 1 ? say('needed') : say('characters-least', issue.minimum)
      if (issue.origin === 'number' || issue.origin === 'int')
        return say(issue.inclusive === false ? 'number-above' : 'number-least', issue.minimum)
      return say('several-least', issue.minimum)
    case 'too_big':
      if (issue.origin === 'string') return say('characters-most', issue.maximum)
      if (issue.origin === 'number' || issue.origin === 'int')
        return say(issue.inclusive === false ? 'number-below' : 'number-most', issue.maximum)
      return say('several-most', issue.maximum)
    case 'invalid_value':
      return say('choice')
    case 'invalid_format':
      return say(issue.format === 'url' ? 'address' : 'form')
    default:
      return say('form')
  }
}

const patterns = (Object.keys(sentences) as InputFault[]).map(
  (fault) => [fault, new RegExp(`^${sentences[fault].replaceAll('.', '\\.').replace('{n}', '(-?[\\d.]+)')}$`)] as const,
)

/** What a sentence of {@link sayIssue} says, with its number where it has one; `undefined` for any other sentence. */
export function readIssue(sentence: string): { fault: InputFault; n?: number } | undefined {
  for (const [fault, pattern] of patterns) {
    const found = pattern.exec(sentence)
    if (found) return found[1] === undefined ? { fault } : { fault, n: Number(found[1]) }
  }
  return undefined
}
