/** Starts the server on the Node that the lockfile brings, and stays out of the way of its signals. Plain JavaScript for Node 20. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { whenParentEnds } from './parent.mjs'
import { root } from './setup.mjs'

/** The path of a Node that can run TypeScript: the one from the lockfile, else the running one; ends the process when neither can. */
export function findNode() {
  const carried = path.join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  if (process.platform === 'linux' && existsSync(carried)) return carried
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  console.error(`Cairn: Node ${process.versions.node} is too old here. Install Node 24 and run the same command again.`)
  process.exit(1)
}

/** What the server is started from. */
const main = path.join('apps', 'server', 'src', 'main.ts')

/** Where Node keeps what it made of TypeScript, for the next start. */
const compiled = { NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'compiled') }

/** Ends the server when this process was killed and could not pass that on. */
const withParent = pathToFileURL(path.join(root, 'scripts', 'stop-with-parent.mjs')).href

/** A signal that comes again within this time (milliseconds) is the same one: npm repeats what the terminal has sent already. */
const sameSignal = 700

/**
 * Runs the server until it ends, and ends with its code. The server gets a process group of its own, so that a Ctrl-C reaches it
 * through here alone, once. A later Ctrl-C is passed on too, for whoever will not wait.
 */
export function serve(flags = [], env = {}, program = main) {
  const args = [...flags, '--import', withParent, '--conditions=cairn-source', program]
  const child = spawn(findNode(), args, { cwd: root, stdio: 'inherit', env: { ...compiled, ...process.env, ...env }, detached: true })
  const passed = {}
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      const now = Date.now()
      if (now - (passed[signal] ?? 0) > sameSignal) child.kill(signal)
      passed[signal] = now
    })
  // npm hands a signal to a shell, and the shell ends without a word to what it started. Under npm the parent is that shell.
  if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(() => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`Cairn: the server could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal] ?? 0)))
}
