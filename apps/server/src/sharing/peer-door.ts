/** The way to the servers of other members: through the one safe door, and what they answer is told in our own words. */
import { type ProblemCode, ProblemError, parseJson, problems } from '@cairn/core'
import { fetchSafely } from '@cairn/online'
import type { Installation } from '../context.ts'

const patience = 10_000
/** A directory or a list of tokens may be this large, in bytes. */
const largest = 4 * 1024 * 1024

const settings = ({ config }: Pick<Installation, 'config'>) => ({
  // Two institutions of one installation are members of one network like any two.
  ownOrigins: [new URL(config.publicUrl).origin, ...config.networkOrigins],
  milliseconds: patience,
  bytes: largest,
})

/** A document of another member. Raises `fetch.refused`, `fetch.failed`. */
export async function fetchDocument(installation: Pick<Installation, 'config'>, base: string, name: string): Promise<Uint8Array> {
  return (await fetchSafely(`${base}/${name}`, settings(installation))).bytes
}

/**
 * Hands a document in at another member. Raises `fetch.refused` and `fetch.failed` where that is worth trying again, and the problem that the other side
 * named where it is not: `network.not-taken` when it named none that we know.
 */
export async function handIn(installation: Pick<Installation, 'config'>, base: string, document: string): Promise<void> {
  const { status, bytes } = await fetchSafely(`${base}/inbox`, {
    ...settings(installation),
    post: { body: new TextEncoder().encode(document), mediaType: document.startsWith('{') ? 'application/json' : 'application/jose' },
    refusals: true,
  })
  if (status === 200) return
  if (status === 429) throw new ProblemError('fetch.failed', 'The other server is asked too often. It is tried again later.')
  const code = codeIn(bytes)
  throw code
    ? new ProblemError(code, `The other member says: ${problems[code].title}`)
    : new ProblemError('network.not-taken', `It answered with status ${status}.`)
}

function codeIn(bytes: Uint8Array): ProblemCode | undefined {
  try {
    const { code } = parseJson(bytes) as { code?: unknown }
    return typeof code === 'string' && Object.hasOwn(problems, code) ? (code as ProblemCode) : undefined
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
