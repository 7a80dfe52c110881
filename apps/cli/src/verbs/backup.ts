/** `cairn backup`: everything of an installation in one encrypted file, while it goes on. */
import path from 'node:path'
import { runServerPart, tellProblems } from '../run-server-part.ts'
import { UsageError, type Verb } from '../verb.ts'

export const backup: Verb = {
  help: `cairn backup --out FILE [--data DIR]

Saves everything as of one moment, while the server goes on: institutions, people, credentials, messages, the audit record.
  --out FILE   where to; it appears when it is whole
  --data DIR   the data folder, when it is not named in CAIRN_DATA; an external database is named in DATABASE_URL
CAIRN_BACKUP_PASSPHRASE (12 characters at least) encrypts it. Keep the passphrase, and the server's CAIRN_SECRET, apart from the file:
neither is in it. Copy the journal (journal.jsonl of the data folder, or CAIRN_JOURNAL) all the time to another machine:
it has what was revoked since the last backup.`,
  options: { out: { type: 'string' }, data: { type: 'string' } },
  async run(given, output) {
    const out = given.text('out')
    if (!out) throw new UsageError('Name the file to write with --out.')
    const answer = await runServerPart('backup/main.ts', ['backup', path.resolve(out)], { CAIRN_DATA: given.text('data') })
    output.data(answer)
    if (!answer.problems)
      output.say(`${answer.file}: ${answer.rows} rows of ${answer.tables} tables as of ${answer.at}, ${answer.bytes} bytes`)
    return tellProblems(answer, output)
  },
}
