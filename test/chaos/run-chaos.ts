/** A batch is sealed and its letters go out while the server and its database are killed again and again; then everything is counted (R-DUR-1, R-FLT-2). */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, startPostgres } from '@cairn/store'
import { freePort, type MailServer, randomFrom, startMailServer } from '@cairn/testkit'
import { type FailPoint, failPoints } from '../../apps/server/src/fail-point.ts'
import { countLetters } from './count-letters.ts'
import { countWhatIs, type WhatIs } from './count-what-is.ts'
import { prepareBatch } from './prepare.ts'
import { answers, ask, killDatabase, startVictim, type Victim } from './victim.ts'

/** What is to be done. */
export interface ChaosOptions {
  credentials: number
  appKills: number
  databaseKills: number
  /** Of the same number follow the same kills at the same moments, as far as a machine repeats itself. */
  seed: number
  say?: (line: string) => void
}

/** What was done, and what was found. */
export interface ChaosResult {
  appKills: number
  databaseKills: number
  /** Kills that hit while the batch was not sealed to its end, while letters went, and after. */
  during: Record<'sealing' | 'mailing' | 'rest', number>
  /** Ends at each fail point. */
  failPoints: Partial<Record<FailPoint, number>>
  mailAway: number
  /** Milliseconds from a start to the first answer. */
  restarts: number[]
  letters: number
  /** Letters that came more than once, counted beyond the first. */
  repeats: number
  /** How the last server, which nobody killed, ended. */
  lastEnd: string
  seconds: number
  what: WhatIs
}

