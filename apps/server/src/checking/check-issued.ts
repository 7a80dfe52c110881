/** `cairn check-issued`: every credential that was ever sealed, judged again with the verifier that visitors use, asking nobody. */
import { ProblemError, type Report, TrustRegistry } from '@cairn/core'
import { readJades, sameBytes } from '@cairn/seals'
import { type Database, type IssuedRow, nextIssued, readPublishedList, readRegistry } from '@cairn/store'
import { type Evidence, standardPolicy, verify } from '@cairn/verifier'
import type { Config } from '../config.ts'
import { isAsRecorded } from '../jobs/as-recorded.ts'
import { listAddress } from '../status-publishing.ts'

const chunk = 200
/** So many are told by name; all are counted. */
const toldAtMost = 10_000

/** What was found. Of those that are as they should be `revoked` and `ended` no longer count, and `waiting` lack a statement until they are raised. */
export interface IssuedChecked {
  checked: number
  valid: number
  revoked: number
  ended: number
  waiting: number
  wrong: number
  levels: Record<string, number>
  /** Each that is not as it should be, with the codes that say why. */
  notAsItShould: { id: string; institution: string; codes: string[] }[]
}

type PublishedList = NonNullable<Awaited<ReturnType<typeof readPublishedList>>>
type Standing = 'valid' | 'revoked' | 'ended' | 'waiting'

/** Judges all at `now` (RFC 3339). Raises what the database raises. */
export async function checkIssued(database: Database, config: Config, now: string): Promise<IssuedChecked> {
  const registry = TrustRegistry.parse(await readRegistry(database, config.demo, now.slice(0, 10)))
  const found: IssuedChecked = { checked: 0, valid: 0, revoked: 0, ended: 0, waiting: 0, wrong: 0, levels: {}, notAsItShould: [] }
  const lists = new Map<string, PublishedList | undefined>()
  const listOf = async (id: string, anew: boolean) => {
    if (anew || !lists.has(id)) lists.set(id, await readPublishedList(database, id))
    return lists.get(id)
  }
  const judge = async (row: IssuedRow, anew = false) => {
    const list = await listOf(row.statusList, anew)
    const statusLists = list ? { [listAddress({ config }, row.statusList)]: list.signed } : {}
    return checkOne(row, { registry, statusLists, retrievedAt: now }, list?.publishedAt ?? now, now)
  }
  let last: IssuedRow | undefined
  for (;;) {
    const rows = await nextIssued(database, last, chunk)
    if (rows.length === 0) return found
    last = rows.at(-1)
    for (const row of rows) {
      const first = await judge(row)
      // The server goes on meanwhile: somebody may have been revoked since the list was read.
      const outcome = typeof first === 'string' ? first : await judge(row, true)
      found.checked++
      found.levels[row.level] = (found.levels[row.level] ?? 0) + 1
      if (typeof outcome === 'string') found[outcome]++
      else {
        found.wrong++
        if (found.notAsItShould.length < toldAtMost) found.notAsItShould.push({ id: row.id, institution: row.tenant, codes: outcome })
      }
    }
  }
}

/** How one stands, or the codes of what is wrong with it. The list counts as of when it was published: that a server rested is nobody's fault. */
async function checkOne(row: IssuedRow, evidence: Evidence, publishedAt: string, now: string): Promise<Standing | string[]> {
  const altered = storedProblems(row)
  const bytes = row.newest ?? row.first
  const statusAt = Date.parse(publishedAt) <= Date.parse(now) ? publishedAt : now
  const report = await verify(bytes, evidence, { ...standardPolicy, statusAt }, now)
  const standing = standingOf(report, row)
  if (altered.length === 0 && standing !== undefined) return standing
  const codes = report.findings.flatMap(({ outcome, problem }) => (outcome !== 'passed' && problem ? [problem.code] : []))
  // Everything passed and the record says otherwise: revoked here, and not on the list.
  return [...new Set([...altered, ...(standing === undefined ? [...codes, ...(codes.length === 0 ? ['status.not-published'] : [])] : [])])]
}

function standingOf({ results, verdict, subIndication, registry, findings }: Report, { revokedAt }: IssuedRow): Standing | undefined {
  const isOnList = findings.some(({ problem }) => problem?.code === 'status.revoked' || problem?.code === 'status.superseded')
  if (isOnList !== (revokedAt !== undefined) || results.seal !== 'passed') return undefined
  if (verdict === 'valid') return 'valid'
  const isKnown = results.issuer === 'passed' || (results.issuer === 'unknown' && registry !== undefined && subIndication === 'TRY_LATER')
  if (isOnList) return results.issuer === 'failed' ? undefined : 'revoked'
  if (results.status !== 'passed' || !isKnown) return undefined
  if (results.validity === 'failed') return findings.some(({ problem }) => problem?.code === 'validity.ended') ? 'ended' : undefined
  return results.issuer === 'unknown' ? 'waiting' : undefined
}

/** Whether what is stored belongs together: the record made before the seal, the first bytes, and those of the level that was reached. */
function storedProblems({ id, payload, digest, stencil, fills, first, newest }: IssuedRow): string[] {
  try {
    const seal = readJades(first)
    const wrong = !isAsRecorded({ id, digest, stencil, fills, exact: () => payload }) || seal.payloadText !== payload
    const later = newest && readJades(newest)
    const differs =
      later !== undefined &&
      (later.payloadText !== seal.payloadText || !sameBytes(later.signatures[0]!.signature, seal.signatures[0]!.signature))
    return [...(wrong ? ['record.differs'] : []), ...(differs ? ['record.level-differs'] : [])]
  } catch (error) {
    if (error instanceof ProblemError) return [error.problem.code]
    throw error
  }
}
