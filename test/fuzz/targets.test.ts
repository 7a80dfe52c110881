/** Every target of the fuzzing reads what it begins with: what it finds later is then a find, and no fault of the target. */
import { existsSync } from 'node:fs'
import { ProblemError } from '@cairn/core'
import { expect, test } from 'vitest'
import { vectors } from '../interop/row.ts'
import { mutate, randomOf, wordsOf } from './mutate.ts'
import * as made from './seeds.ts'
import { targets } from './targets.ts'

test.skipIf(!existsSync(vectors)).each(Object.keys(targets))('%s (needs ../shared/vectors)', async (name) => {
  const { seeds: seedsOf, kind, read } = targets[name]!
  const seeds = await seedsOf(made)
  expect(seeds.length).toBeGreaterThan(0)
  const random = randomOf(1)
  const words = wordsOf(seeds)
  const changed = Array.from({ length: 50 }, () => mutate(seeds[random(seeds.length)]!, kind, seeds, words, random))
  for (const input of [...seeds, ...changed])
    try {
      await read(input)
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError)
    }
})
