/** Where words go: with `--json` only machine lines on standard output, everything else on standard error. */
import { type Problem, problems } from '@cairn/core'

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

/** A problem as a person reads it: what is wrong in general, what in particular, and where. */
export function problemLine({ code, detail, pointer }: Problem): string {
  return `${problems[code].title} ${visible(detail)}${pointer ? `  (${visible(pointer)})` : ''}`
}

/** Text of somebody else made safe for a terminal: control and direction characters are shown, not obeyed (R-DISP-4). */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069\ufeff]/gu, (char) =>
    char === '\n' ? ' ' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
