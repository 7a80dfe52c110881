/** @module `(bytes, evidence, policy, now) -> Report`. Fetches nothing, throws nothing, runs in a browser. */
export { type Evidence, type Policy, standardPolicy } from './evidence.ts'
export { verify } from './verify.ts'
