/** A real server as a process of its own, in demonstration mode on throw-away data, for journeys in a real browser. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findChromium, freePort } from '@cairn/testkit'

export const root = path.resolve(import.meta.dirname, '../..')

/** True where journeys can run: a browser on this machine, and pages that were built. */
export const canJourney = findChromium() !== undefined && existsSync(path.join(root, 'apps/web/build/handler.js'))

export interface JourneyServer {
  address: string
  stop(): Promise<void>
}

/** Starts the server, with these settings over the usual ones, and waits until it answers. */
export async function startJourneyServer(settings: Record<string, string> = {}): Promise<JourneyServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-journey-'))
  const port = settings.PORT ?? (await freePort())
  const address = `http://localhost:${port}`
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const child: ChildProcess = spawn(process.execPath, ['--conditions=cairn-source', 'apps/server/src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH, NODE_COMPILE_CACHE, PORT: String(port), CAIRN_DATA: folder, CAIRN_LOG: 'error', CAIRN_DEMO: '1', ...settings },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${address}/health`).catch(() => undefined)
    if (answer?.ok) break
    if (child.exitCode !== null || tries > 600) throw new Error('The server did not start.')
    await sleep(100)
  }
  return {
    address,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
