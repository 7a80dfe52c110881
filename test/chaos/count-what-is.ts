/** What is in the database when everything has come to rest, counted; every credential is verified as a stranger would. */
import { readJades } from '@cairn/seals'
import { isChainIntact } from '@cairn/store'
import { type Evidence, standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import { isAsRecorded } from '../../apps/server/src/jobs/as-recorded.ts'
import { evidenceFor } from '../../apps/server/src/registry.ts'
import { startServer } from '../../apps/server/src/start-server.ts'

/** Figures about one batch. All but the last three are the number of its credentials when nothing was lost and nothing doubled. */
export interface WhatIs {
  credentials: number
  sealed: number
  ids: number
  indices: number
  referenceNumbers: number
  claims: number
  outboxRows: number
  outboxCredentials: number
  sent: number
  /** Sealed text equal to the recorded one, whose hash is the recorded one. */
  sameBytes: number
  valid: number
  state: string
  /** Times that the record says the batch was sealed. */
  sealEvents: number
  chainIntact: boolean
}

interface Row {
  id: string
  payload: string
  digest: Buffer
  stencil: Buffer
  fills: string[]
  sealed: Buffer | null
}

/** Starts a server in this process on the data folder, counts, and stops it. */
export async function countWhatIs(env: Record<string, string>, { tenant, batch }: { tenant: string; batch: string }): Promise<WhatIs> {
  const { SMTP_URL: _, ...quiet } = env
  const server = await startServer(readConfig(quiet), pino({ level: 'silent' }), { pages: false })
  const { pool } = server.installation.database
  try {
    const { rows } = await pool.query<WhatIs>(
      `with mine as (select * from cairn.credential where batch = $1),
         letters as (select * from cairn.outbox where kind = 'claim' and credential in (select id from mine))
       select (select count(*)::int from mine) as credentials, (select count(*)::int from mine where sealed is not null) as sealed,
         (select count(distinct id)::int from mine) as ids, (select count(distinct (status_list, status_index))::int from mine) as indices,
         (select count(distinct reference_number)::int from mine) as "referenceNumbers",
         (select count(*)::int from cairn.claim where credential in (select id from mine)) as claims,
         (select count(*)::int from letters) as "outboxRows", (select count(distinct credential)::int from letters) as "outboxCredentials",
         (select count(*)::int from letters where sent_at is not null) as sent,
         (select state from cairn.batch where id = $1) as state,
         (select count(*)::int from cairn.event where name = 'batch.seal' and subject = $1::text) as "sealEvents"`,
      [batch],
    )
    const chainIntact = await server.installation.database.tenant(tenant, (tx) => isChainIntact(tx))
    return { ...rows[0]!, chainIntact, ...(await verifyAll(server.installation, batch)) }
  } finally {
    await server.stop()
  }
}

async function verifyAll(
  installation: Awaited<ReturnType<typeof startServer>>['installation'],
  batch: string,
): Promise<{ sameBytes: number; valid: number }> {
  let [sameBytes, valid, last] = [0, 0, '00000000-0000-0000-0000-000000000000']
  // What was gathered for one holds for all of one key and one status list; for another it is gathered anew.
  let evidence: Evidence | undefined
  const isValid = async (sealed: Uint8Array) => {
    const now = new Date().toISOString()
    if (evidence && (await verify(sealed, evidence, standardPolicy, now)).verdict === 'valid') return true
    evidence = await evidenceFor(installation, sealed, now)
    return (await verify(sealed, evidence, standardPolicy, now)).verdict === 'valid'
  }
  for (;;) {
    const { rows } = await installation.database.pool.query<Row>(
      'select id, cairn.exact_text(c) as payload, digest, stencil, fills, sealed from cairn.credential c where batch = $1 and id > $2 order by id limit 500',
      [batch, last],
    )
    for (const { id, payload, digest, stencil, fills, sealed } of rows) {
      if (!sealed) continue
      const same = isAsRecorded({ id, digest, stencil, fills, exact: () => payload }) && readJades(sealed).payloadText === payload
      if (same) sameBytes++
      if (await isValid(sealed)) valid++
    }
    if (rows.length === 0) return { sameBytes, valid }
    last = rows.at(-1)!.id
  }
}
