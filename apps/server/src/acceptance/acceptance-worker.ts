/** Computes one acceptance matrix in a thread of its own, says how far it is, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { type AcceptanceFindings, type Json, type RecognitionCase, readAcceptance, readLibrary, referenceCertificateIds } from '@cairn/core'

/** What the thread is given: the profile is searched for reference certificates alone. */
export interface AcceptanceGiven {
  library: object
  cases: RecognitionCase[]
}

/** What it says. */
export type AcceptanceSaid = { done: number; of: number } | { findings: AcceptanceFindings }

const { library, cases } = workerData as AcceptanceGiven
const say = (said: AcceptanceSaid) => parentPort!.postMessage(said)
const findings = readAcceptance(cases, readLibrary(library as Json), {
  profilesOf: new Set(referenceCertificateIds),
  told: (done, of) => say({ done, of }),
})
say({ findings })
