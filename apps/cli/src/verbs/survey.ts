/** `cairn survey`: from the answers of bodies to drafts of their policies, and to what the answers show together. */
import {
  analyse,
  analysisRows,
  contradictionsIn,
  type Distribution,
  type PolicyDraft,
  ProblemError,
  parseJson,
  policyFromAnswers,
  readAnswers,
  survey,
  surveyText,
} from '@cairn/core'
import { worstExit } from '../answer-cases.ts'
import type { Output } from '../output.ts'
import { problemLine, visible } from '../problem-line.ts'
import { readGiven } from '../read-input.ts'
import { type Given, UsageError, type Verb } from '../verb.ts'
import { writeTable } from '../write-table.ts'

const actions: Readonly<Record<string, (given: Given, output: Output) => number>> = { questions, draft, analyse: analyseAll }

export const surveyVerb: Verb = {
  help: `cairn survey questions
cairn survey draft ANSWERS…
cairn survey analyse ANSWERS… [--csv FILE]

The survey of what bodies require of certificates: 24 questions in the six languages of the United Nations and in Czech.

questions  prints the questions with their answers, and with --json also the piece of a policy that each answer carries
draft      compiles the draft of a policy from the answers of a body, for it to read, correct, approve and sign
analyse    who answered, how answers are distributed, and how they differ by region and kind of body;
           answers without consent are left out, and no country is shown alone unless it wants to be named

  --csv FILE  writes the analysis as a table; no cell of it runs as a formula
  --json      draft: one line a file, {"file", "id", "policy", "open"}; a library takes the policy under its id

Exit codes: 0 good, 1 answers that exclude one another, 64 not readable.`,
  options: { csv: { type: 'string' } },
  run(given, output) {
    const [action = '', ...operands] = given.operands
    if (!Object.hasOwn(actions, action)) throw new UsageError('What to do with the survey: questions, draft or analyse?')
    if (action !== 'questions' && operands.length === 0) throw new UsageError('Which answers?')
    return actions[action]!({ ...given, operands }, output)
  },
}

function questions(_: Given, output: Output): number {
  const questions = survey.questions.map(({ options, ...question }) => ({
    ...question,
    text: surveyText(question.id),
    ...(options ? { options: options.map((each) => ({ ...each, label: surveyText(`${question.id}.${each.id}`) })) } : {}),
  }))
  output.data({ ...survey, questions })
  for (const { id, text, answer, options = [] } of questions) {
    output.say(`${id.padEnd(4)} ${text.en}  (${answer})`)
    for (const { id: option, label } of options) output.say(`       ${option.padEnd(22)} ${label.en}`)
  }
  return 0
}

const open = (file: string) => readAnswers(parseJson(readGiven(file)))

function draft({ operands }: Given, output: Output): number {
  const codes = operands.map((file) => {
    try {
      const made = policyFromAnswers(open(file))
      output.data({ file, ...made })
      print(file, made, output)
      return 0
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      output.data({ file, problems: error.problems })
      for (const problem of error.problems) output.say(`${visible(file)}: ${problemLine(problem)}`)
      return error.problem.code === 'survey.contradiction' ? 1 : 64
    }
  })
  return worstExit(codes)
}

function print(file: string, { id, policy, open: points }: PolicyDraft, output: Output): void {
  output.say(`${visible(file)}  ${visible(id)}: a draft, to be read and approved by the body`)
  for (const { kind, params, onFail, onUnknown } of policy.requirements) {
    const told = JSON.stringify(params)
    output.say(`  ${kind.padEnd(20)} fails: ${onFail}, unknown: ${onUnknown}${told === '{}' ? '' : `  ${visible(told.slice(0, 100))}`}`)
  }
  for (const { question, why } of points) output.say(`  open    ${question} ${why}`)
}

function analyseAll(given: Given, output: Output): number {
  let unreadable = false
  const answers = given.operands.flatMap((file) => {
    try {
      const read = open(file)
      for (const problem of contradictionsIn(read)) output.note(`${visible(file)}: ${problemLine(problem)}`)
      return [read]
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      unreadable = true
      output.note(`${visible(file)}: ${problemLine(error.problem)}`)
      return []
    }
  })
  const analysis = analyse(answers)
  output.data(analysis)
  const csv = given.text('csv')
  if (csv !== undefined) writeTable(csv, analysisRows(analysis))
  output.say(`${analysis.responses} answered, ${analysis.keptBack} of them not to be published, from ${analysis.regions.length} regions`)
  for (const { region, responses } of analysis.regions) output.say(`  ${visible(region)}: ${responses}`)
  for (const each of analysis.distributions) printDistribution(each, output)
  return unreadable ? 64 : 0
}

function printDistribution({ question, answered, doNotKnow, noRule, other, options, numbers }: Distribution, output: Output): void {
  if (answered + doNotKnow + noRule + other === 0) return
  output.say(`${question}  ${answered} answers, ${noRule} without a rule, ${doNotKnow} do not know, ${other} other`)
  for (const { option, count, share } of options) if (count > 0) output.say(`  ${visible(option)}: ${count} (${Math.round(share * 100)} %)`)
  for (const { of, median, lowerQuartile, upperQuartile } of numbers)
    output.say(`  ${of ? `${visible(of)} ` : ''}median ${median}, half of them from ${lowerQuartile} to ${upperQuartile}`)
}
