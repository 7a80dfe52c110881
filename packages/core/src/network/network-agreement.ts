/** An agreement of members: one page for people, lines for machines, one hash that every party signs. */
import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import type { Json } from '../json.ts'
import { PlainDate } from '../moments.ts'
import { ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import { type Agreement, Grant } from '../recognition/library.ts'
import type { HashOf } from '../recognition/recognise.ts'
import { Id, Period } from '../recognition/words.ts'
import { LangString } from '../text.ts'
import { type NetworkDirectory, Sha256, type SignedPayload, signedByMember } from './directory.ts'

/** How often one credential may count: once in the whole network, once with each member, or as often as it is handed in. */
export const counting = ['once-in-network', 'once-per-member', 'freely'] as const

/** What the parties agree, two or more. `lines` say which achievement of whom gives what, at the party named by `to` or at every other one; `title` is what people call it. */
export const NetworkAgreement = z
  .strictObject({
    network: Id,
    title: LangString,
    text: LangString,
    parties: z.array(Id).min(2).max(500),
    effective: Period,
    /** Days between a notice and the end. */
    noticeDays: z.int().min(0).max(3650),
    /** Days within which an answer is given. */
    answerDays: z.int().min(1).max(120).default(30),
    counts: z.enum(counting),
    /** Which fields of a credential flow: nothing else is handed over. */
    data: z.array(z.string().min(1).max(100)).min(1).max(50),
    lines: z
      .array(
        z.strictObject({ achievement: Id, edition: Id.optional(), of: Id, to: Id.optional(), gives: Grant, title: LangString.optional() }),
      )
      .min(1)
      .max(5000),
  })
  .check(({ value, issues }) => {
    if (new Set(value.parties).size !== value.parties.length)
      issues.push({ code: 'custom', message: 'A party stands there twice.', path: ['parties'], input: value })
    value.lines.forEach(({ of, to }, at) => {
      if (to !== undefined && (to === of || !value.parties.includes(to)))
        issues.push({ code: 'custom', message: 'It counts at another party.', path: ['lines', at, 'to'], input: value })
      if (!value.parties.includes(of))
        issues.push({ code: 'custom', message: 'Only what a party offers can be agreed.', path: ['lines', at, 'of'], input: value })
    })
  })
export type NetworkAgreement = z.infer<typeof NetworkAgreement>

/** What a party signs: the hash of the text, and nothing that could differ from party to party but its own name. */
export const AgreementSignature = z.strictObject({ network: Id, agreement: Sha256, party: Id, signed: PlainDate })

/** The agreement with its signatures as compact JWS: the one file that goes from hand to hand. */
export const AgreementFile = z.strictObject({ agreement: z.unknown(), signatures: z.array(z.string().max(100_000)).max(500) })

/** An agreement that was read, its hash, and who has signed. */
export interface AgreementState {
  agreement: NetworkAgreement
  hash: string
  signed: readonly string[]
  missing: readonly string[]
}

/** The hash that parties sign: of the canonical text as it was written. */
export const agreementHash = (json: Json, hash: HashOf): string => hash(canonicalJson(json))

/**
 * Reads an agreement and the signatures under it. Raises `network.hash-differs` for a signature over another text, `network.not-trusted` for one that is
 * not of the party it names, `network.not-member`, and `input.invalid` with a pointer.
 */
export function readAgreement(json: Json, signatures: readonly SignedPayload[], directory: NetworkDirectory, hash: HashOf): AgreementState {
  const agreement = readAs(NetworkAgreement, json)
  if (agreement.network !== directory.network)
    throw new ProblemError('network.not-trusted', 'The agreement is of another network.', '/network')
  const own = agreementHash(json, hash)
  const signed = new Set<string>()
  for (const { payload, signer } of signatures) {
    const signature = readAs(AgreementSignature, payload)
    if (signature.agreement !== own || signature.network !== agreement.network)
      throw new ProblemError('network.hash-differs', 'A signature is over another text than this one.')
    if (!agreement.parties.includes(signature.party))
      throw new ProblemError('network.not-trusted', 'A signature is of somebody who is no party.')
    signedByMember(directory, signature.party, signer, signature.signed)
    signed.add(signature.party)
  }
  return { agreement, hash: own, signed: [...signed].sort(), missing: agreement.parties.filter((each) => !signed.has(each)).sort() }
}

/** Raises `network.not-in-force` unless every party has signed, the day lies within the dates, and the two are parties that are still there. */
export function requireInForce({ agreement, missing }: AgreementState, two: readonly [string, string], day: string): void {
  const refuse = (detail: string): never => {
    throw new ProblemError('network.not-in-force', detail)
  }
  const [from, to] = agreement.effective
  if (missing.length > 0) refuse('Not every party has signed yet.')
  if (from > day || (to !== null && to < day)) refuse('The agreement is not in force on that day.')
  if (two.some((each) => !agreement.parties.includes(each))) refuse('The agreement is not between these two.')
}

/** True when a line counts at this party. */
export const countsAt = ({ of, to }: Pick<NetworkAgreement['lines'][number], 'of' | 'to'>, party: string): boolean =>
  of !== party && (to === undefined || to === party)

/** The agreement as the recognition engine of one party reads it in a library. */
export function libraryAgreement({ parties, effective, lines }: NetworkAgreement, party: string): Agreement {
  return {
    parties,
    effective,
    lines: lines
      .filter((line) => countsAt(line, party))
      .map(({ achievement, edition, gives }) => ({ achievement, ...(edition === undefined ? {} : { edition }), gives })),
  }
}
