/** Judges of other houses that run on Java: built with Maven into a temporary folder; nothing of the product depends on them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Why no judge can run here, or `undefined` when one can. */
export function javaMissing(): string | undefined {
  for (const tool of ['java', 'mvn']) if (spawnSync(tool, ['-version']).status !== 0) return `${tool} is not on this machine`
  return undefined
}

/** Why the judge of a folder cannot be had, or `undefined` when it is built: its packages may be out of reach. */
export function judgeMissing(folder: string): string | undefined {
  const tool = javaMissing()
  if (tool) return tool
  try {
    buildJudge(folder)
    return undefined
  } catch {
    return `the judge in ${path.basename(folder)} cannot be had here`
  }
}

/** Builds the judge of a folder (`pom.xml` and `Judge.java`) unless this state of it is built already, and answers its class path. Raises an `Error` with Maven's words. */
export function buildJudge(source: string): string {
  const state = createHash('sha256')
  for (const file of ['pom.xml', 'src/main/java/cairn/Judge.java']) state.update(readFileSync(path.join(source, file)))
  const folder = path.join(tmpdir(), `cairn-${path.basename(source)}-${state.digest('hex').slice(0, 16)}`)
  const classPath = [path.join(folder, 'target/classes'), path.join(folder, 'target/jars/*')].join(path.delimiter)
  if (existsSync(folder)) return classPath
  // Built beside and then moved, so that a build that was broken off is not taken for a whole one.
  const building = `${folder}-${process.pid}`
  rmSync(building, { recursive: true, force: true })
  mkdirSync(building, { recursive: true })
  cpSync(path.join(source, 'pom.xml'), path.join(building, 'pom.xml'))
  cpSync(path.join(source, 'src'), path.join(building, 'src'), { recursive: true })
  try {
    execFileSync('mvn', ['-q', '-B', 'package'], { cwd: building, stdio: ['ignore', 'pipe', 'pipe'], timeout: 600_000 })
    renameSync(building, folder)
  } catch (error) {
    rmSync(building, { recursive: true, force: true })
    if (existsSync(folder)) return classPath
    const { stdout } = error as { stdout?: Buffer }
    const words = stdout
      ?.toString()
      .split('\n')
      .find((line) => line.includes('[ERROR]'))
    throw new Error(`The judge does not build: ${words ?? error}`)
  }
  return classPath
}

/** Runs the judge of a folder, and answers its lines of JSON. */
export function runJudge<Verdict>(folder: string, args: readonly string[]): Verdict[] {
  const judged = execFileSync('java', ['-cp', buildJudge(folder), 'cairn.Judge', ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return judged
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Verdict)
}
