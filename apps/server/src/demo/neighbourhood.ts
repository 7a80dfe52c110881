/** The authorities of a demonstration: time stamps and statements on revocation, on this machine, the same after every start. */
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { demonstrationName } from '@cairn/keys'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Neighbourhood } from '../context.ts'
import { sayError } from '../say-error.ts'

/** Ports below those that systems hand out, so that the same one is free at the next start. */
const ports = [20_000, 32_000] as const
const tries = 20
/** Its certificates last as long as a life of work, so that what it proved can be tried in a far future too. */
const years = 45

/**
 * Starts what was kept in the data folder, or makes it. Where the port of before is taken by somebody else there is none until the next start: seals
 * then wait for their levels, and nothing else does.
 */
export async function startNeighbourhood({ data }: Pick<Config, 'data'>, log: Logger): Promise<Neighbourhood | undefined> {
  const { startAuthority } = await import('@cairn/testkit')
  const file = path.join(data, 'neighbourhood.json')
  if (existsSync(file))
    try {
      return await startAuthority(demonstrationName, { saved: JSON.parse(readFileSync(file, 'utf8')), demonstration: true })
    } catch (error) {
      log.warn({ err: sayError(error) }, 'the authorities of the demonstration could not be started: seals wait for their levels')
      return undefined
    }
  for (let at = 1; ; at++)
    try {
      const started = await startAuthority(demonstrationName, {
        demonstration: true,
        to: new Date(Date.now() + years * 365.25 * 86_400_000),
        port: randomInt(...ports),
      })
      mkdirSync(data, { recursive: true })
      // Whole or not at all, whenever the power goes.
      writeFileSync(`${file}.new`, JSON.stringify(started.save()), { mode: 0o600 })
      renameSync(`${file}.new`, file)
      return started
    } catch (error) {
      if ((error as { code?: string }).code !== 'EADDRINUSE' || at === tries) throw error
    }
}
