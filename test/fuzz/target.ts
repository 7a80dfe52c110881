/** What a target of the fuzzing is. */

/** Loaded only where inputs are made: what the thread that reads does not load, V8 does not have to count. */
export type Made = typeof import('./seeds.ts')

/** One reader. `json`: inputs are lines of JSON, and are also changed as values. `read` raises a `ProblemError` for what it refuses. */
export interface Target {
  readonly kind: 'bytes' | 'json'
  seeds(made: Made): Uint8Array[] | Promise<Uint8Array[]>
  read(bytes: Uint8Array): unknown
}
