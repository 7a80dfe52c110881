/**
 * `npm run dss -- [--trust DIR] [--at TIME] [--report DIR] FILE…`: the EU DSS judges our seals, one line of JSON a signature.
 * Built with Maven into a temporary folder; where Java or Maven is missing it says so and exits with 2.
 */
import { javaMissing, judgeMissing, runJudge } from '../java-judge.ts'

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

/** Why the DSS cannot be had here, or `undefined` when it can. */
export const dssMissing = (): string | undefined => judgeMissing(here)

/** Judges files with the DSS; options are those of the command. */
export const judgeWithDss = (args: readonly string[]): DssVerdict[] => runJudge(here, args)

if (import.meta.main) {
  const missing = javaMissing()
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
