/** R-FLT-2: a database and a mail server that take a question and say no word. Health says so in time, sealing waits for one and not for the other, and nothing is lost or doubled. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, startMailServer } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { countLetters } from './count-letters.ts'
import { countWhatIs } from './count-what-is.ts'
import { findingsOf } from './findings.ts'
import { prepareBatch } from './prepare.ts'
import { ask, startVictim, type Victim } from './victim.ts'

const credentials = 200

/** Stands before a server: hands on what comes, or takes it and is silent until it goes on. */
async function startSilence(port: number) {
  const held = new Set<net.Socket>()
  let silent = true
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    if (silent) return void held.add(socket)
    const onward = net.connect(port, '127.0.0.1')
    onward.on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  const at = await freePort()
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${at}`,
    held: () => held.size,
    speak() {
      silent = false
      for (const socket of held) socket.destroy()
    },
    close: () => server.close(),
  }
}

/** Every process of a database, its first one before the others. */
function processesOf(data: string): number[] {
  const first = Number(readFileSync(path.join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const parentOf = (pid: string) => {
    try {
      return Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
    } catch {
      return undefined
    }
  }
  return [
    first,
    ...readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && parentOf(name) === first)
      .map(Number),
  ]
}
function signal(pids: readonly number[], name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids)
    try {
      process.kill(pid, name)
    } catch {
      // It ended meanwhile.
    }
}

test('R-FLT-2: a batch goes through a database that hangs and a mail server that hangs', async () => {
  const data = mkdtempSync(path.join(os.tmpdir(), 'cairn-hanging-'))
  const mail = await startMailServer()
  const silence = await startSilence(Number(new URL(mail.url).port))
  const env = { PORT: String(await freePort()), CAIRN_DATA: data, CAIRN_LOG: 'error', CAIRN_DEMO: '1', CAIRN_SEAL_LEVEL: 'B' }
  const address = `http://127.0.0.1:${env.PORT}`
  let victim: Victim | undefined
  const count = async (text: string) => (await ask<{ n: number }>(data, `select ${text} as n`))?.n
  async function until(isSo: () => Promise<boolean>, seconds: number): Promise<void> {
    for (const end = Date.now() + seconds * 1000; !(await isSo()); await sleep(20))
      if (Date.now() > end || victim!.hasEnded()) throw new Error(`It did not come to pass. ${victim!.printed()}`)
  }
  try {
    const batch = await prepareBatch({ ...env, CAIRN_JOBS: '0' }, credentials)
    victim = await startVictim({ ...env, SMTP_URL: silence.url })
    const frozen = processesOf(data)
    signal(frozen, 'SIGSTOP')
    try {
      const inTime = { signal: AbortSignal.timeout(20_000) }
      const statusOf = async (place: string) => (await fetch(address + place, inTime)).status
      const from = performance.now()
      // More visitors than there are connections, so that some wait for one that hangs and some for one that never comes.
      const visitors = Promise.all(Array.from({ length: 30 }, () => statusOf(`/status/${batch.batch}`)))
      expect(await statusOf('/health')).toBe(503)
      expect(await statusOf('/readyz')).toBe(503)
      expect(performance.now() - from).toBeLessThan(8000)
      expect(await statusOf('/healthz')).toBe(200)
      expect(new Set(await visitors)).toEqual(new Set([503]))
      expect(performance.now() - from).toBeLessThan(12_000)
    } finally {
      signal(frozen, 'SIGCONT')
    }
    // Sealing does not wait for letters.
    await until(async () => (await count(`(select state from cairn.batch where id = '${batch.batch}')`)) === ('done' as never), 60)
    expect((await fetch(`${address}/health`)).status).toBe(200)
    expect((await fetch(`${address}/status/${batch.batch}`)).status).toBe(404)
    await until(async () => silence.held() > 0, 30)
    expect(mail.received).toHaveLength(0)
    silence.speak()
    await until(async () => {
      await ask(
        data,
        'update cairn.outbox set next_at = now() where sent_at is null and next_at > now() and attempts > 0 and problem is not null',
      )
      return (await count('(select count(*) from cairn.outbox where sent_at is null)::int')) === 0
    }, 120)
    const lastEnd = await victim.stop()
    const result = { what: await countWhatIs(env, batch), ...countLetters(mail), appKills: 0, databaseKills: 0, lastEnd }
    expect(findingsOf(result, credentials).filter(({ good }) => !good)).toEqual([])
  } finally {
    await victim?.kill()
    silence.close()
    await mail.close()
    rmSync(data, { recursive: true, force: true })
  }
}, 300_000)
