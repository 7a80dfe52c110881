/** Where words go: with `--json` only machine lines on standard output, everything else on standard error. */
/** Prints for people or for machines. */
export interface Output {
  readonly json: boolean
  /** A line for people; nothing with `--json`. */
  say(line?: string): void
  /** A remark about the work, on standard error. */
  note(line: string): void
  /** One JSON value on one line; nothing without `--json`. */
  data(value: unknown): void
}

/** The output of a process. */
export function processOutput(json: boolean): Output {
  return {
    json,
    say(line = '') {
      if (!json) process.stdout.write(`${line}\n`)
    },
    note(line) {
      process.stderr.write(`${line}\n`)
    },
    data(value) {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`)
    },
  }
}
