/** R-DUR-1, R-DUR-2, in small: the whole of it is `npm run chaos`. */
import { expect, test } from 'vitest'
import { findingsOf } from './findings.ts'
import { runChaos } from './run-chaos.ts'

test('R-DUR-1: 200 credentials through three kills of the server and one of the database: each sealed once, each letter sent, nothing lost', async () => {
  const result = await runChaos({ credentials: 200, appKills: 3, databaseKills: 1, seed: 5 })
  expect(findingsOf(result, 200).filter(({ good }) => !good)).toEqual([])
  expect([result.appKills, result.databaseKills]).toEqual([3, 1])
}, 120_000)
