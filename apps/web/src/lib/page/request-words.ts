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
  'request.over-cap': m.problem_request_over_cap,
  'request.confirm-again': m.problem_request_confirm_again,
  'request.cross-origin': m.problem_request_cross_origin,
  'request.key-reused': m.problem_request_key_reused,
  'request.not-json': m.problem_request_not_json,
  'request.in-progress': m.problem_request_in_progress,
  'request.conflict': m.problem_request_conflict,
  'server.unavailable': m.problem_server_unavailable,
  'server.in-use': m.problem_server_in_use,
  'server.no-database': m.problem_server_no_database,
  'server.disk-full': m.problem_server_disk_full,
  'server.read-only': m.problem_server_read_only,
  'backup.unreadable': m.problem_backup_unreadable,
  'backup.passphrase-wrong': m.problem_backup_passphrase_wrong,
  'backup.damaged': m.problem_backup_damaged,
  'backup.other-version': m.problem_backup_other_version,
  'backup.not-empty': m.problem_backup_not_empty,
  'server.misconfigured': m.problem_server_misconfigured,
  'server.internal': m.problem_server_internal,
}

/** The sentence of a code on a page that could not be shown; `undefined` for others than these. */
export function sayRequest(code: string): string | undefined {
  return Object.hasOwn(requestWords, code) ? requestWords[code as ProblemCode]!() : undefined
}
