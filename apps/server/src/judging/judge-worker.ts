/** Runs in a thread of its own: documents of strangers, one after the other, to reports. */
import { parentPort } from 'node:worker_threads'
import { type Evidence, standardPolicy, verify } from '@cairn/verifier'

/** One document to judge. */
export interface Judging {
  id: number
  bytes: Uint8Array
  evidence: Evidence
  now: string
}

parentPort!.on('message', async ({ id, bytes, evidence, now }: Judging) => {
  parentPort!.postMessage({ id, report: await verify(bytes, evidence, standardPolicy, now) })
})
