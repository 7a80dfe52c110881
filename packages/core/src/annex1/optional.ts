/** Optional elements, keys, parts, and the questions of Annex II. */
import { found, type Rule } from './rule.ts'

/** Stackable says towards what, or that it is open and why. */
export const stackabilityRule: Rule = ({ stackability }) => {
  if (!stackability?.value.stackable || stackability.value.targets > 0 || stackability.value.open) return []
  return [
    found(
      'O4',
      'W',
      'annex1.stackability-target',
      'It is stackable, and nothing says towards what. Name a target, or say why it is open.',
      stackability.pointer,
    ),
  ]
}

/** X14: a key names one thing, for signed documents point by it. */
export const keysRule: Rule = ({ keys }) =>
  keys.flatMap(({ value, pointer }) =>
    value.flatMap((key, index) =>
      value.indexOf(key) === index
        ? []
        : [found('X14', 'B', 'annex1.key-twice', 'Two entries of this list have the same key. Change one.', `${pointer}/${index}/key`)],
    ),
  )

/** A transcript or diploma has parts. */
export const partsRule: Rule = ({ parts }) =>
  parts.value > 0
    ? []
    : [found('K1', 'B', 'annex1.parts-missing', 'There are no parts. Name the courses or modules it lists.', parts.pointer)]

/** Who looks at it later wants one sentence. */
export const descriptionRule: Rule = ({ description }) =>
  description.value
    ? []
    : [found('K2', 'W', 'annex1.description-missing', 'There is no description. Say in one sentence what it is for.', description.pointer)]

/** The principles that only a person can answer, with the question put to them (Annex II of 2022/C 243/02). */
const questions: readonly (readonly [rule: string, principle: string, question: string])[] = [
  ['P1', 'quality', 'Which standards hold, and who signs off the level in the end?'],
  ['P2', 'transparency', 'Can a stranger tell its size, level and content in one minute?'],
  ['P3', 'relevance', 'What need does it answer, who confirmed it, and why is an existing module not enough?'],
  ['P4', 'assessment', 'How could somebody pass without having the outcomes?'],
  ['P5', 'pathways', 'May somebody obtain it without the course, by assessment alone?'],
  ['P6', 'recognition', 'Who should recognise it, and for what?'],
  ['P8', 'learner-centred', 'Which groups cannot take part, and why?'],
  ['P10', 'guidance', 'Where does a learner find advice, price and funding in plain words?'],
]

/** Annex II as questions; portability and authenticity are ours to keep. */
export const principlesRule: Rule = ({ answered }) =>
  answered === undefined
    ? []
    : questions
        .filter(([, principle]) => !answered.includes(principle))
        .map(([rule, principle, question]) => found(rule, 'P', 'annex1.principle-open', question, `/annex2/${principle}`))
