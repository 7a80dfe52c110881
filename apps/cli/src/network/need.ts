/** Options without which an action of the network cannot be done. */
import { type Given, UsageError } from '../verb.ts'

/** The value of an option. Raises a usage error where it was not given. */
export function need(given: Given, name: string): string {
  const value = given.text(name)
  if (value === undefined) throw new UsageError(`Give --${name} too.`)
  return value
}
