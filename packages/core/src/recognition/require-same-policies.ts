/** A decision is replayed under the rules that it was made under, or not at all. */
import { z } from 'zod'
import type { Json } from '../json.ts'
import { ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import type { Decision } from './recognise.ts'
import { Id } from './words.ts'

const Recorded = z.looseObject({ policies: z.array(z.strictObject({ id: Id, hash: Id })).max(100) })

/**
 * A decision stands under the versions of the policies that it was made with (domain 2.3, 7). `recorded` is the decision as it was kept. Raises
 * `recognition.other-policy` where the replay was under others, pointing at the first that differs, and `input.invalid` for what is no decision.
 */
export function requireSamePolicies(recorded: Json, replayed: Decision): void {
  const { policies } = readAs(Recorded, recorded, '/decision')
  const hashes = new Map(replayed.policies.map(({ id, hash }) => [id, hash]))
  const at = policies.findIndex(({ id, hash }) => hashes.get(id) !== hash)
  if (at >= 0)
    throw new ProblemError(
      'recognition.other-policy',
      'The library holds another version of this policy than the decision was made under.',
      `/decision/policies/${at}/hash`,
    )
  if (policies.length < replayed.policies.length)
    throw new ProblemError('recognition.other-policy', 'More policies apply than the decision was made under.', '/decision/policies')
}
