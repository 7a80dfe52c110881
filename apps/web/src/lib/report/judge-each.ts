/** Whatever was handed in, one report for each credential in it: of an archive or a presentation several, kept apart. */
import { ProblemError, type Report } from '@cairn/core'
import { type Evidence, type Part, partsOf } from '@cairn/verifier'
import { judge } from './judge.ts'

/** A report, the file it is of when there are several, and whether it came in a presentation. */
export interface Judged {
  report: Report
  file?: string
  presented?: true
}

/** Judges every part with the evidence that `gather` has for it. What cannot be taken apart is judged as it is, and refused there with its reason. */
export async function judgeEach(bytes: Uint8Array, gather: (part: Uint8Array) => Promise<Evidence>): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const { name, bytes: part, presented } of await parts(bytes))
    judged.push({ report: await judge(part, await gather(part)), ...(name ? { file: name } : {}), ...(presented ? { presented } : {}) })
  return judged
}

async function parts(bytes: Uint8Array): Promise<Part[]> {
  try {
    return await partsOf(bytes)
  } catch (error) {
    if (error instanceof ProblemError) return [{ name: '', bytes }]
    throw error
  }
}
