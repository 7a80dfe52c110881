/**
 * `npm run chaos`: 10,000 credentials through 40 kills of the server and 20 of the database. Options after `--`:
 * `--credentials 500`, `--app 10`, `--database 5`, `--seed 7`. Exit code 1 when a promise was not kept.
 */
import { parseArgs } from 'node:util'
import { findingsOf } from './findings.ts'
import { runChaos } from './run-chaos.ts'

const { values } = parseArgs({
  options: {
    credentials: { type: 'string', default: '10000' },
    app: { type: 'string', default: '40' },
    database: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const credentials = Number(values.credentials)
const options = { credentials, appKills: Number(values.app), databaseKills: Number(values.database), seed: Number(values.seed) }
const result = await runChaos({ ...options, say: (line) => process.stderr.write(`${line}\n`) })
const findings = findingsOf(result, credentials)
const widths = [37, 10, 12]
for (const { what, found, wanted, good } of findings)
  console.log([what, String(found), String(wanted)].map((cell, at) => cell.padEnd(widths[at]!)).join('') + (good ? 'kept' : 'NOT KEPT'))
const restarts = result.restarts.toSorted((a, b) => a - b)
const { sealing, mailing, rest } = result.during
console.log(
  [
    '',
    `kills: ${result.appKills} of the server, ${result.databaseKills} of the database; ${sealing} while sealing, ${mailing} while letters went, ${rest} at rest`,
    `ended at fail points: ${Object.entries(result.failPoints)
      .map(([point, count]) => `${point} ${count}`)
      .join(', ')}`,
    `the mail server was away at ${result.mailAway} starts`,
    `from start to first answer: median ${(restarts[restarts.length >> 1]! / 1000).toFixed(1)} s, longest ${(restarts.at(-1)! / 1000).toFixed(1)} s of ${restarts.length}`,
    `seed ${options.seed}, ${Math.round(result.seconds)} s in all`,
  ].join('\n'),
)
process.exitCode = findings.every(({ good }) => good) ? 0 : 1
