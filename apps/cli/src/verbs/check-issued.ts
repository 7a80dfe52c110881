/** `cairn check-issued`: every credential of an installation, judged again. */
import { runServerPart, tellProblems } from '../run-server-part.ts'
import type { Verb } from '../verb.ts'

interface Found {
  checked: number
  valid: number
  revoked: number
  ended: number
  waiting: number
  wrong: number
  levels: Record<string, number>
  notAsItShould: { id: string; institution: string; codes: string[] }[]
}

export const checkIssued: Verb = {
  help: `cairn check-issued [--data DIR]

Judges every credential that was ever sealed here with the verifier that visitors use, asking nobody: is the seal intact and the institution's own, is what
is stored what was sealed, does the published list say of it what the record says. The server may go on meanwhile.
  --data DIR   the data folder, when it is not named in CAIRN_DATA; an external database is named in DATABASE_URL
  --json       the counts, and each that is not as it should be

Exit codes: 0 all are as they should be, 1 some are not.`,
  options: { data: { type: 'string' } },
  async run(given, output) {
    const answer = await runServerPart('checking/main.ts', [], { CAIRN_DATA: given.text('data') })
    output.data(answer)
    if (answer.problems) return tellProblems(answer, output)
    const { checked, valid, revoked, ended, waiting, wrong, levels, notAsItShould } = answer as unknown as Found
    output.say(
      `${checked} credentials: ${valid} valid, ${revoked} revoked, ${ended} ended, ${waiting} waiting for their level, ${wrong} not as they should be.`,
    )
    for (const [level, count] of Object.entries(levels).sort()) output.say(`  ${level}: ${count}`)
    for (const { id, institution, codes } of notAsItShould) output.say(`  - ${id} of institution ${institution}: ${codes.join(', ')}`)
    return wrong > 0 ? 1 : 0
  },
}
