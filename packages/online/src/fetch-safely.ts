/** The one door through which anything is fetched (R-SSRF-1 to 3): public https addresses, connected to as they were checked, small and quick. */
import { lookup } from 'node:dns/promises'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { ProblemError } from '@cairn/core'
import { isSpecialAddress, numberIn } from './special-addresses.ts'

/** What came back. */
export interface Fetched {
  bytes: Uint8Array
  mediaType: string
  /** Where it came from after redirects. */
  address: string
  /** 200, or another status that was asked for with `refusals` or `statusOnly`. */
  status: number
}

/** How the door is set. `ownOrigins` are this installation's own, such as `http://localhost:8080`: they may be plain and on loopback. */
export interface DoorSettings {
  ownOrigins?: readonly string[]
  milliseconds?: number
  bytes?: number
}

/** What is asked beyond the address. */
export interface Ask {
  /** A body to be posted, its media type, and further headers. */
  post?: { body: Uint8Array; mediaType: string; headers?: Readonly<Record<string, string>> }
  accept?: string
  /** The answer proves itself by a signature and comes from an address in a certificate of a trusted chain: plain http on port 80 will do (R-SSRF-1). */
  signedContent?: boolean
  /** The Authorization header; it is not carried over a redirect. */
  authorization?: string
  /** Refusals (400 to 499) come back with their body and status, and raise nothing. */
  refusals?: boolean
  /** Whatever the answer is it comes back as its status alone, and the body is not read. A redirect is not followed. */
  statusOnly?: boolean
}

const hops = 3
const refuse = (detail: string): never => {
  throw new ProblemError('fetch.refused', detail)
}

/**
 * Fetches an address. Raises `fetch.refused` for what must not be fetched, `fetch.failed` for what did not answer, in time, in size, with success.
 * The problem never quotes the body.
 */
export async function fetchSafely(
  address: string,
  { ownOrigins = [], milliseconds = 5000, bytes = 1024 * 1024, ...asked }: DoorSettings & Ask = {},
): Promise<Fetched> {
  const signal = AbortSignal.timeout(milliseconds)
  let next = address
  let cameFromOwn = false
  for (let hop = 0; hop <= hops; hop++) {
    const url = URL.parse(next) ?? refuse('This is no address.')
    // A stranger's redirect does not lead to our own origin.
    const own: boolean = ownOrigins.includes(url.origin) && (hop === 0 || cameFromOwn)
    cameFromOwn = own
    if (!own && !mayBeFetched(url, asked)) refuse('Only https on its own port is fetched.')
    if (url.username || url.password) refuse('An address with a password is not fetched.')
    const answer = await ask(url, own ? undefined : await withinTime(checkedAddress(url.hostname), signal), signal, bytes, asked)
    // A question is put to the address it was meant for and to no other.
    if (answer.location !== undefined && (asked.post || asked.authorization !== undefined))
      throw new ProblemError('fetch.failed', 'The server answered a question with a redirect.')
    if (answer.location === undefined) return { bytes: answer.bytes, mediaType: answer.mediaType, address: url.href, status: answer.status }
    next = new URL(answer.location, url).href
  }
  throw new ProblemError('fetch.failed', `The address redirects more than ${hops} times.`)
}

/** An empty port is the scheme's own. */
const mayBeFetched = ({ protocol, port }: URL, { signedContent = false }: Ask) =>
  (protocol === 'https:' && (port === '' || port === '443')) || (signedContent && protocol === 'http:' && port === '')

/** Looking up a name has no time limit of its own. */
function withinTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      const late = () => reject(new ProblemError('fetch.failed', 'The server did not answer in time.'))
      if (signal.aborted) late()
      else signal.addEventListener('abort', late, { once: true })
    }),
  ])
}

/** Resolves once and checks every answer; the connection then goes to the first of them and nowhere else. */
async function checkedAddress(hostname: string): Promise<{ address: string; family: number }> {
  const number = numberIn(hostname)
  const found = number
    ? [{ address: number, family: isIP(number) }]
    : await lookup(hostname, { all: true }).catch(() => {
        throw new ProblemError('fetch.failed', 'The name of the server is not known.')
      })
  if (found.length === 0 || found.some(({ address }) => isSpecialAddress(address))) refuse('The address is not one of a public server.')
  return found[0]!
}

/** A look-up that knows one answer: the address that was checked. */
function always(to: { address: string; family: number }): LookupFunction {
  return (_name, options, done) => {
    if (options.all) done(null, [to])
    else done(null, to.address, to.family)
  }
}

interface Answer {
  status: number
  bytes: Uint8Array
  mediaType: string
  location?: string
}

function ask(
  url: URL,
  to: { address: string; family: number } | undefined,
  signal: AbortSignal,
  most: number,
  { post, accept, authorization, refusals = false, statusOnly = false }: Ask,
): Promise<Answer> {
  const failed = (detail: string) => new ProblemError('fetch.failed', detail)
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      signal,
      agent: false,
      method: post ? 'POST' : 'GET',
      headers: {
        accept: accept ?? 'application/vc+jwt, application/json;q=0.9, */*;q=0.5',
        'accept-encoding': 'identity',
        ...(authorization === undefined ? {} : { authorization }),
        ...(post ? { ...post.headers, 'content-type': post.mediaType, 'content-length': String(post.body.length) } : {}),
      },
      ...(to ? { lookup: always(to) } : {}),
    })
    request.on('error', () => reject(failed(signal.aborted ? 'The server did not answer in time.' : 'The server did not answer.')))
    request.on('response', (response) => {
      const status = response.statusCode ?? 0
      const mediaType = String(response.headers['content-type'] ?? '')
      if (statusOnly) {
        response.destroy()
        resolve({ status, bytes: new Uint8Array(), mediaType })
        return
      }
      if (status >= 300 && status < 400 && response.headers.location) {
        response.destroy()
        resolve({ status, bytes: new Uint8Array(), mediaType, location: response.headers.location })
        return
      }
      if (status !== 200 && !(refusals && status >= 400 && status < 500)) {
        response.destroy()
        reject(failed(`The server answered with status ${status}.`))
        return
      }
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > most) {
          response.destroy()
          reject(failed('The answer is larger than we read.'))
        } else chunks.push(chunk)
      })
      response.on('error', () => reject(failed(signal.aborted ? 'The server did not answer in time.' : 'The server broke off.')))
      response.on('end', () => resolve({ status, bytes: Buffer.concat(chunks), mediaType }))
    })
    request.end(post?.body)
  })
}
