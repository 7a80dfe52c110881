/** A demonstration with one confirmed batch that nobody has begun to seal, for what comes after to be killed over. */
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import type { Installation } from '../../apps/server/src/context.ts'
import { clientFor } from '../../apps/server/src/operations.ts'
import { startServer } from '../../apps/server/src/start-server.ts'

/** Makes and confirms a batch of `credentials` rows; returns where it is. The server that did it has ended. */
export async function prepareBatch(env: Record<string, string>, credentials: number): Promise<{ tenant: string; batch: string }> {
  const server = await startServer(readConfig(env), pino({ level: 'silent' }), { pages: false })
  try {
    return await confirmBatch(server.installation, credentials)
  } finally {
    await server.stop()
  }
}

/** The same on a server that runs: a table of learners is uploaded and confirmed. */
export async function confirmBatch(installation: Installation, credentials: number): Promise<{ tenant: string; batch: string }> {
  const { rows } = await installation.database.pool.query<{ tenant: string; person: string }>(
    `select tenant, person from cairn.member where 'owner' = any(roles)`,
  )
  const { tenant, person } = rows[0]!
  const api = clientFor(installation, { caller: { tenant, person, name: 'owner', roles: ['owner'] }, confirmedAt: new Date() })
  const [edition] = await api['edition.list']({})
  const lines = Array.from(
    { length: credentials },
    (_, at) => `Learner ${at},${1950 + (at % 50)}-0${1 + (at % 9)}-1${at % 10},2026-05-12,l${at}@learners.example`,
  )
  const table = ['fullName,dateOfBirth,awardDate,email', ...lines].join('\n')
  const { id } = await api['batch.create']({
    edition: edition!.id,
    fileName: 'graduates.csv',
    base64: Buffer.from(table).toString('base64'),
  })
  await api['batch.confirm']({ id, ready: credentials })
  return { tenant, batch: id }
}
