/** `cairn recognise`: what a body's published rules give for a case, with reasons that both sides can replay. */
import { createHash } from 'node:crypto'
import {
  type Decision,
  recognise as decide,
  isObject,
  type Json,
  type JsonObject,
  readRecognitionCase,
  requireSamePolicies,
} from '@cairn/core'
import { answerOrBegin, withoutAnswers } from '../answer-cases.ts'
import type { Output } from '../output.ts'
import { visible } from '../problem-line.ts'
import { recognitionSample } from '../samples/recognition-sample.ts'
import type { Verb } from '../verb.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
const exits = { full: 0, partial: 0, conditional: 0, refused: 1, 'needs-human': 2 } as const

export const recognise: Verb = {
  help: `cairn recognise --library FILE CASE…
cairn recognise --sample DIR

Decides cases of recognition by the policies of a library. A refusal is a proposal: a person confirms it.

  --library FILE  policies, targets, accreditation records, agreements and relations of skills, as JSON
  --json          one line a case: {"file", "id", "outcome", "grants", "verdicts", "reasons", "conditions", …}
  --sample DIR    writes rules of a weather service and a case to begin with; nothing is written over

A decision that a body exported is library and case at once: cairn recognise --library FILE FILE replays it.
Under another version of the rules than it was made under it is not replayed, but a problem: recognition.other-policy.
The same case and policies give the same bytes, on any machine. docs/RECOGNITION.md says how an outcome comes about.
Exit codes: 0 full, partial or conditional, 1 refused, 2 a person has to decide, 64 not readable.`,
  options: { library: { type: 'string' }, sample: { type: 'string' } },
  run: (given, output) =>
    answerOrBegin(given, output, recognitionSample, (file, json, library) => {
      const recognition = readRecognitionCase(caseIn(json))
      const decision = decide(recognition, library, hash)
      if (isExported(json)) requireSamePolicies(json.decision ?? null, decision)
      output.data({ file, id: recognition.id, ...decision })
      print(file, recognition.id, decision, output)
      return exits[decision.outcome]
    }),
}

/** The case itself, or the one that an exported decision rests on: such a file is library and case at once. */
function caseIn(json: Json): Json {
  return isExported(json) ? json.case! : withoutAnswers(json)
}
const isExported = (json: Json): json is JsonObject => isObject(json) && json.type === undefined && json.case !== undefined

const outcomes = {
  full: 'recognised in full',
  partial: 'recognised in part',
  conditional: 'recognised on a condition',
  refused: 'not recognised (a person confirms it)',
  'needs-human': 'a person has to decide',
} as const

function print(file: string, id: string, decision: Decision, output: Output): void {
  output.say(`${visible(file)}  ${visible(id)}: ${outcomes[decision.outcome]}${decision.sub ? ` (${decision.sub})` : ''}`)
  for (const { kind, amount, unit, target, category } of decision.grants)
    output.say(`  gives   ${[amount, unit, kind, category, target].filter((word) => word !== undefined).join(' ')}`)
  for (const condition of decision.conditions) output.say(`  if      ${visible(condition)}`)
  for (const { requirement, kind, verdict, void: overridden } of decision.findings)
    if (verdict !== 'pass') output.say(`  ${verdict.padEnd(7)} ${visible(requirement)} ${kind}${overridden ? ' (void)' : ''}`)
  output.say(`  because ${decision.reasons.join(', ')}`)
  for (const { change, wouldGive } of decision.counterfactual) output.say(`  ${wouldGive} with ${visible(change)}`)
}
