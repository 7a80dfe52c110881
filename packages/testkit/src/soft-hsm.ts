/** SoftHSM 2, a device of software, for tests: the one of the system, or Debian's packages unpacked into a folder of their own. */
import { execFileSync } from 'node:child_process'
import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A device with one token. `env` is what other processes need to use it. */
export interface SoftHsm {
  module: string
  token: string
  pin: string
  env: Record<string, string>
  /** Puts a key into the token; `id` is hexadecimal. */
  importKey(key: KeyObject, label: string, id: string): void
  remove(): void
}

const modules = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
]

/** Starts a device, or answers why none can be had. */
export function startSoftHsm(token = 'cairn'): SoftHsm | { missing: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-softhsm-'))
  const found = installed() ?? unpacked(folder)
  if (!found) {
    rmSync(folder, { recursive: true, force: true })
    return { missing: 'SoftHSM is not installed and cannot be had from Debian' }
  }
  const { module, tool } = found
  const pin = '12345678'
  mkdirSync(path.join(folder, 'tokens'))
  const configuration = path.join(folder, 'softhsm2.conf')
  writeFileSync(configuration, `directories.tokendir = ${path.join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  const env = { SOFTHSM2_CONF: configuration }
  const run = (...args: string[]) =>
    execFileSync(tool, ['--module', module, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    run('--init-token', '--free', '--label', token, '--pin', pin, '--so-pin', '87654321')
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return { missing: 'SoftHSM is here and does not run' }
  }
  // The module looks the variable up when it is first used.
  process.env.SOFTHSM2_CONF = configuration
  return {
    module,
    token,
    pin,
    env,
    importKey(key, label, id) {
      const file = path.join(folder, `${id}.pem`)
      writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
      run('--import', file, '--token', token, '--label', label, '--id', id, '--pin', pin)
      rmSync(file)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

interface Found {
  module: string
  tool: string
}

function installed(): Found | undefined {
  const module = modules.find((file) => existsSync(file))
  const tool = ['/usr/bin/softhsm2-util', '/usr/local/bin/softhsm2-util', '/opt/homebrew/bin/softhsm2-util'].find((file) =>
    existsSync(file),
  )
  return module && tool ? { module, tool } : undefined
}

/** Debian's packages, unpacked and not installed. */
function unpacked(folder: string): Found | undefined {
  const options = { cwd: folder, stdio: 'ignore', timeout: 60_000 } as const
  try {
    execFileSync('apt-get', ['download', 'softhsm2', 'libsofthsm2'], options)
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) execFileSync('dpkg', ['-x', file, 'root'], options)
  } catch {
    return undefined
  }
  const root = path.join(folder, 'root')
  const module = modules.map((file) => path.join(root, file)).find((file) => existsSync(file))
  const tool = path.join(root, 'usr/bin/softhsm2-util')
  return module && existsSync(tool) ? { module, tool } : undefined
}
