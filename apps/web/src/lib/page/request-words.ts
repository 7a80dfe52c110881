/** What can go wrong with a request, in the reader's language: what every page needs for the page that says so, and no more. */
import type { ProblemCode } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'

/** Sentences by code. */
export const requestWords: Readonly<Partial<Record<ProblemCode, () => string>>> = {
  'input.invalid': m.problem_input_invalid,
  'input.too-large': m.problem_input_too_large,
  'request.not-found': m.problem_request_not_found,
  'request.not-allowed': m.problem_request_not_allowed,
  'request.sign-in': m.problem_request_sign_in,
  'request.too-many': m.problem_request_too_many,
  'request.confirm-again': m.problem_request_confirm_again,
  'request.cross-origin': m.problem_request_cross_origin,
  'request.in-progress': m.problem_request_in_progress,
  'request.conflict': m.problem_request_conflict,
  'server.unavailable': m.problem_server_unavailable,
  'server.disk-full': m.problem_server_disk_full,
  'server.read-only': m.problem_server_read_only,
  'server.internal': m.problem_server_internal,
}

/** The sentence of a code on a page that could not be shown; `undefined` for others than these. */
export function sayRequest(code: string): string | undefined {
  return Object.hasOwn(requestWords, code) ? requestWords[code as ProblemCode]!() : undefined
}
