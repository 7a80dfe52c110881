/** Key files on disk: written for the owner's eyes alone. */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { ProblemError } from '@cairn/core'
import { type AnyKey, parseAnyKey } from './any-key.ts'
import { type KeyFile, parseKeyFile } from './key-file.ts'

/** Writes a key file, mode 0600 and on the disk when this returns. Raises `key.unreadable` when there is a file already: no key is ever written over. */
export function writeKeyFile(path: string, file: AnyKey): void {
  let handle: number
  try {
    handle = openSync(path, 'wx', 0o600)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code
    throw new ProblemError(
      'key.unreadable',
      reason === 'EEXIST' ? 'There is a file of that name already.' : `The file cannot be written (${reason}).`,
    )
  }
  try {
    writeSync(handle, `${JSON.stringify(file, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Reads a key file that holds its key. Raises `key.unreadable`. */
export function readKeyFile(path: string): KeyFile {
  return parseKeyFile(textOf(path))
}

/** Reads a key file of any holder. Raises `key.unreadable`. */
export function readAnyKey(path: string): AnyKey {
  return parseAnyKey(textOf(path))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ProblemError('key.unreadable', code === 'ENOENT' ? 'The key file is not there.' : `The key file gives ${code}.`)
  }
}
