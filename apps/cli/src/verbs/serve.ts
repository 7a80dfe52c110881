/** `cairn serve`: the whole platform, as a process of its own. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Verb } from '../verb.ts'

export const serve: Verb = {
  help: `cairn serve

Serves the platform on http://localhost:8080. Settings come from the environment:
  PORT, HOST, CAIRN_PUBLIC_URL, DATABASE_URL, CAIRN_DATA, CAIRN_SECRET, CAIRN_DEMO, SMTP_URL, CAIRN_MAIL_FROM, CAIRN_LOG
Ctrl-C stops it cleanly.`,
  options: {},
  run() {
    const main = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))
    const child = spawn(process.execPath, ['--conditions=cairn-source', main], { stdio: 'inherit' })
    // Ctrl-C reaches the child by itself; this process only has to wait for it.
    process.on('SIGINT', () => {})
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)))
    })
  },
}
