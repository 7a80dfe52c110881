/** Reading for a page: a problem becomes a calm page of its own, and a missing sign-in a way to it. */
import { type ProblemCode, ProblemError, problems } from '@cairn/core'
import { error, redirect } from '@sveltejs/kit'
import { saidError } from '#lib/server/said-error.ts'

/** Waits for an operation and turns its problem into the page's answer. */
export async function read<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure
    const { code, detail } = failure.problem
    if (code === 'request.sign-in') redirect(303, '/sign-in')
    error(statusOf(code), saidError(code, detail))
  }
}

function statusOf(code: ProblemCode): number {
  // A token or a key that is not even built as one leads nowhere.
  return code === 'input.invalid' ? 404 : problems[code].status
}
