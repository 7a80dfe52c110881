/** Forms of literal values, and texts by language. */
import { isObject, type Json, millis, parseDuration, type RuleFinding } from '@cairn/core'

import { found } from './found.ts'
import type { Value } from './places.ts'

const forms: Readonly<Record<string, readonly [what: string, ok: (value: Json) => boolean]>> = {
  S: ['a text', (value) => typeof value === 'string'],
  D: [
    'a moment such as 2026-05-12T00:00:00Z',
    (value) =>
      typeof value === 'string' &&
      /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(value) &&
      !Number.isNaN(millis(value)),
  ],
  U: ['a duration such as PT60H', (value) => typeof value === 'string' && parseDuration(value) !== undefined],
  B: ['true or false', (value) => typeof value === 'boolean'],
  I: [
    'a whole number',
    (value) => (typeof value === 'number' || typeof value === 'string') && value !== '' && Number.isInteger(Number(value)),
  ],
  P: [
    'a whole number from 1 on',
    (value) => (typeof value === 'number' || typeof value === 'string') && Number.isInteger(Number(value)) && Number(value) > 0,
  ],
  N: ['a number', (value) => (typeof value === 'number' || typeof value === 'string') && value !== '' && !Number.isNaN(Number(value))],
  A: ['an address', (value) => typeof value === 'string' && !/[\s<>"{}|\\^`]/.test(value) && value !== ''],
}

/** E5: a literal has the form of its type; a typed value object counts by its `@value`. */
export function literalFindings(kind: string, { value, pointer }: Value): RuleFinding[] {
  const form = forms[kind]
  const plain = isObject(value) && value['@value'] !== undefined ? value['@value'] : value
  if (!form || form[1](plain)) return []
  return [found('E5', 'B', 'elm.value-form', `This should be ${form[0]}.`, pointer)]
}

/** E5 and E7: a language map with clean tags (BCP 47), and one text a language unless several are allowed. */
export function textFindings({ value, pointer }: Value, several: boolean): RuleFinding[] {
  if (!isObject(value) || value['@value'] !== undefined)
    return [found('E5', 'B', 'elm.value-form', 'This should be a text by language, such as { "en": "…" }.', pointer)]
  return Object.entries(value).flatMap(([tag, text]) => {
    const at = `${pointer}/${tag.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (tag !== '@none' && !/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(tag))
      return [found('E7', 'B', 'elm.language-tag', 'This is no clean language tag: write "en" or "zh-Hant", without blanks.', at)]
    if (typeof text === 'string' || (several && Array.isArray(text) && text.every((each) => typeof each === 'string'))) return []
    return [
      found(
        'E5',
        'B',
        'elm.value-form',
        Array.isArray(text) ? 'There is more than one text of this language. Keep one.' : 'This should be a text.',
        at,
      ),
    ]
  })
}
