/** What a verb of the command line is. */
import type { Output } from './output.ts'

/** One verb. `run` answers the exit code: 0 good, 1 bad, 2 undecided, 64 usage. */
export interface Verb {
  /** Printed by `--help`: the use in the first lines, then what each option does. */
  help: string
  options: Readonly<Record<string, { type: 'string' | 'boolean' }>>
  run(given: Given, output: Output): Promise<number> | number
}

/** What was given on the command line. */
export interface Given {
  /** Files, addresses or words, in order. */
  operands: readonly string[]
  /** The value of a text option. */
  text(option: string): string | undefined
  /** True when a switch was given. */
  has(option: string): boolean
}

/** The command was not understood: exit 64 and one line that says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
