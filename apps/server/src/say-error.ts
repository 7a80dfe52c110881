/** An error as a log may hold it: its kind, its code and where it happened. What it says may quote a row, a document or an address, so it is left out (R-PRIV-1). */
import { ProblemError } from '@cairn/core'

/** What is logged of an error. */
export interface SaidError {
  kind: string
  code?: string
  /** What of the database was meant, where it was one of its errors. */
  constraint?: string
  at: string[]
}

/** Puts an error into words that hold no data. */
export function sayError(error: unknown): SaidError {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    kind: error.constructor.name,
    ...(error instanceof ProblemError ? { code: error.problem.code } : typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    at: frames.slice(0, 6).map((line) =>
      line
        .trim()
        .replace(/^at /, '')
        .replace(/file:\/\/\S*?(?=apps|packages|node_modules)/, ''),
    ),
  }
}
