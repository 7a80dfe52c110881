/** From the form of a revocation to its reason. */
import { type GivenReason, ProblemError } from '@cairn/core'
import { givenReasons } from '#lib/page/names.ts'

/** The reason, where the yes stands beside it; else raises `input.invalid`. A reason is for ever, so nothing is guessed, and nothing happens by one press. */
export function agreedReason(form: FormData): GivenReason {
  const reason = givenReasons.find((each) => each === form.get('reason'))
  if (!reason || !form.has('sure')) throw new ProblemError('input.invalid', 'A revocation needs a reason and your yes.', '/reason')
  return reason
}
