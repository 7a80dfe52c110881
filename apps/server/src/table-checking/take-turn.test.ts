/** Turns end once, pass to whoever waits longest, and are not waited for for ever. */
import { expect, test } from 'vitest'
import { createTurns } from './take-turn.ts'

test('two at once; the third begins when one ends, whoever ends a turn twice ends it once', async () => {
  const take = createTurns({ atOnce: 2, milliseconds: 5000 })
  const [one, two] = [await take(), await take()]
  const begun: string[] = []
  const begin = async (name: string) => {
    const end = await take()
    begun.push(name)
    return end
  }
  const third = begin('third')
  const fourth = begin('fourth')
  await Promise.resolve()
  expect(begun).toEqual([])
  one()
  one()
  const end = await third
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(begun).toEqual(['third'])
  two()
  await fourth
  end()
  expect(begun).toEqual(['third', 'fourth'])
})

test('a turn that does not come is said, and nobody behind it waits longer for that', async () => {
  const take = createTurns({ atOnce: 1, milliseconds: 50 })
  const end = await take()
  await expect(take()).rejects.toMatchObject({ problem: { code: 'server.unavailable' } })
  end()
  const again = await take()
  again()
})
