/** Reading parsed JSON by a schema: every fault becomes a problem with its place. */
import type { z } from 'zod'
import type { Json } from './json.ts'
import { type Problem, ProblemError, problem } from './problems.ts'
import { sayIssue } from './say-issue.ts'

const step = (name: PropertyKey) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
const pointerOf = (path: readonly PropertyKey[]) => path.map(step).join('')

/**
 * The value as its schema reads it. Raises `input.invalid` with one problem for each fault, unknown members included, each pointing below `at`.
 * @example readAs(Policy, json, '/policies/P1')
 */
export function readAs<T extends z.ZodType>(schema: T, json: Json, at = ''): z.output<T> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [first, ...others] = parsed.error.issues.flatMap((issue): Problem[] => {
    const here = at + pointerOf(issue.path)
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((name) => problem('input.invalid', 'There is no such member here.', here + step(name)))
    return [problem('input.invalid', sayIssue(issue), here)]
  })
  throw new ProblemError('input.invalid', first!.detail, first!.pointer, others)
}
