/** The part of a document that JSON Pointers name, with identifiers and types of everything on the way (ECDSA 1.0, 3.4.11 to 3.4.13). */
import { isObject, type Json, type JsonObject, ProblemError } from '@cairn/core'

/**
 * The selected part; `undefined` without pointers. `copied` is told of every object that was copied, so that both keep one name.
 * @throws ProblemError `input.invalid` for a pointer that leads nowhere
 */
export function selectJson(
  document: JsonObject,
  pointers: readonly string[],
  copied: (from: JsonObject, to: JsonObject) => void,
): JsonObject | undefined {
  if (pointers.length === 0) return undefined
  const arrays: Json[][] = []
  const copy = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(copy)
    if (!isObject(value)) return value
    const made: JsonObject = {}
    copied(value, made)
    for (const [name, each] of Object.entries(value)) made[name] = copy(each)
    return made
  }
  const begin = (source: JsonObject): JsonObject => {
    const made: JsonObject = {}
    copied(source, made)
    if (typeof source.id === 'string' && !source.id.startsWith('_:')) made.id = source.id
    if (source.type !== undefined) made.type = copy(source.type)
    return made
  }
  const selection = begin(document)
  if (document['@context'] !== undefined) selection['@context'] = copy(document['@context'])
  for (const pointer of pointers) {
    const steps = stepsOf(pointer)
    if (steps.length === 0) return copy(document) as JsonObject
    let source: Json = document
    let target: JsonObject | Json[] = selection
    for (const [index, step] of steps.entries()) {
      const next: Json | undefined = isObject(source)
        ? Object.hasOwn(source, step)
          ? source[step]
          : undefined
        : Array.isArray(source) && /^(0|[1-9]\d*)$/.test(step)
          ? source[Number(step)]
          : undefined
      if (next === undefined) throw new ProblemError('input.invalid', 'A pointer leads nowhere in the document.', pointer)
      const held = (target as Record<string, Json>)[step]
      if (index === steps.length - 1) {
        const whole = isObject(next) && isObject(held) ? Object.assign(held, copyMembers(next, copy)) : copy(next)
        ;(target as Record<string, Json>)[step] = whole
        break
      }
      let made: Json
      if (held !== undefined) made = held
      else if (Array.isArray(next)) {
        made = []
        arrays.push(made)
      } else made = isObject(next) ? begin(next) : next
      ;(target as Record<string, Json>)[step] = made
      source = next
      target = made as JsonObject | Json[]
    }
  }
  // Places that were not selected leave no gaps.
  for (const array of arrays) array.splice(0, array.length, ...array.filter((each) => each !== undefined))
  return selection
}

const copyMembers = (source: JsonObject, copy: (value: Json) => Json) =>
  Object.fromEntries(Object.entries(source).map(([name, each]) => [name, copy(each)]))

function stepsOf(pointer: string): string[] {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) throw new ProblemError('input.invalid', 'This is no JSON Pointer.', pointer)
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
