/** Builds the web app when its build is missing or older than its sources. Plain JavaScript for Node 20. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './setup.mjs'

/** What the built app is made of: its own files, and the rooms that it bundles for the browser. */
const sources = [
  'apps/web/src',
  'apps/web/messages',
  'apps/web/static',
  'apps/web/vite.config.ts',
  'apps/web/build-verifier.ts',
  'apps/web/package.json',
  'apps/web/project.inlang/settings.json',
  'package-lock.json',
  ...['core', 'formats', 'seals', 'verifier', 'trustlists', 'api'].map((room) => `packages/${room}/src`),
]
const build = path.join(root, 'apps/web/build')
const stamp = path.join(build, '.cairn-stamp')

/** Every file at or under a path, in a steady order. Tests and made files (paraglide) are not part of the build's fingerprint. */
function filesOf(name) {
  if (!existsSync(name)) return []
  if (statSync(name).isFile()) return /\.test\.ts$/.test(name) ? [] : [name]
  return readdirSync(name)
    .filter((entry) => entry !== 'paraglide')
    .sort()
    .flatMap((entry) => filesOf(path.join(name, entry)))
}

/** A fingerprint of the names and contents of everything the web app is built from. */
export function webFingerprint() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesOf(path.join(root, source)))) {
    const content = readFileSync(file)
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Builds the web app unless the build is up to date; returns the exit code of the build, 0 when there was nothing to do. */
export function tryBuildWeb() {
  if (!existsSync(path.join(root, 'apps/web/src'))) return 0
  const fingerprint = webFingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return 0
  console.error('Cairn: building the web app (half a minute, only after a change) …')
  // A hundred lines of file sizes say nothing to whoever waits for a start; they are shown when it fails.
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 }
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'build'], options)
  if (status === 0) {
    writeFileSync(stamp, fingerprint)
    return 0
  }
  console.error(`${stdout}${stderr}\nCairn: the web app could not be built; the reason stands above.`)
  return status ?? 1
}

/** The same for a start: ends the process when the build fails, because a page that is half old misleads. */
export function buildWeb() {
  const code = tryBuildWeb()
  if (code !== 0) process.exit(code)
}
