import { describe, expect, test } from 'vitest'
import { judgeSafely } from './row.ts'
import { rows } from './rows.ts'

const all = rows()
describe.skipIf(all.length === 0)('every published file gives the outcome that is expected of it (needs ../shared/vectors)', () => {
  test.each(all.map((row) => [row.file, row] as const))('%s', async (_, row) => {
    const { got, why, agrees } = await judgeSafely(row)
    // Where we differ on purpose we go on differing: when that changes, the reason leaves the table.
    expect(agrees, `expected ${row.expected}, got ${got}: ${why}`).toBe(row.unlike === undefined)
  })
})
