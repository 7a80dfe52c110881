/** R-FLT-1: a disk that runs full. Large things are refused before it is, nothing is sealed by half when it is, and both go on by themselves when there is room. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, startMailServer } from '@cairn/testkit'
import { afterAll, expect, test } from 'vitest'
import { countLetters } from './count-letters.ts'
import { countWhatIs } from './count-what-is.ts'
import { findingsOf } from './findings.ts'
import { prepareBatch } from './prepare.ts'
import { ask, killDatabase, startVictim, type Victim } from './victim.ts'

const credentials = 900
const megabyte = 1024 * 1024
/** A disk of its own, in memory. */
const disk = mkdtempSync(path.join(os.tmpdir(), 'cairn-disk-'))
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=900m', 'tmpfs', disk]).status === 0
const ballast = path.join(disk, 'ballast')
/** Fills the disk until so many megabytes are left. */
function leave(megabytes: number): void {
  const { bavail, bsize } = statfsSync(disk)
  const more = Buffer.alloc(Math.max(0, bavail * bsize - megabytes * megabyte))
  try {
    appendFileSync(ballast, more)
  } catch (error) {
    // Somebody else took the last of it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}
const makeRoom = () => rmSync(ballast, { force: true })
afterAll(() => {
  if (isMounted) spawnSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

test.skipIf(!isMounted)(
  'R-FLT-1: a batch goes through a disk that is nearly full, and one that is full (skipped where nobody may mount one)',
  async () => {
    const mail = await startMailServer()
    const data = path.join(disk, 'data')
    const env = { PORT: String(await freePort()), CAIRN_DATA: data, CAIRN_LOG: 'warn', CAIRN_DEMO: '1', CAIRN_SEAL_LEVEL: 'B' }
    let victim: Victim | undefined
    const count = async (text: string) => (await ask<{ n: number }>(data, `select ${text} as n`))?.n
    const sealed = () => count(`(select count(sealed)::int from cairn.credential where batch = '${batch.batch}')`)
    const health = async () =>
      (await fetch(`http://127.0.0.1:${env.PORT}/health`, { signal: AbortSignal.timeout(8000) }).catch(() => undefined))?.status
    async function until(isSo: () => Promise<boolean>, seconds: number): Promise<void> {
      for (const end = Date.now() + seconds * 1000; !(await isSo()); await sleep(20)) {
        expect(victim!.hasEnded(), victim!.printed()).toBe(false)
        if (Date.now() > end) throw new Error(`It did not come to pass in time. ${victim!.printed()}`)
      }
    }
    const batch = await prepareBatch({ ...env, CAIRN_JOBS: '0' }, credentials)
    try {
      // Nearly full: nothing is begun, and the batch waits.
      leave(120)
      victim = await startVictim({ ...env, SMTP_URL: mail.url })
      await until(async () => victim!.printed().includes('server.disk-full'), 20)
      expect(await sealed()).toBe(0)
      expect(await count(`(select state from cairn.batch where id = '${batch.batch}')`)).toMatch(/^(confirmed|sealing)$/)
      expect(await health()).toBe(200)

      // Some room: a part is sealed, and the rest waits again.
      makeRoom()
      leave(200)
      await until(async () => ((await sealed()) ?? 0) > 0, 30)
      await sleep(2500)
      expect(await sealed()).toBeLessThan(credentials)
      // Somebody else takes all of it. A database that ends now cannot come up again, and is waited for.
      leave(0)
      expect(killDatabase(data)).toBe(true)
      await sleep(4000)
      expect(await health()).not.toBe(200)
      expect(victim.hasEnded()).toBe(false)

      // Room again: everything goes on, and is there once.
      makeRoom()
      await until(async () => (await health()) === 200, 30)
      await ask(data, 'update cairn.outbox set next_at = now() where sent_at is null')
      await until(
        async () =>
          (await count(
            `(select count(*) from cairn.outbox where sent_at is null)::int + (select count(*) from cairn.batch where state <> 'done')::int`,
          )) === 0,
        120,
      )
      const lastEnd = await victim.stop()
      const result = {
        what: await countWhatIs(env, batch),
        ...countLetters(mail),
        appKills: 0,
        databaseKills: 1,
        lastEnd,
      }
      expect(findingsOf(result, credentials).filter(({ good }) => !good)).toEqual([])
    } finally {
      await victim?.kill()
      await mail.close()
    }
  },
  400_000,
)
