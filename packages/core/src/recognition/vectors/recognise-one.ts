/** One good credential with changes, decided under the policy of its target. */
import type { JsonObject } from '../../json.ts'
import { readRecognitionCase } from '../case.ts'
import { readLibrary } from '../library.ts'
import { recognise } from '../recognise.ts'
import { caseOf, library, type Vector } from './ground.ts'

const held = readLibrary(library)

/** The decision on a good credential of the target with these changes, and on those that are handed in beside it. */
export function recogniseOne(changes: JsonObject, target: Vector['target'] = 'MODULE', ...beside: JsonObject[]) {
  const nothing = { why: '', outcome: '', grants: [], not: {}, reasons: [] }
  return recognise(readRecognitionCase(caseOf({ id: 'one', target, credentials: [changes, ...beside], ...nothing })), held, () => 'hash')
}
