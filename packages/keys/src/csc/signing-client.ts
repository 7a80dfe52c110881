/** A remote signing service by the API of the Cloud Signature Consortium, version 2, with OAuth 2.0 client credentials. */
import { ProblemError } from '@cairn/core'
import { type Ask, fetchSafely } from '@cairn/online'
import { z } from 'zod'

/** Where the service is and who asks. `ownOrigins` are for services of this installation itself, on loopback. */
export interface SigningServiceGiven {
  /** Such as `https://sign.example/csc/v2`. */
  service: string
  clientId: string
  clientSecret: string
  ownOrigins?: readonly string[]
}

const text = z.string().max(20_000)
const answers = {
  info: z.looseObject({ specs: text, name: text.optional(), oauth2: text.optional(), methods: z.array(text).max(200).optional() }),
  token: z.looseObject({
    access_token: z.string().regex(/^[\x21-\x7e]{1,8000}$/),
    token_type: text,
    expires_in: z.number().positive().optional(),
  }),
  list: z.looseObject({ credentialIDs: z.array(text).max(1000), nextPageToken: text.optional() }),
  credential: z.looseObject({
    description: text.optional(),
    key: z.looseObject({ status: text, algo: z.array(text).max(50), len: z.number(), curve: text.optional() }),
    cert: z.looseObject({ status: text.optional(), certificates: z.array(text).min(1).max(6) }),
    auth: z
      .looseObject({
        mode: text,
        objects: z
          .array(z.looseObject({ type: text, id: text }))
          .max(10)
          .optional(),
      })
      .optional(),
    authMode: text.optional(),
  }),
  authorised: z.looseObject({ SAD: text }),
  signed: z.looseObject({ signatures: z.array(text).max(10) }),
} as const

/** What the service says of one credential, a key with its certificates. */
export type RemoteCredential = z.infer<typeof answers.credential>

/** What is asked of a service. Raises `key.holder-away`, `key.holder-refused`, `key.passphrase-wrong`. */
export interface SigningService {
  list(): Promise<string[]>
  credential(id: string): Promise<RemoteCredential>
  authorise(request: Readonly<Record<string, unknown>>): Promise<string>
  signHash(request: Readonly<Record<string, unknown>>): Promise<string[]>
}

/** Connects to a service; nothing is asked before it has to be. */
export function connectSigningService(given: SigningServiceGiven): SigningService {
  const base = given.service.replace(/\/+$/, '')
  let token: { text: string; until: number } | undefined

  async function post<Schema extends z.ZodType>(
    address: string,
    schema: Schema,
    body: string,
    ask: Ask & { form?: boolean } = {},
  ): Promise<z.infer<Schema>> {
    const { form = false, ...asked } = ask
    const mediaType = form ? 'application/x-www-form-urlencoded' : 'application/json'
    const { bytes, status } = await fetchSafely(address, {
      ...asked,
      post: { body: new TextEncoder().encode(body), mediaType },
      accept: 'application/json',
      refusals: true,
      milliseconds: 20_000,
      ...(given.ownOrigins ? { ownOrigins: given.ownOrigins } : {}),
    }).catch((error: unknown) => {
      if (error instanceof ProblemError) throw new ProblemError('key.holder-away', error.problem.detail)
      throw error
    })
    const json = jsonOf(bytes)
    if (status !== 200) throw refusal(status, json)
    const read = schema.safeParse(json)
    if (!read.success) throw new ProblemError('key.holder-refused', 'The service answered in a way that its standard does not have.')
    return read.data
  }

  async function accessToken(): Promise<string> {
    if (token && token.until > Date.now()) return token.text
    const { oauth2 = base } = await post(`${base}/info`, answers.info, '{}')
    // The service may name another place for its tokens; the secret goes there only over the same safe door.
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: given.clientId, client_secret: given.clientSecret })
    const answer = await post(`${oauth2.replace(/\/+$/, '')}/oauth2/token`, answers.token, form.toString(), { form: true })
    token = { text: answer.access_token, until: Date.now() + ((answer.expires_in ?? 60) - 10) * 1000 }
    return token.text
  }

  async function call<Schema extends z.ZodType>(method: string, schema: Schema, request: unknown): Promise<z.infer<Schema>> {
    const body = JSON.stringify(request)
    const first = await accessToken()
    try {
      return await post(`${base}/${method}`, schema, body, { authorization: `Bearer ${first}` })
    } catch (error) {
      // A token may end before its time; one new one is asked for.
      if (!(error instanceof TokenEnded)) throw error
      token = undefined
      return post(`${base}/${method}`, schema, body, { authorization: `Bearer ${await accessToken()}` })
    }
  }

  return {
    async list() {
      const found: string[] = []
      let page: string | undefined
      for (let pages = 0; pages < 20; pages++) {
        const answer = await call('credentials/list', answers.list, page === undefined ? {} : { pageToken: page })
        found.push(...answer.credentialIDs)
        page = answer.nextPageToken
        if (page === undefined) break
      }
      return found
    },
    credential: (id) =>
      call('credentials/info', answers.credential, { credentialID: id, certificates: 'chain', certInfo: false, authInfo: true }),
    authorise: async (request) => (await call('credentials/authorize', answers.authorised, request)).SAD,
    signHash: async (request) => (await call('signatures/signHash', answers.signed, request)).signatures,
  }
}

/** The token of access is not good any more. */
class TokenEnded extends ProblemError {}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

/** What a refusal means. The words of the service are not shown: they may hold anything. */
function refusal(status: number, json: unknown): ProblemError {
  const given = z.looseObject({ error: z.string().regex(/^[\w-]{1,60}$/) }).safeParse(json)
  const name = given.success ? given.data.error : `status ${status}`
  if (name === 'invalid_pin' || name === 'invalid_otp')
    return new ProblemError('key.passphrase-wrong', 'The service does not take this PIN.')
  if (name === 'invalid_client')
    return new ProblemError('key.holder-refused', 'The service does not know this client, or its secret is another one.')
  if (status === 401) return new TokenEnded('key.holder-refused', 'The service does not let us in.')
  return new ProblemError('key.holder-refused', `The service refused (${name}).`)
}
