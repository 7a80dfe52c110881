/** The server's own report on a shared credential, kept for a moment: a link that a hundred people open at once is judged once. */
import { keepLast, type Report } from '@cairn/core'
import { type CredentialRow, readSealed } from '@cairn/store'
import { standardPolicy, verify } from '@cairn/verifier'
import { type Context, found } from './context.ts'
import { evidenceForOwn, ownSeal } from './registry.ts'

/** How long a report stands, in milliseconds. Every report says which moment it is true for, and a revocation ends it at once. */
const standsFor = 10_000
const keptAtMost = 2000

/** A report with the registry it rests on. */
export interface KeptReport {
  report: Report
  registry: { name: string; readAt: string }
}

const kept = new Map<string, KeptReport & { sequence: number; level: string }>()

/**
 * The report on a credential as its status list stands at `sequence`. The sealed bytes change with their level alone, so that
 * and what a list says and the time are all that can change the verdict.
 */
export async function reportOn(context: Context, tenant: string, row: CredentialRow, sequence: number): Promise<KeptReport> {
  const key = `${tenant} ${row.record.id}`
  const before = kept.get(key)
  const age = before ? Date.parse(context.now) - Date.parse(before.report.at) : Number.NaN
  if (before?.sequence === sequence && before.level === row.level && age >= 0 && age < standsFor) return before
  const sealed = found(await context.database.tenant(tenant, (tx) => readSealed(tx, row.record.id)))
  const evidence = await evidenceForOwn(
    context,
    ownSeal(row, async () => sealed),
    context.now,
  )
  const report = await verify(sealed, evidence, standardPolicy, context.now)
  const { name = '', readAt = context.now } = evidence.registry
  return keepLast(kept, key, { sequence, level: row.level, report, registry: { name, readAt } }, keptAtMost)
}
