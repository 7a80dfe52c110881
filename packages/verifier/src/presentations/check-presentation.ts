/**
 * Who presents (VC Data Model 2.0, 4.13; Data Integrity 1.0, 2.1; VC-JOSE-COSE, 3.1.2): the proof of a presentation in JSON or as a JWT, for whom
 * and in answer to what it was made. It is asked apart from the credentials in it, and told with each of them.
 */
import {
  type Finding,
  isObject,
  type Json,
  type JsonObject,
  millis,
  type Outcome,
  type Problem,
  ProblemError,
  parseJson,
  problem,
} from '@cairn/core'
import { checkProofs, isSignedBy, type PublicKey, readToken, type TokenRead, verificationKey } from '@cairn/seals'
import { finding, outcomeOf } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'

/** What came of it. `outcome` is absent when nobody asked and nothing is wrong; `holders` are the controllers of the keys that signed. */
export interface PresentationChecked {
  readonly outcome?: Outcome
  readonly findings: readonly Finding[]
  readonly holders: readonly string[]
}

/** R-SD-2: at most five minutes old, at most a minute ahead. */
const age = { old: 300_000, ahead: 60_000 }
const clauses = { json: 'Data Integrity, 4.4', token: 'VC-JOSE-COSE, 3.1.2' } as const
const types = ['vp+jwt', 'JWT']

/** One proof as it was read: whether it holds, by whom, for whom and for what question it says it was made. */
interface ProofRead {
  readonly outcome: Outcome
  readonly problem?: Problem | undefined
  readonly holder?: string | undefined
  readonly audiences: readonly string[]
  readonly nonce: string | undefined
  readonly made: string | undefined
  readonly ends: string | undefined
}

const texts = (value: Json | undefined): string[] => [value].flat().filter((each) => typeof each === 'string')
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
const moment = (seconds: Json | undefined): string | undefined =>
  typeof seconds === 'number' && Math.abs(seconds) < 8.64e12
    ? new Date(seconds * 1000).toISOString()
    : seconds === undefined
      ? undefined
      : ''

/** Checks the proofs of a presentation. When somebody asked, one has to be there, for them, for their question and of now. Raises nothing. */
export async function checkPresentation(
  bytes: Uint8Array,
  evidence: Evidence,
  { holder }: Policy,
  now: string,
): Promise<PresentationChecked> {
  const asked = holder !== undefined && (holder.required || holder.audience !== undefined || holder.nonce !== undefined)
  const inJson = new TextDecoder().decode(bytes.subarray(0, 100)).trimStart().startsWith('{')
  const clause = inJson ? clauses.json : clauses.token
  const tell = (outcome: Outcome, what?: Problem): Finding =>
    finding('holder.proven', outcome, { clause, ...(what ? { problem: what } : {}) })
  let proofs: readonly ProofRead[]
  try {
    proofs = inJson ? await proofsOfDocument(bytes, evidence) : [await proofOfToken(bytes, evidence)]
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { outcome: 'failed', findings: [tell('failed', problem('holder.proof-malformed', error.problem.detail))], holders: [] }
  }
  if (proofs.length === 0)
    return asked
      ? { outcome: 'failed', findings: [tell('failed', problem('holder.missing', 'The presentation has no proof.'))], holders: [] }
      : { findings: [], holders: [] }
  const findings = proofs.flatMap((proof) => {
    const wrong = proof.problem ? [proof.problem] : asked ? occasionProblems(proof, holder, now) : []
    return wrong.length === 0 ? [tell('passed')] : wrong.map((each) => tell(proof.outcome === 'passed' ? 'failed' : proof.outcome, each))
  })
  const outcome = outcomeOf(findings)
  const holders = proofs.flatMap((proof) => (proof.outcome === 'passed' && proof.holder !== undefined ? [proof.holder] : []))
  if (outcome === 'passed' && !asked) return { findings: findings.map((each) => ({ ...each, note: 'made for another occasion' })), holders }
  return { outcome, findings, holders }
}

