/** `cairn stack`: whether credentials add up to a larger award, and what is missing. */
import { readStackingCase, type StackAnswer, type StackingCase, solveStack } from '@cairn/core'
import { answerOrBegin, withoutAnswers } from '../answer-cases.ts'
import type { Output } from '../output.ts'
import { visible } from '../problem-line.ts'
import { stackingSample } from '../samples/stacking-sample.ts'
import type { Verb } from '../verb.ts'

export const stackVerb: Verb = {
  help: `cairn stack --library FILE CASE…
cairn stack --sample DIR

Says whether the credentials of a case meet a pathway: which one counts where, what is missing, and what to take next.
Eligible means eligible to apply; the receiving body awards.

  --library FILE  policies and targets, as JSON
  --proof         with --json, where it is not eligible: assignments that show that no goal of the conflict set can be left out, and that the plans suffice
  --json          one line a case: {"file", "id", "eligible", "assignment", "countedCredits", "unused", "gaps", …}
  --sample DIR    writes a pathway with what somebody holds, to begin with; nothing is written over

Exit codes: 0 eligible, 1 not, 64 not understood or a case that cannot be read.`,
  options: { library: { type: 'string' }, sample: { type: 'string' }, proof: { type: 'boolean' } },
  run: (given, output) =>
    answerOrBegin(given, output, stackingSample, (file, json, library) => {
      const stacking = readStackingCase(withoutAnswers(json))
      const { answer, proof } = solveStack(stacking, library)
      output.data({ file, id: stacking.case.id, ...answer, ...(proof && given.has('proof') ? { proof } : {}) })
      print(file, stacking, answer, output)
      return answer.eligible ? 0 : 1
    }),
}

const reasonWords: Readonly<Record<string, string>> = {
  OUTCOME_OVERLAP: 'has the outcomes of another one that counts',
  NOT_CURRENT: 'is too old for the slot that would take it',
  NOT_ASSESSED: 'was not assessed',
  WOULD_BREAK_ORDER: 'was issued in the wrong order',
  ALREADY_USED: 'was used in an earlier award',
  CAP: 'would exceed a limit',
  NO_SLOT: 'has no slot, or is not needed',
  OUT_OF_PERIOD: 'was issued outside the period',
  ATTENDANCE_ONLY: 'shows attendance only',
  BELOW_MIN_HOURS: 'has too few hours',
  PARTICIPATION_HALF: 'counts in part, as participation',
  GENERAL_HOURS_CAP: 'is general, and general hours are limited',
}
const wordsOf = (reason: string) => reasonWords[reason] ?? (reason.startsWith('DUPLICATE_') ? 'repeats one that counts' : reason)

function print(file: string, { case: { pathway } }: StackingCase, answer: StackAnswer, output: Output): void {
  const say = (line: string) => output.say(visible(line))
  say(`${file}: ${answer.eligible ? 'eligible to apply for' : 'not eligible yet for'} ${pathway.award}`)
  for (const [id, slot] of Object.entries(answer.assignment ?? {})) say(`  ${id} counts in ${slot}`)
  if (answer.countedCredits !== undefined) say(`  ${answer.countedCredits} credits counted`)
  for (const [id, hours] of Object.entries(answer.perCredential ?? {}))
    say(`  ${id}: ${hours} h${answer.reasons?.[id] === undefined ? '' : `, ${wordsOf(answer.reasons[id])}`}`)
  if (answer.countedHours !== undefined) say(`  ${answer.countedHours} h counted`)
  for (const module of answer.gradeB ?? []) say(`  ${module} is complete`)
  for (const { id, reason } of answer.unused ?? []) say(`  ${id} ${wordsOf(reason)}`)
  for (const gap of answer.gaps) say(gap.goal === 'element' ? `  missing: ${gap.need}` : `  missing: ${gap.goal}, ${amounts(gap)}`)
  const { conflictSet = [] } = answer
  if (conflictSet.length > 0) say(`  cannot be met${conflictSet.length > 1 ? ' together' : ''}: ${conflictSet.join(', ')}`)
  for (const { take, hours } of answer.plans ?? []) say(`  plan: ${take.join(', ')} (${hours} h)`)
  if (answer.bound) say(`  not proven to be the best: ${answer.bound.choice} ${answer.bound.value}, at most ${answer.bound.bound}`)
}

const amounts = (gap: StackAnswer['gaps'][number]) => ('have' in gap ? `${gap.have} of ${gap.need}` : gap.need)
