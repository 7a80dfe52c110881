/**
 * `npm run verapdf -- FILE…`: veraPDF holds our sheets against PDF/A-3a and PDF/UA-1, one line of JSON a file and standard. Where Java or Maven is missing
 * it says so and exits with 2.
 */
import { javaMissing, judgeMissing, runJudge } from '../java-judge.ts'

/** A file held against a standard; `failures` name the clause, the place and what is asked for there. */
export interface PdfVerdict {
  file: string
  /** `3a` for PDF/A-3a, `ua1` for PDF/UA-1. */
  standard: '3a' | 'ua1'
  conforms: boolean
  failures: string[]
}

const here = import.meta.dirname

/** Why veraPDF cannot be had here, or `undefined` when it can. */
export const verapdfMissing = (): string | undefined => judgeMissing(here)

/** Holds files against both standards. */
export const judgeWithVerapdf = (files: readonly string[]): PdfVerdict[] => runJudge(here, files)

if (import.meta.main) {
  const missing = javaMissing()
  if (missing) {
    console.error(`veraPDF cannot judge here: ${missing}.`)
    process.exitCode = 2
  } else if (process.argv.length < 3) {
    console.error('npm run verapdf -- FILE…')
    process.exitCode = 64
  } else {
    const verdicts = judgeWithVerapdf(process.argv.slice(2))
    for (const verdict of verdicts) console.log(JSON.stringify(verdict))
    process.exitCode = verdicts.every(({ conforms }) => conforms) ? 0 : 1
  }
}
