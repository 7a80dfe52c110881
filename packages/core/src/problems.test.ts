import { expect, test } from 'vitest'
import { ProblemError, problems } from './index.ts'

test('every problem has a status of the 4xx or 5xx kind and a plain sentence', () => {
  for (const [code, { status, title }] of Object.entries(problems)) {
    expect(code).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+$/)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(title, code).toMatch(/^[A-Z].*\.$/)
    expect(title, code).not.toContain('!')
  }
})

test('a problem error carries its problems as data', () => {
  const error = new ProblemError('input.invalid', 'A title is missing.', '/title')
  expect(error.problem).toEqual({ code: 'input.invalid', detail: 'A title is missing.', pointer: '/title' })
})

test('a problem of another copy of this file is a problem here too, and no other error is', async () => {
  const copy = `./problems.ts?${'copy'}`
  const other = (await import(/* @vite-ignore */ copy)) as typeof import('./problems.ts')
  expect(other.ProblemError).not.toBe(ProblemError)
  expect(new other.ProblemError('request.not-found', 'Nothing.')).toBeInstanceOf(ProblemError)
  expect(new Error('x') instanceof ProblemError).toBe(false)
  expect((null as unknown) instanceof ProblemError).toBe(false)
})
