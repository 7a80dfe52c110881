/** One published file and what must come of it: the rows of `npm run interop` and of the test beside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { TrustRegistry } from '@cairn/core'
import type { Evidence } from '@cairn/verifier'

/** What came of a file. `why` is a few words; `agrees` whether it is what was expected. */
export interface Judged {
  readonly got: string
  readonly why: string
  readonly agrees: boolean
}

/** A row. `expected` is what the file's own table says, or its pair; `unlike` gives the reason where we differ on purpose. */
export interface Row {
  readonly set: string
  readonly file: string
  readonly expected: string
  readonly unlike?: string
  judge(): Promise<Judged>
}

/** Published vectors, read in place. */
export const vectors = path.resolve(import.meta.dirname, '../../../shared/vectors')
export const areThere = (set: string): boolean => existsSync(path.join(vectors, set))
export const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(path.join(vectors, file)))
export const textOf = (file: string): string => readFileSync(path.join(vectors, file), 'utf8')

/** Files below a folder of vectors by their path in it, sorted. */
export function filesBelow(folder: string, ending: string): string[] {
  if (!areThere(folder)) return []
  return (readdirSync(path.join(vectors, folder), { recursive: true }) as string[]).filter((name) => name.endsWith(ending)).sort()
}

/** Lines of a table with tabs, without its head. */
export function tableOf(file: string): string[][] {
  return textOf(file)
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'))
}

/** Evidence of nothing but a registry. */
export function evidenceOf(registry: Partial<TrustRegistry>, more: Partial<Evidence> = {}): Evidence {
  return {
    registry: { anchors: [], trustedLists: [], issuers: [], ...registry },
    statusLists: {},
    retrievedAt: '2026-01-01T00:00:00Z',
    ...more,
  }
}

/** The judgement of a row; what it raises is what came of the file, and agrees with nothing. */
export async function judgeSafely(row: Row): Promise<Judged> {
  try {
    return await row.judge()
  } catch (error) {
    return { got: 'an error', why: error instanceof Error ? error.message : 'unknown', agrees: false }
  }
}
