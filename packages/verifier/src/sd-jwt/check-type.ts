/** Whether a credential keeps the rules of its type, where a description of the type is at hand (SD-JWT VC, type metadata; R-SD-3). */
import { type JsonObject, type Problem, ProblemError, parseJson, problem } from '@cairn/core'
import { extendType, judgeClaims, readTypeMetadata, type TypeMetadata } from '@cairn/formats'
import { hasIntegrity, type Processed } from '@cairn/seals'
import { type CheckResult, finding, outcomeOf } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'

const clause = 'SD-JWT VC, type metadata'
/** R-SD-3: how many types stand in one chain. */
const longest = 5

/**
 * Judges a credential by its type. A description counts only with the hash that was signed, down the whole chain; one that is not at hand, or is
 * another than was signed, is not used, and that is no fault of the credential.
 */
export async function checkType({ payload, disclosed }: Processed, evidence: Evidence): Promise<CheckResult> {
  const { vct } = payload
  const integrity = payload['vct#integrity']
  if (typeof vct !== 'string' || typeof integrity !== 'string' || evidence.typeMetadata === undefined)
    return { outcome: 'passed', findings: [] }
  if (!Object.hasOwn(evidence.typeMetadata, vct)) return { outcome: 'passed', findings: [] }
  const found = await resolve(vct, integrity, evidence.typeMetadata)
  // Not used and said so: `unknown` in the list of findings, and no doubt on the credential.
  if ('code' in found) return { outcome: 'passed', findings: [finding('type.known', 'unknown', { problem: found, clause })] }
  const { problems } = judgeClaims(
    found,
    payload,
    disclosed.map(({ path }) => path),
  )
  const findings = problems.map((each) => finding('type.claims', 'failed', { problem: each, clause }))
  return problems.length > 0
    ? { outcome: outcomeOf(findings), findings }
    : { outcome: 'passed', findings: [finding('type.claims', 'passed', { clause })] }
}

/** The type with all that it extends, or why it is not used. */
export async function resolve(
  vct: string,
  integrity: string,
  documents: Readonly<Record<string, Uint8Array>>,
): Promise<TypeMetadata | Problem> {
  const chain: TypeMetadata[] = []
  let next: { name: string; integrity: string | undefined } | undefined = { name: vct, integrity }
  try {
    while (next) {
      const { name } = next
      if (chain.length >= longest || chain.some((each) => each.vct === name))
        return problem('sd-jwt.metadata-loop', 'A chain of types is longer than five, or comes back to itself.')
      const bytes = Object.hasOwn(documents, name) ? documents[name] : undefined
      if (!bytes) return problem('sd-jwt.metadata-unreadable', 'The description of a type that is extended was not at hand.')
      if (next.integrity === undefined || !(await hasIntegrity(bytes, next.integrity)))
        return problem('sd-jwt.metadata-integrity', 'The description of the type is not the one whose hash was given.')
      const read: TypeMetadata = readTypeMetadata(parseJson(bytes) as JsonObject)
      if (read.vct !== name) return problem('sd-jwt.metadata-unreadable', 'The description is of another type.')
      chain.push(read)
      next = read.extends === undefined ? undefined : { name: read.extends, integrity: read.extendsIntegrity }
    }
    return chain.reduceRight((extended, own) => extendType(own, extended))
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
}
