/** What a body's rules say in their own words to somebody who did not get everything: what would help, and to whom an appeal goes (domain 2.3, 8). */
import { isObject, type JsonObject } from '../json.ts'
import { LangString } from '../text.ts'
import type { Decision } from './recognise.ts'

/** The remedy of each requirement that shaped the outcome, in the order of their ids, and where an appeal goes. */
export interface Help {
  remedies: { requirement: string; words: LangString }[]
  appealTo: LangString[]
}

/** Words for people may be one text or a text by language; whatever else stands there says nothing. */
function wordsOf(value: unknown): LangString | undefined {
  const words = LangString.safeParse(typeof value === 'string' ? { und: value } : value)
  return words.success && Object.keys(words.data).length > 0 ? words.data : undefined
}

/** The help that the policies of a decision give; `policies` by their id, as they were applied. */
export function helpInPolicies({ findings }: Pick<Decision, 'findings'>, policies: JsonObject): Help {
  const all = Object.values(policies).filter(isObject)
  const told = new Map(
    all.flatMap(({ requirements }) =>
      (Array.isArray(requirements) ? requirements : []).flatMap((each) => {
        const words = isObject(each) ? wordsOf(each.remedy) : undefined
        return words && isObject(each) ? [[String(each.id), words] as const] : []
      }),
    ),
  )
  return {
    remedies: findings.flatMap(({ requirement, effect }) => {
      const words = effect === undefined ? undefined : told.get(requirement)
      return words ? [{ requirement, words }] : []
    }),
    appealTo: all.flatMap(({ procedure }) => {
      const words = isObject(procedure) ? wordsOf(procedure.appealTo) : undefined
      return words ? [words] : []
    }),
  }
}
