/** Starting and stopping: a signal reaches the server once, and its exit code comes back. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `serve` on a small program in a process group of its own; resolves with what it printed and its exit code. */
function started(program: string, onReady: (group: number) => void) {
  const file = path.join(folder, `program-${program.length}.mjs`)
  writeFileSync(file, program)
  const script = `import { serve } from ${JSON.stringify(path.join(root, 'scripts/serve.mjs'))}\nserve([], {}, ${JSON.stringify(file)})`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let ready = false
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
    if (!ready && printed.includes('ready')) {
      ready = true
      onReady(child.pid!)
    }
  })
  return new Promise<{ printed: string; code: number | null }>((resolve) => child.on('close', (code) => resolve({ printed, code })))
}

test('an interrupt of the whole group, repeated as npm repeats it, reaches the server once; its exit code comes back', async () => {
  const program = `
    process.on('SIGINT', () => { console.log('interrupted'); setTimeout(() => process.exit(7), 300) })
    setInterval(() => {}, 1000)
    console.log('ready')`
  const { printed, code } = await started(program, (group) => {
    process.kill(-group, 'SIGINT')
    setTimeout(() => process.kill(-group, 'SIGINT'), 60)
  })
  expect(printed.split('interrupted').length - 1).toBe(1)
  expect(code).toBe(7)
})

test('a server whose starter was killed does not stay behind', async () => {
  const program = `
    process.on('SIGTERM', () => { console.log('stopping'); process.exit(0) })
    setInterval(() => {}, 1000)
    console.log('ready, and the starter is a process group away from here')`
  const { printed } = await started(program, (group) => process.kill(-group, 'SIGKILL'))
  expect(printed).toContain('stopping')
})

test('a server that ends by itself ends the command with its code', async () => {
  expect((await started('console.log("ready"); process.exit(3)', () => {})).code).toBe(3)
})
