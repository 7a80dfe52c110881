#!/usr/bin/env node
// Starts the command line. Plain JavaScript that any Node can read: it finds a Node that runs our TypeScript, and lets the packages be found in source.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 23 || (major === 22 && minor >= 18)) {
  const { enableCompileCache, registerHooks } = await import('node:module')
  // Half the time of a short command goes by reading TypeScript. Kept beside the packages: in a folder for everybody, anybody could put code there.
  enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url)))
  // In this process, rather than a second one with --conditions: nothing to wait for, and signals and exit codes are our own.
  registerHooks({
    resolve: (specifier, context, next) => next(specifier, { ...context, conditions: [...context.conditions, 'cairn-source'] }),
  })
  const { main } = await import('../src/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const node = fileURLToPath(new URL(`../../../node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url))
  if (!existsSync(node)) {
    console.error(`cairn needs Node 24; this is ${process.version}. Run \`npm install\` in the project, or install Node 24.`)
    process.exit(64)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))
}
