/**
 * As whom PostgreSQL runs. It refuses to run as root, so root lends it a number of its own; where that number cannot reach the files (a folder that
 * only root may enter), a user namespace lets it run in place, and where there are none, binaries and cluster move to a place it can reach.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, lchownSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

/** How the server is started. */
export interface Privileges {
  /** Command and arguments before the program's own; empty where the machine has no `setpriv` and a watchdog must do. */
  wrap: readonly string[]
  /** Command and arguments before `initdb`'s own. */
  wrapMaking: readonly string[]
  /** Whose the cluster and the socket folder must be, when not ours. */
  uid: number | undefined
  binaries: string
  cluster: string
}

/** Of nobody else: programs that run as `nobody` cannot enter the socket folder. It is outside the ranges that Debian and systemd give out. */
const ownUid = 60_724
/** initdb alone wants a number that has a name, and `nobody` has one on every system. */
const namedUid = 65_534

const succeeds = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** True when every folder on the way lets others pass. */
export function isReachable(target: string): boolean {
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    if (existsSync(at) && statSync(at).isDirectory() && (statSync(at).mode & 0o001) === 0) return false
    if (at === path.dirname(at)) return true
  }
}

/** Chooses for this machine, this user and this folder. A cluster that a user made before stays that user's, also when root starts it. */
export function choosePrivileges(binaries: string, cluster: string): Privileges {
  const guarded = succeeds('setpriv', '--version')
  const death = guarded ? ['setpriv', '--no-new-privs', '--pdeathsig=INT', '--'] : []
  if (process.getuid?.() !== 0) return { wrap: death, wrapMaking: [], uid: undefined, binaries, cluster }
  const owner = existsSync(cluster) ? statSync(cluster).uid : ownUid
  if (isReachable(binaries) && isReachable(path.dirname(cluster)) && owner !== 0) return lent(owner, guarded, binaries, cluster)
  const namespace = ['unshare', '--user', `--map-user=${namedUid}`, `--map-group=${namedUid}`, '--']
  if (guarded && succeeds(namespace[0]!, ...namespace.slice(1), 'true'))
    return { wrap: [...namespace, ...death], wrapMaking: namespace, uid: undefined, binaries, cluster }
  const name = createHash('sha256').update(path.resolve(cluster)).digest('hex').slice(0, 16)
  return lent(ownUid, guarded, moved(binaries), `/var/lib/cairn/${name}`)
}

function lent(uid: number, guarded: boolean, binaries: string, cluster: string): Privileges {
  const wrap = guarded ? ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--no-new-privs', '--pdeathsig=INT', '--'] : []
  return { wrap, wrapMaking: [], uid, binaries, cluster }
}

/** Who initdb runs as, when root lends a number. */
export const making = { uid: namedUid, gid: namedUid }

/** Gives a folder and everything below it to one owner. */
export function giveTree(folder: string, uid: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) giveTree(name, uid)
    else lchownSync(name, uid, uid)
  }
  chownSync(folder, uid, uid)
}

/** A copy of the binaries where everybody may read them; made once a version. */
function moved(binaries: string): string {
  const version = createHash('sha256')
    .update(`${binaries} ${statSync(path.join(binaries, 'bin', 'postgres')).size}`)
    .digest('hex')
    .slice(0, 12)
  const place = `/var/lib/cairn/postgresql-${version}`
  if (existsSync(place)) return place
  mkdirSync('/var/lib/cairn', { recursive: true, mode: 0o755 })
  cpSync(binaries, `${place}.${process.pid}`, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') })
  renameSync(`${place}.${process.pid}`, place)
  return place
}
