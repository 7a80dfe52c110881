/** `cairn check-issued` as a process of its own: one line of JSON; everything else comes from the environment. */
import { answerApart, onDatabase } from '../answer-apart.ts'
import { readConfig } from '../config.ts'
import { checkIssued } from './check-issued.ts'

await answerApart(async () => {
  const config = readConfig(process.env)
  return onDatabase(config, (database) => checkIssued(database, config, new Date().toISOString()))
})
