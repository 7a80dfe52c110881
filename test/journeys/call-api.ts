/** A call of the API with what a page is signed in with, for what a journey needs and is not about. */
import type { APIRequestContext } from 'playwright-core'
import { expect } from 'vitest'

/** Calls an operation by its address below `/api/v1`; whatever is not answered well ends the journey. */
export async function callApi<T>(
  { request }: { request: APIRequestContext },
  address: string,
  method: 'get' | 'post' | 'put',
  where: string,
  data?: object,
): Promise<T> {
  const answer = await request[method](`${address}/api/v1${where}`, data ? { data, headers: { origin: address } } : {})
  expect(answer.ok(), `${method} ${where}: ${answer.status()} ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}
