/** The real process: a second start, a port that is taken, and a clean end. Where the pages are not built, it says so instead of starting. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '@cairn/testkit'
import { afterAll, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-process-'))
const built = existsSync(path.join(root, 'apps/web/build/handler.js'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function start(port: number, data: string) {
  const child = spawn(process.execPath, ['--conditions=cairn-source', path.join(root, 'apps/server/src/main.ts')], {
    env: { PATH: process.env.PATH, PORT: String(port), CAIRN_DATA: path.join(folder, data), CAIRN_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString()
        if (printed.includes('Ctrl-C')) resolve(printed)
      })
    void ended.then(() => resolve(printed))
  })
  return { child, ready, ended, printed: () => printed }
}

test.skipIf(!built)(
  'starts, refuses a second one and a taken port in words, and ends cleanly (skipped where the pages are not built)',
  async () => {
    const port = await freePort()
    const first = start(port, 'data')
    expect(await first.ready).toContain(`http://localhost:${port}/sign-in`)
    expect(await (await fetch(`http://127.0.0.1:${port}/health`)).json()).toEqual({ status: 'ok', database: 'ok' })
    const page = await fetch(`http://127.0.0.1:${port}/verify`)
    expect([page.status, page.headers.get('content-security-policy')?.includes("default-src 'none'")]).toEqual([200, true])

    const second = start(await freePort(), 'data')
    expect(await second.ended).toBe(1)
    expect(second.printed()).toMatch(/^Cairn: The data folder is in use by process \d+\./)
    const taken = start(port, 'other')
    expect(await taken.ended).toBe(1)
    expect(taken.printed()).toContain('Cairn: The port is in use.')

    const from = performance.now()
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(performance.now() - from).toBeLessThan(10_000)
    expect(existsSync(path.join(folder, 'data/postgres/postmaster.pid'))).toBe(false)
  },
  120_000,
)
