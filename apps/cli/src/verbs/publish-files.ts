/** `cairn publish-files`: every public file into its storage, once more. */
import { runServerPart, tellProblems } from '../run-server-part.ts'
import type { Verb } from '../verb.ts'

export const publishFiles: Verb = {
  help: `cairn publish-files [--data DIR]

Writes every public file anew from the database into the directory or bucket that CAIRN_PUBLIC_FILES names: status lists, what institutions publish of their
keys, descriptions of types. For a storage that is new, or that lost something; servers and workers keep it up to date by themselves.
  --data DIR   the data folder, when it is not named in CAIRN_DATA; an external database is named in DATABASE_URL
  --json       how many lists and documents were written

Exit codes: 0 all are written, 1 some are not.`,
  options: { data: { type: 'string' } },
  async run(given, output) {
    const answer = await runServerPart('files/main.ts', [], { CAIRN_DATA: given.text('data') })
    output.data(answer)
    if (answer.problems) return tellProblems(answer, output)
    output.say(`${answer.lists} status lists and ${answer.documents} documents are written.`)
    return 0
  },
}
