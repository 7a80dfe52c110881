/** A key is opened once: what is open here is lent to threads, and nothing else opens with another passphrase. */
import { createDemoKey, sampleEdition } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { createKeyRing } from './key-ring.ts'

const { keyFile } = createDemoKey({ organisation: sampleEdition.institution, passphrase: 'a passphrase', now: new Date() })

test('R-KEY-1: a key that was opened signs in another thread without its passphrase; a key that was not lent does not', async () => {
  const lent = await createKeyRing('a passphrase').lend('one', keyFile)
  const thread = createKeyRing('another passphrase', [], new Map([['one', structuredClone(lent!)]]))
  const signer = await thread.open('one', keyFile)
  expect(signer.algorithm).toBe('ES256')
  await expect(thread.open('two', keyFile)).rejects.toMatchObject({ problem: { code: 'key.passphrase-wrong' } })
})
