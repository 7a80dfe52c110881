/** `cairn backup` and `cairn restore` as a process of their own. Arguments: `backup FILE`, `restore FILE JOURNAL…` or `set-back JOURNAL…`; the rest comes from the environment. */
import { existsSync } from 'node:fs'
import { ProblemError } from '@cairn/core'
import { answerApart } from '../answer-apart.ts'
import { readConfig } from '../config.ts'
import { restoreBackup } from './restore-backup.ts'
import { settleInPlace } from './settle-in-place.ts'
import { writeBackup } from './write-backup.ts'

async function run(): Promise<object> {
  const [what, ...named] = process.argv.slice(2)
  if (what === 'set-back') return settleInPlace(readConfig(process.env), present(named), new Date().toISOString())
  const [file = '', ...journals] = named
  const passphrase = process.env.CAIRN_BACKUP_PASSPHRASE ?? ''
  if ([...passphrase].length < 12)
    throw new ProblemError(
      'server.misconfigured',
      'CAIRN_BACKUP_PASSPHRASE is missing: at least 12 characters, kept apart from the backup.',
    )
  const config = readConfig(process.env)
  if (what === 'backup') return writeBackup(config, passphrase, file)
  return restoreBackup(config, { passphrase, file, journals: present(journals), now: new Date().toISOString() })
}

/** The journals, all of which are there. Raises `backup.unreadable`. */
function present(journals: readonly string[]): readonly string[] {
  const missing = journals.find((each) => !existsSync(each))
  if (missing) throw new ProblemError('backup.unreadable', `There is no journal ${missing}.`)
  return journals
}

await answerApart(run)
