/** `/network/<id>/…`: what a member publishes for anybody, as it was signed, and where others hand in theirs. */
import { ProblemError } from '@cairn/core'
import { findNetwork, listBalances, type NetworkRow, readAgreementRow, readNetwork, type TenantTransaction } from '@cairn/store'
import type { FastifyInstance } from 'fastify'
import type { Context, Installation } from '../context.ts'
import type { Limits } from '../http/limits.ts'
import { hashText } from '../recognition-case.ts'
import { agreementFile } from './agreements.ts'
import { takeDocument } from './take-document.ts'

/** Documents that one address may hand in within a minute, and how large one may be. */
const mostHandedIn = 60
const largest = 4 * 1024 * 1024

const signedOf: Readonly<Record<string, (row: NetworkRow) => string | undefined>> = {
  'directory.jws': (row) => row.directorySigned,
  'member.jws': (row) => row.memberSigned,
  'offers.jws': (row) => row.offersSigned,
  'used.jws': (row) => row.usedSigned,
  'leaving.jws': (row) => row.leavingSigned,
}

/** How the balance with another member is called: by the hash of its id, so that it can be asked for. */
export const balanceName = (other: string, quarter: string): string => `balance-${hashText(other).slice(0, 12)}-${quarter}.jws`

async function documentOf(tx: TenantTransaction, row: NetworkRow, name: string): Promise<string | undefined> {
  const agreement = /^agreements\/([A-Za-z0-9_-]{43})\.json$/.exec(name)
  if (agreement) {
    const kept = await readAgreementRow(tx, row.id, agreement[1]!)
    return kept && agreementFile(kept)
  }
  if (!name.startsWith('balance-')) return signedOf[name]?.(row)
  return (await listBalances(tx, row.id)).find(({ peer, quarter }) => balanceName(peer, quarter) === name)?.signed
}

/** Mounts the documents and the inbox of every membership of this installation. */
export async function mountNetwork(app: FastifyInstance, installation: Installation, limits: Limits): Promise<void> {
  const { database } = installation
  await app.register(async (own) => {
    own.removeAllContentTypeParsers()
    own.addContentTypeParser(['application/jose', 'application/json'], { parseAs: 'string', bodyLimit: largest }, (_request, body, done) =>
      done(null, body),
    )

    own.get<{ Params: { id: string; '*': string } }>('/network/:id/*', async ({ params }, reply) => {
      const place = /^[0-9a-f-]{36}$/.test(params.id) ? await findNetwork(database, params.id) : undefined
      const text =
        place &&
        (await database.tenant(place.tenant, async (tx) => {
          const row = await readNetwork(tx, params.id)
          return row && documentOf(tx, row, params['*'])
        }))
      if (text === undefined) throw new ProblemError('request.not-found', 'There is no such document.')
      return reply
        .header('cache-control', 'public, max-age=10')
        .header('access-control-allow-origin', '*')
        .header('cross-origin-resource-policy', 'cross-origin')
        .type(text.startsWith('{') ? 'application/json' : 'application/jose')
        .send(text)
    })

    own.post<{ Params: { id: string }; Body: string }>('/network/:id/inbox', async ({ params, body, ip }) => {
      limits.spend('network-inbox', ip, mostHandedIn)
      if (!/^[0-9a-f-]{36}$/.test(params.id)) throw new ProblemError('request.not-found', 'There is nothing here.')
      if (await installation.isHeld()) throw new ProblemError('server.read-only', 'This installation waits for a confirmation.')
      const context: Context = { ...installation, caller: { roles: ['anonymous'] }, now: new Date().toISOString() }
      await takeDocument(context, params.id, String(body).trim())
      return { taken: true }
    })
  })
}
