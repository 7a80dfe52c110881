/** What was met last, kept in a map that does not grow for ever. */

/**
 * Keeps a value as the newest of at most `most`, and lets the oldest go for it. Answers with the value.
 * @example keepLast(drawn, id, draw(facts), 200)
 */
export function keepLast<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value, most: number): Value {
  kept.delete(key)
  if (kept.size >= most) kept.delete(kept.keys().next().value as Key)
  kept.set(key, value)
  return value
}
