/** Gathering goes on without what cannot be had. */
import { ProblemError } from '@cairn/core'
import type { Door } from './door.ts'

/** What the act gives, or `undefined` where it meets a problem. */
export async function attempt<T>(act: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

/** The bytes at an address, or `undefined` where they cannot be had. */
export function fetched(address: string, door: Door, accept: string): Promise<Uint8Array | undefined> {
  return attempt(async () => (await door(address, { accept })).bytes)
}
