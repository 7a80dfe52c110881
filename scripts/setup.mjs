/** Installs what is missing. Plain JavaScript for Node 20: it runs before anything is installed. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The folder of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

const stamp = path.join(root, 'node_modules', '.cairn-installed')

/** The lockfile's fingerprint, so that a changed lockfile installs again and an unchanged one costs nothing. */
function lockfile() {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
}

/** Whether npm itself has put in place every version that the lockfile names (by `npm install`, say): then nothing needs to be torn out. */
function alreadyInstalled() {
  const hidden = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(hidden)) return false
  const there = JSON.parse(readFileSync(hidden, 'utf8')).packages
  const wanted = Object.entries(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages)
  return wanted.every(
    ([name, { version, integrity, link, optional }]) =>
      !name.includes('node_modules/') ||
      link ||
      (optional && !there[name]) ||
      (there[name]?.version === version && there[name]?.integrity === integrity && existsSync(path.join(root, name))),
  )
}

/** Runs `npm ci` when node_modules is absent or older than the lockfile; says so, because two quiet minutes look like a hang. */
export function install() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile()) return
  if (alreadyInstalled()) return writeFileSync(stamp, lockfile())
  console.error('Cairn: installing packages (once; about two minutes on a slow line) …')
  const { status } = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error('Cairn: npm ci failed. Check the network and the free disk space, then run the same command again.')
    process.exit(status ?? 1)
  }
  writeFileSync(stamp, lockfile())
}

/** Runs an npm script of this checkout on the Node that the lockfile brings; returns its exit code. */
export function run(script, args = [], env = {}) {
  const { status, signal } = spawnSync('npm', ['run', '-s', script, '--', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  return status ?? (signal ? 130 : 1)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) install()
