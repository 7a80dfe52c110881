/** Which trusted lists an installation reads, and who signs them: configuration that a person checked (R-TL-1). */
import { readFileSync } from 'node:fs'
import { ProblemError } from '@cairn/core'
import { z } from 'zod'

/** The file that `CAIRN_TRUSTED_LISTS` names: addresses, the certificates (base64 DER) that sign them, and of which territories national lists are wanted. */
const ListsWanted = z.strictObject({
  lists: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(20),
  signers: z.array(z.string().max(20_000)).min(1).max(50),
  territories: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(60)
    .optional(),
})
export type ListsWanted = z.infer<typeof ListsWanted>

/** Reads that file. Raises `server.misconfigured`. */
export function readListsWanted(file: string): ListsWanted {
  const refuse = (detail: string): never => {
    throw new ProblemError('server.misconfigured', `CAIRN_TRUSTED_LISTS: ${detail}`)
  }
  try {
    const read = ListsWanted.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return read.success ? read.data : refuse(`${read.error.issues[0]!.path.join('.')}: ${read.error.issues[0]!.message}`)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    return refuse(`${file} cannot be read as JSON.`)
  }
}
