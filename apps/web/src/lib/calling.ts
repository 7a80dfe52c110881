/** Calling operations from a page: what can be said in words becomes an answer of the page, never a crash. */
import { type Problem, ProblemError, problems } from '@cairn/core'
import { error, fail } from '@sveltejs/kit'

/** For `load`: a problem becomes the error page of its status. */
export async function loaded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (problem) {
    if (problem instanceof ProblemError)
      error(problems[problem.problem.code].status, { message: problem.problem.detail, code: problem.problem.code })
    throw problem
  }
}

/** For actions: a problem comes back beside the values, which are kept. */
export async function acted<T extends object, V extends object>(work: () => Promise<T>, values: V) {
  try {
    return { ...(await work()), values: undefined, problems: [] as Problem[] }
  } catch (problem) {
    if (problem instanceof ProblemError) return fail(problems[problem.problem.code].status, { values, problems: [...problem.problems] })
    throw problem
  }
}
