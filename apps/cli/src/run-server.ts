/** Runs the server, or a part of it that lives as long, as a process of its own. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Starts `apps/server/src/main.ts` with arguments, passes signals on, and answers its exit code. */
export function runServer(args: readonly string[]): Promise<number> {
  const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=cairn-source', main, ...args], { stdio: 'inherit' })
  // Ctrl-C reaches the child by itself; this process only has to wait for it.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)))
  })
}
