/** Makes the cluster beside its final place and moves it there whole, so that a half-made one is never used. */
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { giveTree, making, type Privileges } from './privileges.ts'

const isMade = (cluster: string) => existsSync(path.join(cluster, 'PG_VERSION'))

/** Makes what is missing; `user` becomes its superuser. Two that make it at once: one of them wins, whole. Raises `server.no-database`. */
export function makeCluster(privileges: Privileges, user: string): void {
  const { cluster, uid } = privileges
  if (isMade(cluster)) {
    // The folder was opened or closed to others since; PostgreSQL wants to own its files.
    const owner = uid ?? process.getuid?.()
    if (process.getuid?.() === 0 && owner !== undefined && statSync(cluster).uid !== owner) giveTree(cluster, owner)
    return
  }
  removeHalfMade(cluster)
  const fresh = `${cluster}.new-${process.pid}`
  mkdirSync(path.dirname(fresh), { recursive: true, mode: 0o755 })
  mkdirSync(fresh, { mode: 0o700 })
  runInitdb(privileges, user, fresh)
  if (uid !== undefined) giveTree(fresh, uid)
  try {
    renameSync(fresh, cluster)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!isMade(cluster)) throw error
  }
}

function runInitdb({ wrapMaking, binaries, uid }: Privileges, user: string, fresh: string): void {
  if (uid !== undefined) chownSync(fresh, making.uid, making.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=und']
  const [command, ...args] = [
    ...wrapMaking,
    path.join(binaries, 'bin', 'initdb'),
    '-D',
    fresh,
    '-U',
    user,
    '--auth=trust',
    '--data-checksums',
  ]
  const made = spawnSync(command!, [...args, ...locale], {
    cwd: path.dirname(fresh),
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    ...(uid === undefined ? {} : making),
  })
  if (made.status === 0) return
  rmSync(fresh, { recursive: true, force: true })
  const reason = `${made.stderr ?? ''}${made.error ?? ''}`.trim().split('\n').at(-1)?.slice(0, 300)
  throw new ProblemError('server.no-database', `The database could not be made: ${reason}`)
}

/** What a first start left behind when it was killed; never what another one is making right now. */
function removeHalfMade(cluster: string): void {
  if (!existsSync(path.dirname(cluster))) return
  for (const name of readdirSync(path.dirname(cluster))) {
    const [, maker] = name.match(new RegExp(`^${path.basename(cluster)}\\.new-(\\d+)$`)) ?? []
    if (maker && !isAlive(Number(maker))) rmSync(path.join(path.dirname(cluster), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
