/** The door as those who gather see it. */
import type { Ask, Fetched } from './fetch-safely.ts'

/** How something is fetched; the safe door unless the caller has it at hand. */
export type Door = (address: string, ask?: Ask) => Promise<Pick<Fetched, 'bytes'>>
