/** Files, standard input and the passphrase: everything the command line reads. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import type { z } from 'zod'
import { type Given, UsageError } from './verb.ts'

/** More than any document we read; what is longer is handed over cut, and refused for its size. */
const most = 10 * 1024 * 1024 + 1

/**
 * The bytes of a file, or of standard input for `-`, at most `limit`. Raises `format.unreadable` when there is nothing to read: of what was to be judged,
 * that is the judgement.
 */
export const readBytes = (place: string, limit = most): Uint8Array => bytesOf(place, limit, 'format.unreadable')

/** The same of a file that something is made from. Raises `input.file-unreadable`. */
export const readGiven = (place: string, limit = most): Uint8Array => bytesOf(place, limit, 'input.file-unreadable')

function bytesOf(place: string, limit: number, code: 'format.unreadable' | 'input.file-unreadable'): Uint8Array {
  let handle: number | undefined
  try {
    handle = place === '-' ? 0 : openSync(place, 'r')
    const chunks: Buffer[] = []
    for (let left = limit; left > 0; ) {
      const chunk = Buffer.alloc(Math.min(left, 1024 * 1024))
      const count = readSync(handle, chunk)
      if (count === 0) break
      chunks.push(chunk.subarray(0, count))
      left -= count
    }
    return new Uint8Array(Buffer.concat(chunks))
  } catch (error) {
    const { code: why = 'unknown' } = error as NodeJS.ErrnoException
    if (why === 'EOF') return new Uint8Array()
    throw new ProblemError(code, `${path.basename(place)} ${why === 'ENOENT' ? 'is not there.' : `gives ${why}.`}`)
  } finally {
    if (handle) closeSync(handle)
  }
}

/** Reads a JSON file by a schema. Raises `input.invalid` with a pointer for every place that is wrong. */
export function readAs<Schema extends z.ZodType>(schema: Schema, place: string, what: string): z.infer<Schema> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(readGiven(place)))
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError('input.invalid', `The ${what} is not well-formed JSON in UTF-8.`)
  }
  return parseAs(schema, json, what)
}

/** Reads a file that an option names. Raises what {@link asUsage} raises. */
export function readOption<Schema extends z.ZodType>(schema: Schema, place: string, what: string): z.infer<Schema> {
  return asUsage(what, () => readAs(schema, place, what))
}

/** Reads what an option names. What is wrong with it is a matter of use, not a verdict on what is checked: raises a usage error. */
export function asUsage<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { detail, pointer } = error.problem
    throw new UsageError(`The ${what} cannot be used: ${detail}${pointer ? ` at ${pointer}` : ''}`)
  }
}

/** Holds a value against a schema. Raises `input.invalid` with a pointer for every place that is wrong. */
export function parseAs<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [first, ...others] = read.error.issues.map((issue) => ({
    code: 'input.invalid' as const,
    detail: `${issue.message} (in the ${what})`,
    pointer: `/${issue.path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
  }))
  throw new ProblemError(first!.code, first!.detail, first!.pointer, others)
}

/** The passphrase from `--passphrase-file` or `CAIRN_KEY_PASSPHRASE`, never from an argument; one line break at the end is not part of it. */
export function readPassphrase(given: Given): string | undefined {
  const place = given.text('passphrase-file')
  if (place !== undefined) {
    try {
      return readFileSync(place, 'utf8').replace(/\r?\n$/, '')
    } catch {
      throw new UsageError('The passphrase file cannot be read.')
    }
  }
  return process.env.CAIRN_KEY_PASSPHRASE
}

/** The passphrase, or a usage error that says how to give it. */
export function needPassphrase(given: Given): string {
  const passphrase = readPassphrase(given)
  if (passphrase === undefined || passphrase === '')
    throw new UsageError('The key needs its passphrase: give --passphrase-file FILE, or set CAIRN_KEY_PASSPHRASE.')
  return passphrase
}