/** Runs it, in a folder of its own that is gone afterwards. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const from = performance.now()
  const data = mkdtempSync(path.join(os.tmpdir(), 'cairn-chaos-'))
  const mail = await startMailServer()
  const env = { PORT: String(await freePort()), CAIRN_DATA: data, CAIRN_LOG: 'error', CAIRN_DEMO: '1' }
  try {
    const batch = await prepareBatch(env, options.credentials)
    options.say?.(`${options.credentials} credentials are confirmed`)
    const killed = await killAgainAndAgain(options, { ...env, SMTP_URL: mail.url }, batch.batch, mail)
    options.say?.('nobody kills any more: the rest is finished')
    const lastEnd = await finish({ ...env, SMTP_URL: mail.url }, batch.batch, mail)
    options.say?.('every credential is verified')
    const what = await countWhatIs(env, batch)
    const seconds = (performance.now() - from) / 1000
    return { ...killed, ...countLetters(mail), lastEnd, seconds, what }
  } finally {
    await mail.close()
    rmSync(data, { recursive: true, force: true })
  }
}

async function killAgainAndAgain(
  { appKills, databaseKills, seed, say }: ChaosOptions,
  env: Record<string, string>,
  batch: string,
  mail: MailServer,
) {
  const random = randomFrom(seed)
  const data = env.CAIRN_DATA!
  const done = {
    appKills: 0,
    databaseKills: 0,
    during: { sealing: 0, mailing: 0, rest: 0 },
    failPoints: {} as Partial<Record<FailPoint, number>>,
    mailAway: 0,
    restarts: [] as number[],
  }
  const phase = async () => {
    const found = await ask<{ sealing: boolean; mailing: boolean }>(
      data,
      `select (select state <> 'done' from cairn.batch where id = $1) as sealing, exists (select from cairn.outbox where sent_at is null) as mailing`,
      [batch],
    )
    return found?.sealing ? 'sealing' : found?.mailing ? 'mailing' : found ? 'rest' : undefined
  }
  let last: 'sealing' | 'mailing' | 'rest' = 'sealing'
  let victim: Victim | undefined
  const mostWhileSealing = Math.ceil((2 / 3) * (appKills + databaseKills))
  while (done.appKills < appKills || done.databaseKills < databaseKills) {
    // Kills come so fast that all of them would hit while seals are made: a third is kept for what comes after.
    if (last === 'sealing' && done.during.sealing >= mostWhileSealing) {
      if (!victim || victim.hasEnded()) victim = await startVictim(env)
      last = await letSeal(phase, victim)
      say?.('the seals are made, and letters go')
    }
    const left = { app: appKills - done.appKills, database: databaseKills - done.databaseKills }
    const database = random() * (left.app + left.database) < left.database
    const byPoint = !database && random() < 0.5
    const point = byPoint ? failPoints[Math.floor(random() * failPoints.length)]! : undefined
    if (point && victim && !victim.hasEnded()) {
      await victim.kill()
      done.appKills++
      done.during[last]++
      victim = undefined
      if (done.appKills >= appKills) continue
    }
    if (!victim || victim.hasEnded()) {
      if (done.appKills % 4 === 3) await letTimePass(data)
      if (random() < 0.25) {
        await mail.leave()
        done.mailAway++
      } else await mail.comeBack()
      const passage = point?.startsWith('mail') ? 1 + Math.floor(random() * 40) : 1 + Math.floor(random() * 2)
      victim = await startVictim({ ...env, ...(point ? { CAIRN_FAIL_AT: `${point}:${passage}` } : {}) })
      if (!victim.hasEnded()) done.restarts.push(victim.readyAfter)
    }
    last = (await phase()) ?? last
    if (database) {
      await sleep(random() * (last === 'sealing' ? 300 : 1200))
      if (victim.hasEnded() || !killDatabase(data)) continue
      done.databaseKills++
      await answers(Number(env.PORT), victim.hasEnded)
    } else {
      // A point that is not on the way any more is not waited for.
      await Promise.race([victim.ended, sleep(point ? 3000 : random() * (last === 'sealing' ? 300 : 1500))])
      if (point && victim.hasEnded()) done.failPoints[point] = (done.failPoints[point] ?? 0) + 1
      await victim.kill()
      done.appKills++
    }
    done.during[last]++
    say?.(
      `${done.appKills} kills of the server${point && done.failPoints[point] ? ` (${point})` : ''}, ${done.databaseKills} of the database, while ${last}`,
    )
  }
  if (victim && !victim.hasEnded()) await victim.kill()
  return done
}

/** Waits until the batch is sealed, with nobody killed meanwhile; what goes on then. */
async function letSeal<Phase extends string>(phase: () => Promise<Phase | undefined>, victim: Victim): Promise<Phase> {
  for (const until = Date.now() + 600_000; Date.now() < until && !victim.hasEnded(); await sleep(50)) {
    const now = await phase()
    if (now !== undefined && now !== 'sealing') return now
  }
  throw new Error(`The batch was not sealed to its end. ${victim.printed()}`)
}

/** While everything is down, the hours pass that leases and waits need: nobody is there to notice. */
async function letTimePass(data: string): Promise<void> {
  const postgres = await startPostgres(data)
  const database = openDatabase(postgres.connection)
  await database.pool.query('update cairn.outbox set next_at = now() where sent_at is null').finally(() => database.close())
  await postgres.stop()
}

/** One more start, with the mail server there; ends when nothing is left to seal or to send. */
async function finish(env: Record<string, string>, batch: string, mail: MailServer): Promise<string> {
  const data = env.CAIRN_DATA!
  await letTimePass(data)
  await mail.comeBack()
  const victim = await startVictim(env)
  for (const until = Date.now() + 600_000; Date.now() < until; ) {
    const left = await ask<{ n: number }>(
      data,
      `select (select count(*) from cairn.outbox where sent_at is null)::int + (select count(*) from cairn.batch where id = $1 and state <> 'done')::int as n`,
      [batch],
    )
    if (left?.n === 0 || victim.hasEnded()) break
    await sleep(200)
  }
  const end = await victim.stop()
  return end === '0' ? end : `${end} ${victim.printed()}`
}
