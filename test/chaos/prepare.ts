/** A demonstration with one confirmed batch that nobody has begun to seal, for what comes after to be killed over. */
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import type { Installation } from '../../apps/server/src/context.ts'
import { startServer } from '../../apps/server/src/start-server.ts'
import { ownerOf } from '../../apps/server/src/vectors/owner-of.ts'

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
  const owner = await ownerOf(installation)
  const table = learnerTable(credentials)
    .map((cells) => cells.join(','))
    .join('\n')
  return confirmFile(owner, { fileName: 'graduates.csv', bytes: Buffer.from(table) })
}

/** A header and so many learners, no two alike. */
export const learnerTable = (learners: number): string[][] => [
  ['fullName', 'dateOfBirth', 'awardDate', 'email'],
  ...Array.from({ length: learners }, (_, at) => [
    `Learner ${at}`,
    `${1950 + (at % 50)}-0${1 + (at % 9)}-1${at % 10}`,
    '2026-05-12',
    `l${at}@learners.example`,
  ]),
]

/** Uploads a file for an edition, by default the newest, and confirms what is ready in it. */
export async function confirmFile(
  { tenant, api }: Awaited<ReturnType<typeof ownerOf>>,
  { fileName, bytes, edition }: { fileName: string; bytes: Buffer; edition?: string },
): Promise<{ tenant: string; batch: string }> {
  const { id, counts } = await api['batch.create']({
    edition: edition ?? (await api['edition.list']({}))[0]!.id,
    fileName,
    base64: bytes.toString('base64'),
  })
  await api['batch.confirm']({ id, ready: counts.ready })
  return { tenant, batch: id }
}
