/** The W3C VC API for the public suites (CAIRN_VC_API=1): throw-away keys, no institution, no registry. Never on an installation that serves people. */
import { type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { bitsFrom, compressBits, statusListEntries } from '@cairn/formats'
import { deriveProof } from '@cairn/seals'
import type { FastifyInstance } from 'fastify'
import { type IssuingSuite, issueCredential, issuingSuites } from './issue-credential.ts'
import { namedContexts } from './named-contexts.ts'
import { createThrowAwayKey } from './throw-away-keys.ts'
import { verifyCredential, verifyPresentation } from './verify-document.ts'

type Body = { Body: Buffer; Params: { suite: string } }

/** Mounts `/vc-api`: issue, verify, derive, and a status list of its own. `publicUrl` is where the list is found. */
export async function mountVcApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  const keys = new Map(Object.entries(issuingSuites).map(([suite, algorithm]) => [suite, createThrowAwayKey(algorithm)]))
  const list = `${publicUrl}/vc-api/status/1`
  let nextIndex = 0

  await app.register(async (api) => {
    // Documents are read by the strict parser and by no other (R-JSON-1).
    api.removeAllContentTypeParsers()
    api.addContentTypeParser(/^application\/(.*\+)?json/, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const suiteOf = (name: string) => {
      const key = keys.get(name)
      if (!key) throw new ProblemError('request.not-found', 'There is no such suite.')
      return { suite: name as IssuingSuite, key }
    }

    api.get<Body>('/vc-api/:suite', async (request) => ({ id: suiteOf(request.params.suite).key.did }))

    api.post<Body>('/vc-api/:suite/credentials/issue', async (request, reply) => {
      const { suite, key } = suiteOf(request.params.suite)
      const { credential, options } = bodyOf(request.body)
      const given = objectIn(credential, '/credential')
      const asked = options === undefined ? {} : objectIn(options, '/options')
      const entry = {
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: String(nextIndex++),
        statusListCredential: list,
      }
      const whole =
        asked.credentialStatus === undefined ? given : { ...given, credentialStatus: { id: `${list}#${entry.statusListIndex}`, ...entry } }
      const { credentialStatus: _asked, ...rest } = asked
      return reply.code(201).send({ verifiableCredential: await issueCredential(suite, key, whole, rest) })
    })

    api.get('/vc-api/status/1', async (_request, reply) => {
      const key = keys.get('eddsa-rdfc-2022')!
      const credential = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        id: list,
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        issuer: key.did,
        validFrom: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
        credentialSubject: {
          id: `${list}#list`,
          type: 'BitstringStatusList',
          statusPurpose: 'revocation',
          encodedList: await compressBits(bitsFrom(statusListEntries, [])),
        },
      }
      return reply.type('application/ld+json').send(JSON.stringify(await issueCredential('eddsa-rdfc-2022', key, credential, {})))
    })

    for (const [path, bound] of [
      ['/vc-api/credentials/verify', true],
      ['/vc-api/proof-only/credentials/verify', false],
    ] as const)
      api.post<Body>(path, async (request) => {
        await verifyCredential(objectIn(bodyOf(request.body).verifiableCredential, '/verifiableCredential'), bound)
        return { verified: true }
      })

    api.post<Body>('/vc-api/presentations/verify', async (request) => {
      const { verifiablePresentation, options } = bodyOf(request.body)
      const { challenge, domain } = options === undefined ? {} : objectIn(options, '/options')
      await verifyPresentation(objectIn(verifiablePresentation, '/verifiablePresentation'), { challenge, domain })
      return { verified: true }
    })

    api.post<Body>('/vc-api/credentials/derive', async (request, reply) => {
      const { verifiableCredential, options } = bodyOf(request.body)
      const pointers = options === undefined ? [] : (objectIn(options, '/options').selectivePointers ?? [])
      if (!Array.isArray(pointers) || !pointers.every((each) => typeof each === 'string'))
        throw new ProblemError('input.invalid', 'Pointers are texts.', '/options/selectivePointers')
      const given = objectIn(verifiableCredential, '/verifiableCredential')
      const { document, contexts } = namedContexts(given)
      const derived = await deriveProof(document, pointers, { contexts })
      return reply.code(201).send({ verifiableCredential: { ...derived, '@context': given['@context']! } })
    })
  })
}

const bodyOf = (body: Buffer): JsonObject => objectIn(parseJson(body), '')

function objectIn(value: JsonObject[string] | undefined, pointer: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new ProblemError('input.invalid', 'An object was expected.', pointer)
}
