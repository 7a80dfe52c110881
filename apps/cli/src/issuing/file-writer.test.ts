import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createFileWriter } from './file-writer.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'cairn-writer-'))

test('everything written is there when done is done, with few files on their way', async () => {
  const writer = createFileWriter(4)
  for (let n = 0; n < 50; n++) await writer.write(path.join(folder, `${n}`), Buffer.from(`content ${n}`))
  await writer.done()
  expect(readdirSync(folder)).toHaveLength(50)
  expect(readFileSync(path.join(folder, '49'), 'utf8')).toBe('content 49')
})

test('a write that fails is raised, by the next write or by done, and no file is written over', async () => {
  const writer = createFileWriter(1)
  const attempt = async () => {
    await writer.write(path.join(folder, '0'), Buffer.from('another'))
    await writer.done()
  }
  await expect(attempt()).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(writer.write(path.join(folder, 'later'), Buffer.from(''))).rejects.toMatchObject({ code: 'EEXIST' })
  expect(readFileSync(path.join(folder, '0'), 'utf8')).toBe('content 0')
  rmSync(folder, { recursive: true })
})
