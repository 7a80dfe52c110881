/** A server or a worker that is there to be killed: started, watched, ended without warning, and its database likewise. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A running server process. */
export interface Victim {
  /** Milliseconds from the start of the process until it answered. */
  readyAfter: number
  /** Resolves with the exit code, or the name of the signal that ended it. */
  ended: Promise<string>
  hasEnded(): boolean
  /** SIGKILL, and the wait until it is gone. */
  kill(): Promise<void>
  /** SIGTERM, and how it ended. */
  stop(): Promise<string>
  /** What it wrote to its error output. */
  printed(): string
}

const cluster = (data: string) => path.join(data, 'postgres')

/** Starts a server, or a worker that has a port for its metrics; returns when it answers, or when it has ended before it could. */
export async function startVictim(env: Record<string, string>, part: 'serve' | 'work' = 'serve'): Promise<Victim> {
  const from = performance.now()
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=cairn-source', path.join(import.meta.dirname, 'server-process.ts'), part],
    {
      env: { ...(process.env.PATH ? { PATH: process.env.PATH } : {}), ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let printed = ''
  let over = false
  child.stderr!.on('data', (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-20_000)
  })
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => {
      over = true
      resolve(signal ?? String(code))
    }),
  )
  await (part === 'serve' ? answers(Number(env.PORT), () => over) : answers(Number(env.CAIRN_METRICS_PORT), () => over, '/healthz'))
  return {
    readyAfter: performance.now() - from,
    ended,
    hasEnded: () => over,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    stop() {
      child.kill('SIGTERM')
      return ended
    },
    printed: () => printed,
  }
}

/** Waits until the server says that it and its database are well, or `isOver`. */
export async function answers(port: number, isOver: () => boolean, path = '/health'): Promise<void> {
  for (const until = Date.now() + 60_000; !isOver(); ) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    if (answer?.ok) return
    if (Date.now() > until) throw new Error('The server did not answer within a minute.')
    await sleep(20)
  }
}

/** Kills the database's first process as a power cut would; false when there is none at the moment. */
export function killDatabase(data: string): boolean {
  try {
    const pid = Number(readFileSync(path.join(cluster(data), 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

/** One question to the database of a running victim; undefined when it does not answer. */
export async function ask<T extends object>(data: string, text: string, values: readonly unknown[] = []): Promise<T | undefined> {
  const client = new pg.Client({ ...connectionOf(data), connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(text, values as unknown[])).rows[0] as T
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

function connectionOf(data: string): pg.ClientConfig {
  try {
    const host = readFileSync(path.join(cluster(data), 'postmaster.pid'), 'utf8').split('\n')[4]
    return { ...(host ? { host } : {}), port: 5432, user: 'cairn', database: 'cairn', ssl: false }
  } catch {
    return { host: '/nowhere', port: 5432 }
  }
}
