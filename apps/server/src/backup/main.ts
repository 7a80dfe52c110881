/** `cairn backup` and `cairn restore` as a process of their own. Arguments: `backup FILE`, or `restore FILE JOURNAL…`; the rest comes from the environment. */
import { existsSync } from 'node:fs'
import { ProblemError } from '@cairn/core'
import { answerApart } from '../answer-apart.ts'
import { readConfig } from '../config.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

async function run(): Promise<object> {
  const [what, file = '', ...journals] = process.argv.slice(2)
  const passphrase = process.env.CAIRN_BACKUP_PASSPHRASE ?? ''
  if ([...passphrase].length < 12)
    throw new ProblemError(
      'server.misconfigured',
      'CAIRN_BACKUP_PASSPHRASE is missing: at least 12 characters, kept apart from the backup.',
    )
  const config = readConfig(process.env)
  if (what === 'backup') return writeBackup(config, passphrase, file)
  const missing = journals.find((each) => !existsSync(each))
  if (missing) throw new ProblemError('backup.unreadable', `There is no journal ${missing}.`)
  return restoreBackup(config, { passphrase, file, journals, now: new Date().toISOString() })
}

await answerApart(run)
