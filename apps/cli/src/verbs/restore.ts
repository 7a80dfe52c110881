/** `cairn restore`: a backup into an empty data folder or database, or what a database needs that was set back by other means. */
import path from 'node:path'
import { runServerPart, tellProblems } from '../run-server-part.ts'
import { type Given, UsageError, type Verb } from '../verb.ts'

export const restore: Verb = {
  help: `cairn restore FILE --data DIR [--journal FILE[,FILE…]]
cairn restore --set-back --journal FILE[,FILE…] [--data DIR]

Puts a backup into an empty data folder (or the empty database of DATABASE_URL). Nothing is changed where there is anything.
  --journal    the journal of the lost installation, one of each node. What was revoked since the backup is revoked again, and
               status lists are published under higher numbers at the next start.
  --set-back   for a database that was set back by other means: to a moment of PostgreSQL's own log (point in time), to a copy of its
               disk, to a standby that had not everything. Nothing is read in; what the journals have is done again. A node notices by
               its own journal that its database was set back, and is read-only until this was run and it was started again.
Without a journal the restored installation is read-only: it publishes no status list until an owner has revoked again what was revoked
since the backup, and confirms it in the console. Nobody is un-revoked, and no place in a list is given out twice.
CAIRN_BACKUP_PASSPHRASE opens the file; CAIRN_SECRET must be that of the lost installation, for its sealing keys.
Exit code 2: restored, and a confirmation is wanted.`,
  options: { data: { type: 'string' }, journal: { type: 'string' }, 'set-back': { type: 'boolean' } },
  async run(given, output) {
    const journals = (given.text('journal') ?? '').split(',').flatMap((each) => (each.trim() ? [path.resolve(each.trim())] : []))
    const answer = await runServerPart('backup/main.ts', [...wanted(given, journals), ...journals], { CAIRN_DATA: given.text('data') })
    output.data(answer)
    if (answer.problems) return tellProblems(answer, output)
    output.say(
      given.has('set-back') ? `The database is as of ${answer.at}` : `${answer.rows} rows of ${answer.tables} tables as of ${answer.at}`,
    )
    if (!answer.complete) {
      output.note('No journal covers the time since: the server starts read-only. See cairn restore --help.')
      return 2
    }
    output.say(`revoked again from the journal: ${answer.revoked}, and ${answer.places} places of credentials that came later`)
    return 0
  },
}

/** What the server's part is to do, before the journals. Raises a UsageError. */
function wanted(given: Given, journals: readonly string[]): string[] {
  const [file, ...more] = given.operands
  if (given.has('set-back')) {
    if (file) throw new UsageError('--set-back reads no backup.')
    if (journals.length === 0) throw new UsageError('Name the journal of every node with --journal.')
    return ['set-back']
  }
  if (!file || more.length > 0) throw new UsageError('Name one backup.')
  if (!given.text('data') && !process.env.DATABASE_URL) throw new UsageError('Name the new data folder with --data.')
  return ['restore', path.resolve(file)]
}
