import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createJudge } from './judge-apart.ts'

const now = '2026-05-13T10:00:00Z'
const evidence = { registry: { anchors: [], trustedLists: [], issuers: [] }, statusLists: {}, retrievedAt: now }
const own = createJudge()
const hasty = createJudge({ milliseconds: 1, megabytes: 256, waiting: 2 })
afterAll(async () => {
  await own.close()
  await hasty.close()
})
const text = (value: string) => new TextEncoder().encode(value)

test('a document is judged in a thread of its own, and the next one after it', { timeout: 30_000 }, async () => {
  const [nothing, unsealed] = await Promise.all([
    own.judge(text('hello'), evidence, now),
    own.judge(text('{"type":["VerifiableCredential","EuropeanDigitalCredential"]}'), evidence, now),
  ])
  expect(nothing).toMatchObject({ format: 'unknown', verdict: 'invalid' })
  expect(unsealed.findings[0]!.problem!.code).toBe('seal.missing')
})

test('R-LIM-1: one that takes too long is refused, the thread is made anew, and a queue has an end', { timeout: 30_000 }, async () => {
  const bytes = new Uint8Array(readFileSync(path.resolve(import.meta.dirname, 'judge-apart.ts')))
  const refused = hasty.judge(bytes, evidence, now)
  const others = [hasty.judge(bytes, evidence, now), hasty.judge(bytes, evidence, now), hasty.judge(bytes, evidence, now)]
  const codes = (await Promise.allSettled([refused, ...others])).map((each) =>
    each.status === 'rejected' ? each.reason.problem.code : 'report',
  )
  expect(codes).toEqual(['proof.too-complex', 'proof.too-complex', 'proof.too-complex', 'server.unavailable'])
})
