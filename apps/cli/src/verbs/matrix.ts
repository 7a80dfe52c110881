/** `cairn matrix`: reference certificates against every policy of a library, and what follows for whoever issues certificates. */
import { matrixRows, ProblemError, parseJson, readAcceptance, readRecognitionCase } from '@cairn/core'
import { openLibrary, withoutAnswers } from '../answer-cases.ts'
import { problemLine, visible } from '../problem-line.ts'
import { readGiven } from '../read-input.ts'
import { UsageError, type Verb } from '../verb.ts'
import { writeTable } from '../write-table.ts'

export const matrixVerb: Verb = {
  help: `cairn matrix --library FILE CASE… [--csv FILE]

Asks every policy of a library about every reference certificate: who accepts it, what one more fact on it would gain, the smallest set of
facts that 80, 90 and 100 % of the policies accept, rules that nobody else has, and the draft of a guideline with these numbers.

  --library FILE  policies and targets, as JSON; policies of another purpose than the case's target are not asked
  --csv FILE      writes the matrix as a table, a row a certificate and a column a policy
  --json          one line: {"matrix", "forecasts", "profiles", "outliers", "rare", "guideline"}

A case is one of cairn recognise: its credentials are the certificate. Of the policies that it lists, laws apply along with every other; agreements and
the learner's ledger do not count.
Exit codes: 0 good, 1 no policy to ask, 64 not readable.`,
  options: { library: { type: 'string' }, csv: { type: 'string' } },
  run(given, output) {
    const place = given.text('library')
    if (place === undefined) throw new UsageError('Which library? Give --library FILE.')
    if (given.operands.length === 0) throw new UsageError('Which certificate?')
    const library = openLibrary(place, output)
    if (!library) return 64
    try {
      const certificates = given.operands.map((file) => readRecognitionCase(withoutAnswers(parseJson(readGiven(file)))))
      const found = readAcceptance(certificates, library)
      const csv = given.text('csv')
      if (csv !== undefined) writeTable(csv, matrixRows(found.matrix))
      output.data(found)
      for (const { text } of found.guideline) output.say(visible(text))
      return found.matrix.rows.some(({ asked }) => asked > 0) ? 0 : 1
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      output.data({ problems: error.problems })
      for (const problem of error.problems) output.note(problemLine(problem))
      return 64
    }
  },
}
