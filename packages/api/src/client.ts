/** The typed client over the table: the same functions in a browser, in a script, or in process. */
import { type Problem, type ProblemCode, ProblemError, problems } from '@cairn/core'
import type { z } from 'zod'
import { type OperationName, operations } from './table.ts'

export type Input<N extends OperationName> = z.input<(typeof operations)[N]['input']>
export type Parsed<N extends OperationName> = z.output<(typeof operations)[N]['input']>
export type Output<N extends OperationName> = z.output<(typeof operations)[N]['output']>

/** Every operation as a function. */
export type Client = { [N in OperationName]: (input: Input<N>) => Promise<Output<N>> }

/** What the server must implement, exactly: a missing or misspelt operation does not compile. */
export type Handlers<Context> = { [N in OperationName]: (input: Parsed<N>, context: Context) => Promise<Output<N>> }

/** How a request leaves: method, address with path fields and query filled in, body. Resolves to status and decoded body. */
export type Send = (method: string, address: string, body: unknown) => Promise<{ status: number; body: unknown }>

/** Address and body of a call, from the table alone. */
export function request(name: OperationName, input: Record<string, unknown>): { method: string; address: string; body: unknown } {
  const { method, path } = operations[name]
  const rest = { ...input }
  const filled = path.replace(/:([a-zA-Z]+)/g, (_, field: string) => {
    const value = rest[field]
    delete rest[field]
    return encodeURIComponent(String(value))
  })
  if (method !== 'GET' && method !== 'DELETE') return { method, address: `/api/v1${filled}`, body: rest }
  const query = new URLSearchParams(Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])))
  return { method, address: `/api/v1${filled}${query.size ? `?${query}` : ''}`, body: undefined }
}

/** Makes a client; a problem document in the answer is thrown as a {@link ProblemError}. */
export function createClient(send: Send): Client {
  const call = (name: OperationName) => async (input: unknown) => {
    const { method, address, body } = request(name, input as Record<string, unknown>)
    const answer = await send(method, address, body)
    if (answer.status >= 400) throw problemOf(answer.body)
    return operations[name].output.parse(answer.body)
  }
  return Object.fromEntries((Object.keys(operations) as OperationName[]).map((name) => [name, call(name)])) as unknown as Client
}

/** The problem error inside a problem document (RFC 9457); anything else is `server.internal`. */
export function problemOf(body: unknown): ProblemError {
  const given = body as { code?: string; detail?: string; pointer?: string; problems?: Problem[] } | undefined
  const code = given?.code && given.code in problems ? (given.code as ProblemCode) : 'server.internal'
  return new ProblemError(code, given?.detail ?? problems[code].title, given?.pointer, given?.problems?.slice(1) ?? [])
}