/** For whom, in answer to what, and when. */
function occasionProblems({ audiences, nonce, made, ends }: ProofRead, asked: NonNullable<Policy['holder']>, now: string): Problem[] {
  const found: Problem[] = []
  if (asked.audience !== undefined && !audiences.includes(asked.audience))
    found.push(problem('holder.other-audience', 'It names another verifier, or none.'))
  if (asked.nonce !== undefined && nonce !== asked.nonce) found.push(problem('holder.other-nonce', 'It answers another question, or none.'))
  const from = made === undefined ? Number.NaN : millis(made)
  if (Number.isNaN(from)) found.push(problem('holder.proof-malformed', 'The proof does not say when it was made.'))
  else if (millis(now) - from > age.old) found.push(problem('holder.proof-age', 'The proof is more than five minutes old.'))
  else if (from - millis(now) > age.ahead) found.push(problem('holder.proof-age', 'The proof is of a time to come.'))
  if (ends !== undefined && !(millis(ends) >= millis(now))) found.push(problem('holder.proof-age', 'The proof has ended.'))
  return found
}

async function proofsOfDocument(bytes: Uint8Array, evidence: Evidence): Promise<ProofRead[]> {
  const document = parseJson(bytes)
  if (!isObject(document) || document.proof === undefined) return []
  const written = [document.proof].flat().filter(isObject)
  const { proofs } = await checkProofs(document, { purpose: 'authentication', documents: evidence.didDocuments ?? {} })
  return proofs.map((proof, index): ProofRead => {
    const options = written[index]!
    const other = proof.controller !== undefined && named(document) !== undefined && named(document) !== proof.controller
    return {
      outcome: other ? 'failed' : proof.outcome,
      problem: other ? otherHolder : proof.problem && holderProblem(proof.problem),
      holder: proof.controller,
      audiences: texts(options.domain),
      nonce: text(options.challenge),
      made: proof.created,
      ends: proof.expires,
    }
  })
}

async function proofOfToken(bytes: Uint8Array, evidence: Evidence): Promise<ProofRead> {
  const token = readToken(new TextDecoder('latin1').decode(bytes).trim(), types)
  const { payload } = token
  const { vp } = payload
  // VC-JOSE-COSE: the presentation is the payload; the claim `vp` is one of the data model 1.1, whose type is JWT.
  if (vp !== undefined && token.type !== 'JWT') throw new ProblemError('holder.proof-malformed', 'The payload holds vp.', '/vp')
  const claimed = text(payload.iss) ?? named(isObject(vp) ? vp : payload)
  const said = {
    audiences: texts(payload.aud),
    nonce: text(payload.nonce),
    made: moment(payload.iat ?? payload.nbf),
    ends: moment(payload.exp),
  }
  const found = keyOf(token, claimed, evidence)
  if ('code' in found) return { ...said, outcome: 'unknown', problem: found }
  const holds = await isSignedBy(token, found.key)
  const mine = named(isObject(vp) ? vp : payload) ?? found.controller
  if (!holds) return { ...said, outcome: 'failed', problem: problem('holder.proof-broken', 'Its key did not make this signature.') }
  if (mine !== found.controller) return { ...said, outcome: 'failed', problem: otherHolder }
  return { ...said, outcome: 'passed', holder: found.controller }
}

const otherHolder = problem('holder.proof-broken', 'It names a holder, and another key made the proof.')

/** The holder that a presentation names. */
function named({ holder }: JsonObject): string | undefined {
  return isObject(holder) ? text(holder.id) : text(holder)
}

/** The key by `kid` where it is a whole name, by the holder and `kid` where it is a fragment, and by the holder alone where that is a key. */
function keyOf({ kid }: TokenRead, holder: string | undefined, evidence: Evidence): { key: PublicKey; controller: string } | Problem {
  const method = kid !== undefined && /^(did:|https:)/.test(kid) ? kid : holder && kid ? `${holder}#${kid.replace(/^#/, '')}` : holder
  const tried = [method, holder].filter((each) => each !== undefined)
  for (const each of tried) {
    const found = verificationKey(each, evidence.didDocuments ?? {}, 'authentication')
    if (found.outcome === 'found' && found.proven) return found
  }
  return problem('proof.key-not-at-hand', 'The key of the holder was not at hand.')
}

/** A proof that does not hold is one of the holder here. */
function holderProblem(what: Problem): Problem {
  return what.code === 'seal.broken' ? problem('holder.proof-broken', 'The presentation was altered after its proof was made.') : what
}
