/** A remote signing service on loopback (CSC API v2): credentials, a PIN for each, tokens for one client, activation data for the digests it was asked for. */
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DigestName, signDigest } from './sign-digest.ts'

/** A credential of the service. */
export interface ServedCredential {
  id: string
  privateKey: KeyObject
  /** DER, leaf first. */
  certificates: readonly Uint8Array[]
  /** Left out: the service activates the key without asking (implicit). */
  pin?: string | undefined
  enabled?: boolean
}

/** What the service does wrong, for tests. */
export interface ServiceFaults {
  /** Signs with a key of its own. */
  wrongKey?: boolean
  /** Forgets every token after this many calls. */
  tokensLast?: number
  /** Answers with no JSON. */
  babble?: boolean
}

/** The running service. */
export interface SigningServer {
  origin: string
  /** The address of its API. */
  service: string
  clientId: string
  clientSecret: string
  faults: ServiceFaults
  /** Names of the methods that were called. */
  calls: string[]
  stop(): Promise<void>
}

class Refused extends Error {
  readonly status: number
  constructor(status: number, name: string) {
    super(name)
    this.status = status
  }
}
type Asked = Record<string, unknown>
const hashNames: Record<string, DigestName> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Starts a service with these credentials. */
export async function startSigningServer(credentials: readonly ServedCredential[]): Promise<SigningServer> {
  const clientId = 'cairn'
  const clientSecret = randomBytes(12).toString('hex')
  const tokens = new Map<string, number>()
  const activations = new Map<string, string>()
  const faults: ServiceFaults = {}
  const calls: string[] = []
  const find = (asked: Asked) => credentials.find(({ id }) => id === asked.credentialID) ?? refuse(400, 'invalid_request')
  const subjectOf = (asked: Asked) => JSON.stringify([asked.credentialID, asked.hashes, asked.hashAlgorithmOID])

  const methods: Record<string, (asked: Asked) => unknown> = {
    'credentials/list': () => ({ credentialIDs: credentials.map(({ id }) => id) }),
    'credentials/info'(asked) {
      const { certificates, privateKey, pin, enabled = true } = find(asked)
      const rsa = privateKey.asymmetricKeyType === 'rsa'
      return {
        key: {
          status: enabled ? 'enabled' : 'disabled',
          algo: [rsa ? '1.2.840.113549.1.1.1' : '1.2.840.10045.2.1'],
          len: rsa ? 3072 : 256,
        },
        cert: { status: 'valid', certificates: certificates.map((each) => Buffer.from(each).toString('base64')) },
        auth:
          pin === undefined ? { mode: 'implicit' } : { mode: 'explicit', expression: 'PIN', objects: [{ type: 'Password', id: 'PIN' }] },
        multisign: 1,
        SCAL: '2',
      }
    },
    'credentials/authorize'(asked) {
      const { pin } = find(asked)
      const [given] = Array.isArray(asked.authData) ? asked.authData : []
      if (pin !== undefined && (given?.id !== 'PIN' || given.value !== pin)) refuse(400, 'invalid_pin')
      const activation = randomBytes(16).toString('base64url')
      activations.set(activation, subjectOf(asked))
      return { SAD: activation, expiresIn: 300 }
    },
    'signatures/signHash'(asked) {
      const credential = find(asked)
      const bound = activations.get(String(asked.SAD))
      activations.delete(String(asked.SAD))
      if (bound !== subjectOf(asked)) refuse(400, 'invalid_request')
      const [hash] = asked.hashes as string[]
      const key = faults.wrongKey ? strangerOf(credential.privateKey) : credential.privateKey
      const name = hashNames[String(asked.hashAlgorithmOID)] ?? refuse(400, 'invalid_request')
      const pss = asked.signAlgo === '1.2.840.113549.1.1.10'
      if (pss !== (typeof asked.signAlgoParams === 'string')) refuse(400, 'invalid_request')
      return { signatures: [signDigest(key, Buffer.from(hash!, 'base64'), name, pss).toString('base64')] }
    },
  }

  async function answer(request: IncomingMessage): Promise<unknown> {
    const method = (request.url ?? '').replace(/^\/csc\/v2\//, '')
    calls.push(method)
    const body = await textOf(request)
    if (method === 'info') return { specs: '2.0.0.2', name: 'Neighbourhood', authType: ['oauth2client'], methods: Object.keys(methods) }
    if (method === 'oauth2/token') {
      const form = new URLSearchParams(body)
      if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) refuse(401, 'invalid_client')
      if (form.get('grant_type') !== 'client_credentials') refuse(400, 'unsupported_grant_type')
      const token = randomBytes(16).toString('base64url')
      tokens.set(token, faults.tokensLast ?? Number.POSITIVE_INFINITY)
      return { access_token: token, token_type: 'Bearer', expires_in: 3600 }
    }
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const left = tokens.get(token) ?? 0
    if (left <= 0) refuse(401, 'invalid_token')
    tokens.set(token, left - 1)
    return (methods[method] ?? refuse(404, 'not_found'))(JSON.parse(body))
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (found) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(faults.babble ? 'good morning' : JSON.stringify(found)),
      (error: Error) => {
        const status = error instanceof Refused ? error.status : 500
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error.message }))
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    service: `${origin}/csc/v2`,
    clientId,
    clientSecret,
    faults,
    calls,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const strangerOf = (key: KeyObject) =>
  key.asymmetricKeyType === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

function refuse(status: number, name: string): never {
  throw new Refused(status, name)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
