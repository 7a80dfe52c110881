/**
 * As whom PostgreSQL runs. It refuses to run as root, so root lends it a number of its own; where that number cannot reach the files (a folder that
 * only root may enter), a user namespace lets it run in place, and where there are none, binaries and cluster move to a place it can reach.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

/** How the server is started. `uid` is whose the cluster and the socket folder must be, when not ours. */
export interface Privileges {
  /** Command and arguments before the program's own. */
  wrap: readonly string[]
  uid: number | undefined
  binaries: string
  cluster: string
}

/** nobody: initdb wants a number that has a name, and this is the one that every system has. */
const ownUid = 65_534

const succeeds = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** True when every folder on the way lets others pass. */
function reachable(target: string): boolean {
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    if (existsSync(at) && statSync(at).isDirectory() && (statSync(at).mode & 0o001) === 0) return false
    if (at === path.dirname(at)) return true
  }
}

/** Chooses for this machine, this user and this folder. */
export function choosePrivileges(binaries: string, cluster: string): Privileges {
  const guarded = succeeds('setpriv', '--version')
  const death = guarded ? ['setpriv', '--no-new-privs', '--pdeathsig=INT', '--'] : []
  if (process.getuid?.() !== 0) return { wrap: death, uid: undefined, binaries, cluster }
  const lent = (binaryFolder: string, clusterFolder: string): Privileges => ({
    wrap: ['setpriv', `--reuid=${ownUid}`, `--regid=${ownUid}`, '--clear-groups', '--no-new-privs', '--pdeathsig=INT', '--'],
    uid: ownUid,
    binaries: binaryFolder,
    cluster: clusterFolder,
  })
  if (reachable(binaries) && reachable(path.dirname(cluster))) return lent(binaries, cluster)
  const namespace = ['unshare', '--user', `--map-user=${ownUid}`, `--map-group=${ownUid}`, '--']
  if (guarded && succeeds(namespace[0]!, ...namespace.slice(1), 'true'))
    return { wrap: [...namespace, ...death], uid: undefined, binaries, cluster }
  const name = createHash('sha256').update(path.resolve(cluster)).digest('hex').slice(0, 16)
  return lent(moved(binaries), `/var/lib/cairn/${name}`)
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
