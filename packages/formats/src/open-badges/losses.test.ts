import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { lossesOfOpenBadge } from './losses.ts'

test('the table of losses stands in docs/STANDARDS.md, row by row', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/STANDARDS.md'), 'utf8')
  for (const { fact, carried, why } of lossesOfOpenBadge) expect(page).toContain(`| ${fact} | ${carried} | ${why} |`)
})
