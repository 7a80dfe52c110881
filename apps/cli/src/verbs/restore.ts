/** `cairn restore`: a backup into an empty data folder or database. */
import path from 'node:path'
import { runServerPart, tellProblems } from '../run-server-part.ts'
import { UsageError, type Verb } from '../verb.ts'

export const restore: Verb = {
  help: `cairn restore FILE --data DIR [--journal FILE[,FILE…]]

Puts a backup into an empty data folder (or the empty database of DATABASE_URL). Nothing is changed where there is anything.
  --journal    the journal of the lost installation, one of each node. What was revoked since the backup is revoked again, and
               status lists are published under higher numbers at the next start.
Without a journal the restored installation is read-only: it publishes no status list until an owner has revoked again what was revoked
since the backup, and confirms it in the console. Nobody is un-revoked, and no place in a list is given out twice.
CAIRN_BACKUP_PASSPHRASE opens the file; CAIRN_SECRET must be that of the lost installation, for its sealing keys.
Exit code 2: restored, and a confirmation is wanted.`,
  options: { data: { type: 'string' }, journal: { type: 'string' } },
  async run(given, output) {
    const [file, ...more] = given.operands
    if (!file || more.length > 0) throw new UsageError('Name one backup.')
    if (!given.text('data') && !process.env.DATABASE_URL) throw new UsageError('Name the new data folder with --data.')
    const journals = (given.text('journal') ?? '').split(',').flatMap((each) => (each.trim() ? [path.resolve(each.trim())] : []))
    const answer = await runServerPart('backup/main.ts', ['restore', path.resolve(file), ...journals], { CAIRN_DATA: given.text('data') })
    output.data(answer)
    if (answer.problems) return tellProblems(answer, output)
    output.say(`${answer.rows} rows of ${answer.tables} tables as of ${answer.at}`)
    if (!answer.complete) {
      output.note('No journal covers the time since the backup: the server starts read-only. See cairn restore --help.')
      return 2
    }
    output.say(`revoked again from the journal: ${answer.revoked}, and ${answer.places} places of credentials that came later`)
    return 0
  },
}
