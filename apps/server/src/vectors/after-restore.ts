/** What tests of restored servers look at: what a stranger is told of a credential, and how status lists stand. */
import { readSealed } from '@cairn/store'
import { standardPolicy, verify } from '@cairn/verifier'
import type { Installation } from '../context.ts'
import { evidenceFor } from '../registry.ts'

/** The verdict on a credential as it is sealed, now. */
export async function verdictOf(installation: Installation, tenant: string, id: string): Promise<string> {
  const bytes = (await installation.database.tenant(tenant, (tx) => readSealed(tx, id)))!
  const now = new Date().toISOString()
  return (await verify(bytes, await evidenceFor(installation, bytes, now), standardPolicy, now)).verdict
}

/** Every status list: its number, and whether it is shown and gives out no place any more. */
export async function listsOf({
  database,
}: Installation): Promise<{ id: string; sequence: number; published: boolean; closed: boolean }[]> {
  const { rows } = await database.pool.query(
    'select id, sequence, signed is not null as published, closed_at is not null as closed from cairn.status_list',
  )
  return rows
}

/** The code of the problem that some work raised; `done` when it raised none. */
export const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => error.problem?.code ?? String(error),
  )
