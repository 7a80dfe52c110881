/** A transfer that a learner starts: consent, the credentials, the answer of the receiving member. */
import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import { PlainDate } from '../moments.ts'
import { ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import { Grant } from '../recognition/library.ts'
import type { HashOf } from '../recognition/recognise.ts'
import { Id } from '../recognition/words.ts'
import { LanguageTag, MailAddress } from '../text.ts'
import { memberOn, type NetworkDirectory, Sha256, type SignedPayload, signedByMember } from './directory.ts'
import { type AgreementState, countsAt, type NetworkAgreement, requireInForce } from './network-agreement.ts'

/** HMAC-SHA-256 with the network's key, as base64url. The key is known to members alone. */
export type MacOf = (text: string) => string

/** What the learner allowed: these credentials, these fields, from here to there, until that day. */
export const ConsentReceipt = z.strictObject({
  learner: Id,
  from: Id,
  to: Id,
  purpose: z.string().min(1).max(500),
  credentials: z.array(Id).min(1).max(50),
  fields: z.array(z.string().min(1).max(100)).min(1).max(50),
  given: PlainDate,
  until: PlainDate,
  /** Where the receiver writes to the learner, and in which language; absent where the answer goes through the source alone. */
  email: MailAddress.optional(),
  language: LanguageTag.optional(),
})
export type ConsentReceipt = z.infer<typeof ConsentReceipt>

const Credential = z.strictObject({
  id: Id,
  achievement: Id,
  edition: Id.optional(),
  /** SHA-256 of the credential's text. */
  digest: Sha256,
  content: z.string().min(1).max(2_000_000),
})

/** The package that goes from the source to the receiver, signed by the source. */
export const Transfer = z.strictObject({
  id: Id,
  network: Id,
  agreement: Sha256,
  from: Id,
  to: Id,
  sent: PlainDate,
  consent: ConsentReceipt,
  credentials: z.array(Credential).min(1).max(50),
})
export type Transfer = z.infer<typeof Transfer>

/** The decision of the receiver, signed by it. A refusal names the role of the person who confirmed it. */
export const TransferAnswer = z
  .strictObject({
    transfer: Id,
    network: Id,
    agreement: Sha256,
    from: Id,
    to: Id,
    answered: PlainDate,
    outcome: z.enum(['recognised', 'refused']),
    grants: z.array(Grant).max(500),
    reasons: z.array(z.string().min(1).max(500)).min(1).max(50),
    confirmedBy: z.string().min(1).max(200).optional(),
    appealTo: z.string().min(1).max(500),
    /** The decision as the receiver sealed it, for the learner to keep. */
    decision: z.string().max(1_000_000).optional(),
    /** SHA-256 of the signed answer that this one takes the place of, as after an appeal: both stay, and the later one counts. */
    corrects: Sha256.optional(),
  })
  .refine(({ outcome, grants }) => (outcome === 'recognised') === grants.length > 0, {
    message: 'What is recognised gives something, and what is refused gives nothing.',
    path: ['grants'],
  })
  .refine(({ outcome, confirmedBy }) => outcome === 'recognised' || confirmedBy !== undefined, {
    message: 'A person confirms every refusal.',
    path: ['confirmedBy'],
  })
export type TransferAnswer = z.infer<typeof TransferAnswer>

/** Tokens that a member has used up, for the others to see: nobody can tell from them who or what it was. */
export const UsedTokens = z.strictObject({ network: Id, member: Id, issued: PlainDate, tokens: z.array(Sha256).max(1_000_000) })

/** What a receiver knows when a transfer arrives. */
export interface TransferGround {
  directory: NetworkDirectory
  agreement: AgreementState
  /** The receiving member itself. */
  me: string
  day: string
  /** Tokens that it, or a member whose list it has, used before. */
  used: ReadonlySet<string>
  hash: HashOf
  mac: MacOf
}

/**
 * The token of one use: an HMAC of learner and credential, and of the member where each may count it once. Members can compare tokens, and nobody without
 * the network's key can find a name behind one. Empty where credentials count freely.
 */
export function useTokens(transfer: Transfer, { counts }: NetworkAgreement, mac: MacOf): string[] {
  if (counts === 'freely') return []
  const scope = counts === 'once-per-member' ? transfer.to : ''
  return transfer.credentials.map(({ id }) => mac(canonicalJson(['use', transfer.network, transfer.consent.learner, id, scope]))).sort()
}

const withoutConsent = (detail: string, pointer: string): never => {
  throw new ProblemError('network.consent-missing', detail, pointer)
}

/** Raises `network.consent-missing` when the package is not just what the learner allowed, on its day. */
function requireConsent({ consent, from, to, sent, credentials }: Transfer, { data }: NetworkAgreement): void {
  if (consent.from !== from || consent.to !== to) withoutConsent('The consent is for other members.', '/consent/to')
  if (consent.given > sent || consent.until < sent) withoutConsent('The consent is not for that day.', '/consent/until')
  const allowed = new Set(consent.credentials)
  credentials.forEach(({ id }, at) => {
    if (!allowed.has(id)) withoutConsent('The learner did not choose this credential.', `/credentials/${at}`)
  })
  const fields = new Set(data)
  if (consent.fields.some((field) => !fields.has(field)))
    withoutConsent('More was asked of the learner than the agreement says flows.', '/consent/fields')
}

/** What both sides check before a transfer goes or counts: agreement, consent, digests. Raises the problem of the first that does not hold. */
export function requireSound(transfer: Transfer, { agreement, hash }: Pick<TransferGround, 'agreement' | 'hash'>): void {
  if (transfer.agreement !== agreement.hash)
    throw new ProblemError('network.hash-differs', 'The transfer names another agreement.', '/agreement')
  requireInForce(agreement, [transfer.from, transfer.to], transfer.sent)
  requireConsent(transfer, agreement.agreement)
  if (new Set(transfer.credentials.map(({ id }) => id)).size !== transfer.credentials.length)
    throw new ProblemError('network.used-before', 'One credential is in the package twice.', '/credentials')
  transfer.credentials.forEach(({ digest, content }, at) => {
    if (hash(content) !== digest)
      throw new ProblemError('network.hash-differs', 'A credential is not the one that was packed.', `/credentials/${at}/digest`)
  })
}

/**
 * Reads a transfer that arrived. Raises `network.not-trusted`, `network.not-member`, `network.not-in-force`, `network.consent-missing`,
 * `network.hash-differs`, `network.used-before` (pointing at the credential), `input.invalid`.
 */
export function readTransfer({ payload, signer }: SignedPayload, ground: TransferGround): Transfer {
  const transfer = readAs(Transfer, payload)
  const { directory, agreement, me, day, used, mac } = ground
  if (transfer.network !== directory.network)
    throw new ProblemError('network.not-trusted', 'The transfer is of another network.', '/network')
  if (transfer.to !== me) throw new ProblemError('network.not-trusted', 'The transfer is for another member.', '/to')
  if (transfer.sent > day) throw new ProblemError('network.out-of-order', 'The transfer was sent later than today.', '/sent')
  signedByMember(directory, transfer.from, signer, transfer.sent)
  memberOn(directory, me, day)
  requireSound(transfer, ground)
  if (useTokens(transfer, agreement.agreement, mac).some((token) => used.has(token)))
    throw new ProblemError('network.used-before', 'A credential of this transfer was counted before.', '/credentials')
  return transfer
}

/** What the lines of the agreement give for a transfer; of several editions the line that names it. Nothing where no line covers it. */
export function grantsFor({ from, to, credentials }: Transfer, { lines }: NetworkAgreement): Grant[] {
  return credentials.flatMap(({ achievement, edition }) => {
    const fitting = lines.filter(
      (line) =>
        line.of === from &&
        countsAt(line, to) &&
        line.achievement === achievement &&
        (line.edition === undefined || line.edition === edition),
    )
    return fitting.find((line) => line.edition !== undefined)?.gives ?? fitting[0]?.gives ?? []
  })
}

/** An answer that was taken, as it was signed. */
export interface AnswerAtHand {
  text: string
  answered: string
}

/**
 * Reads the answer to a transfer that this member sent; `last` is the one that was taken before. Raises `network.not-trusted`, `network.hash-differs`, `network.out-of-order`, `input.invalid`.
 */
export function readAnswer(
  { payload, signer }: SignedPayload,
  sent: Transfer,
  { directory, last, hash }: { directory: NetworkDirectory; last?: AnswerAtHand | undefined; hash: HashOf },
): TransferAnswer {
  const answer = readAs(TransferAnswer, payload)
  if (answer.transfer !== sent.id || answer.network !== sent.network || answer.from !== sent.to || answer.to !== sent.from)
    throw new ProblemError('network.not-trusted', 'The answer is to another transfer.', '/transfer')
  if (answer.agreement !== sent.agreement)
    throw new ProblemError('network.hash-differs', 'The answer names another agreement.', '/agreement')
  if (answer.answered < sent.sent) throw new ProblemError('network.out-of-order', 'The answer is older than the transfer.', '/answered')
  signedByMember(directory, answer.from, signer, answer.answered)
  if (last && answer.corrects === undefined) throw new ProblemError('network.out-of-order', 'This transfer was answered already.')
  if (answer.corrects !== (last && hash(last.text)))
    throw new ProblemError('network.out-of-order', 'Another answer is corrected than the last one that is here.', '/corrects')
  if (last && answer.answered < last.answered)
    throw new ProblemError('network.out-of-order', 'The answer is older than the one that it corrects.', '/answered')
  return answer
}
