import { expect, test } from 'vitest'
import { handedIn, tokensIn } from './handed-in.ts'

const url = new URL('https://cairn.example/stacking')

function formOf(sizes: readonly number[]): FormData {
  const form = new FormData()
  form.set('links', '/c/one\nhttps://elsewhere.example/c/two/ one')
  form.append('kept', 'a2VwdA==')
  for (const size of sizes) form.append('files', new File([new Uint8Array(size)], 'credential.json'))
  return form
}

test('links, files and files of a step before are handed in; a field without a file is none', async () => {
  expect(await handedIn(formOf([3, 0]), url)).toEqual({ shares: ['one', 'two'], files: ['a2VwdA==', 'AAAA'] })
  expect(tokensIn('/c/one /c/one not-ours', url)).toEqual(['one', 'not-ours'])
})

test('a file that is too large is said to be, never left out', async () => {
  await expect(handedIn(formOf([1_100_001]), url)).rejects.toMatchObject({ problem: { code: 'input.too-large', pointer: '/files' } })
})
