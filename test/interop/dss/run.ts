/**
 * `npm run dss -- [--trust DIR] [--at TIME] [--report DIR] FILE…`: the EU DSS judges our seals, one line of JSON a signature.
 * Built with Maven into a temporary folder; where Java or Maven is missing it says so and exits with 2.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** One signature as the DSS judged it; `problem` stands alone when the file could not be judged. */
export interface DssVerdict {
  file: string
  problem?: string
  /** `JAdES-BASELINE-B` and so on, `JSON-NOT-ETSI` when a level's rules are not met. */
  format: string
  indication: 'TOTAL_PASSED' | 'TOTAL_FAILED' | 'INDETERMINATE' | 'PASSED' | 'FAILED'
  subIndication: string | null
  basic: string
  intact: boolean
  structure: string[]
  signingTime: string | null
  bestTime: string | null
  errors: string[]
  warnings: string[]
  notes: string[]
}

const here = import.meta.dirname

/** Why the DSS cannot run here, or `undefined` when it can. */
export function dssMissing(): string | undefined {
  for (const tool of ['java', 'mvn']) if (spawnSync(tool, ['-version']).status !== 0) return `${tool} is not on this machine`
  return undefined
}

/** Builds the judge unless this state of it is built already, and answers its class path. Raises an `Error` with Maven's words. */
export function buildDss(): string {
  const sources = [path.join(here, 'pom.xml'), path.join(here, 'src/main/java/cairn/Judge.java')]
  const state = createHash('sha256')
  for (const file of sources) state.update(readFileSync(file))
  const folder = path.join(tmpdir(), `cairn-dss-${state.digest('hex').slice(0, 16)}`)
  const classPath = [path.join(folder, 'target/classes'), path.join(folder, 'target/jars/*')].join(path.delimiter)
  if (existsSync(folder)) return classPath
  // Built beside and then moved, so that a build that was broken off is not taken for a whole one.
  const building = `${folder}-${process.pid}`
  rmSync(building, { recursive: true, force: true })
  mkdirSync(building, { recursive: true })
  cpSync(path.join(here, 'pom.xml'), path.join(building, 'pom.xml'))
  cpSync(path.join(here, 'src'), path.join(building, 'src'), { recursive: true })
  try {
    execFileSync('mvn', ['-q', '-B', 'package'], { cwd: building, stdio: ['ignore', 'pipe', 'pipe'], timeout: 600_000 })
    renameSync(building, folder)
  } catch (error) {
    rmSync(building, { recursive: true, force: true })
    if (existsSync(folder)) return classPath
    const { stdout } = error as { stdout?: Buffer }
    throw new Error(
      `The DSS judge does not build: ${
        stdout
          ?.toString()
          .split('\n')
          .find((line) => line.includes('[ERROR]')) ?? error
      }`,
    )
  }
  return classPath
}

/** Judges files with the DSS; options are those of the command. */
export function judgeWithDss(args: readonly string[]): DssVerdict[] {
  const judged = execFileSync('java', ['-cp', buildDss(), 'cairn.Judge', ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return judged
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as DssVerdict)
}

if (import.meta.main) {
  const missing = dssMissing()
  if (missing) {
    console.error(`The EU DSS cannot judge here: ${missing}.`)
    process.exitCode = 2
  } else if (process.argv.length < 3) {
    console.error('npm run dss -- [--trust DIR] [--at TIME] [--report DIR] FILE…')
    process.exitCode = 64
  } else {
    const verdicts = judgeWithDss(process.argv.slice(2))
    for (const verdict of verdicts) console.log(JSON.stringify(verdict))
    process.exitCode = verdicts.every(({ indication }) => indication === 'TOTAL_PASSED') ? 0 : 1
  }
}
