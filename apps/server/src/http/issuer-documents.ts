/** Mounts what institutions publish of their keys, and the descriptions of our types. */
import { ProblemError } from '@cairn/core'
import { findIssuer } from '@cairn/store'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Installation } from '../context.ts'
import type { PublicFile } from '../files/file-store.ts'
import { issuerFiles, typeFiles } from '../files/issuer-files.ts'

type ById = { Params: { id: string } }

/** Mounts `/issuers/<id>/did.json`, `/.well-known/jwt-vc-issuer/issuers/<id>` and `/types/…`. */
export function mountIssuerDocuments(app: FastifyInstance, installation: Pick<Installation, 'database' | 'config'>): void {
  const send = (reply: FastifyReply, { mediaType, maxAge, bytes }: PublicFile) =>
    reply
      .header('cache-control', `public, max-age=${maxAge}`)
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .type(mediaType)
      .send(Buffer.from(bytes))

  async function filesOf(id: string) {
    const found = /^[0-9a-f-]{36}$/.test(id) ? await findIssuer(installation.database, `urn:uuid:${id}`) : undefined
    if (!found) throw new ProblemError('request.not-found', 'There is no such issuer.')
    return issuerFiles(installation, found)
  }
  app.get<ById>('/issuers/:id/did.json', async ({ params: { id } }, reply) => send(reply, (await filesOf(id)).did))
  app.get<ById>('/.well-known/jwt-vc-issuer/issuers/:id', async ({ params: { id } }, reply) => send(reply, (await filesOf(id)).metadata))
  app.get<{ Params: { name: string } }>('/types/:name', async ({ params: { name } }, reply) => {
    const file = (await typeFiles(installation.config)).find(({ path }) => path === `types/${name}`)
    if (!file) throw new ProblemError('request.not-found', 'There is no such type.')
    return send(reply, file)
  })
}
