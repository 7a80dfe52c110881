/** The ledger of a member: append-only, chained by hashes, without names; and what is read from it by pair and quarter. */
import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import type { Json } from '../json.ts'
import { PlainDate } from '../moments.ts'
import { ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import type { Grant } from '../recognition/library.ts'
import type { HashOf } from '../recognition/recognise.ts'
import { Amount, Id } from '../recognition/words.ts'
import { summarise } from '../survey/quantiles.ts'
import { millis } from '../time.ts'
import { Sha256 } from './directory.ts'

/** One entry. `previous` is the hash of the entry before; of the first it is empty. */
export const LedgerEntry = z.strictObject({
  n: z.int().min(1),
  previous: z.union([z.literal(''), Sha256]),
  day: PlainDate,
  kind: z.enum(['sent', 'recognised', 'refused']),
  transfer: Id,
  from: Id,
  to: Id,
  credits: Amount.default(0),
  hours: Amount.default(0),
  /** Tokens that this use takes up; only of what was recognised. */
  tokens: z.array(Sha256).max(50).default([]),
  /** The number of the entry that this outcome takes the place of, as after an appeal: that one stays, and counts no more. */
  corrects: z.int().min(1).optional(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>
/** An entry before it has a place. An outcome of a transfer that has one corrects it. */
export type LedgerEvent = Omit<LedgerEntry, 'n' | 'previous' | 'corrects'>

/** The hash of the last entry, which stands for all before it; empty for an empty ledger. */
export function headOf(ledger: readonly LedgerEntry[], hash: HashOf): string {
  const last = ledger.at(-1)
  return last ? hash(canonicalJson(last as unknown as Json)) : ''
}

/** What the order of a ledger is judged by: entries by transfer, and tokens used up. */
interface Seen {
  byTransfer: Map<string, LedgerEntry[]>
  used: Set<string>
}

/**
 * Reads a ledger. `head` is a head signed before, such as that of the last balance: a ledger that lost its end has no entry of that hash. Raises
 * `network.ledger-altered` with the place, `network.out-of-order` for an outcome without its transfer, `network.used-before`.
 */
export function readLedger(lines: readonly Json[], hash: HashOf, head?: string): LedgerEntry[] {
  const ledger: LedgerEntry[] = []
  const seen: Seen = { byTransfer: new Map(), used: new Set() }
  let last = ''
  let met = head === undefined || head === ''
  for (const [at, line] of lines.entries()) {
    const entry = readAs(LedgerEntry, line, `/${at}`)
    if (entry.n !== at + 1 || entry.previous !== last)
      throw new ProblemError('network.ledger-altered', 'An entry does not follow from the one before.', `/${at}`)
    take(seen, entry, `/${at}`)
    ledger.push(entry)
    last = headOf(ledger, hash)
    if (last === head) met = true
  }
  if (!met) throw new ProblemError('network.ledger-altered', 'Entries that were there when the last balance was signed are gone.')
  return ledger
}

/**
 * The ledger with one more entry. `again` where an answer takes the place of an earlier one. Raises `network.out-of-order` for a transfer that was sent
 * before, or answered before without `again`, and `network.used-before` for a token used up.
 */
export function appendEntry(ledger: readonly LedgerEntry[], event: LedgerEvent, hash: HashOf, { again = false } = {}): LedgerEntry[] {
  const seen: Seen = { byTransfer: Map.groupBy(ledger, ({ transfer }) => transfer), used: usedIn(ledger) }
  const corrected = again ? seen.byTransfer.get(event.transfer)?.at(-1)?.n : undefined
  const entry: LedgerEntry = {
    n: ledger.length + 1,
    previous: headOf(ledger, hash),
    ...event,
    ...(corrected === undefined ? {} : { corrects: corrected }),
  }
  take(seen, entry)
  return [...ledger, entry]
}

function take({ byTransfer, used }: Seen, entry: LedgerEntry, pointer?: string): void {
  const before = byTransfer.get(entry.transfer) ?? []
  const fault = faultOf(before, entry)
  if (fault) throw new ProblemError('network.out-of-order', fault, pointer)
  // What a corrected outcome took up is free again, for the outcome that takes its place first of all.
  if (entry.corrects !== undefined) for (const token of before.at(-1)!.tokens) used.delete(token)
  if (entry.tokens.some((token) => used.has(token)))
    throw new ProblemError('network.used-before', 'A credential was counted before.', pointer)
  byTransfer.set(entry.transfer, [...before, entry])
  for (const token of entry.tokens) used.add(token)
}

function faultOf(before: readonly LedgerEntry[], entry: LedgerEntry): string | undefined {
  const [sent, ...outcomes] = before
  if (entry.kind === 'sent') return sent || entry.corrects !== undefined ? 'This transfer is in the ledger already.' : undefined
  if (!sent) return 'The transfer that this answers is not in the ledger.'
  const last = outcomes.at(-1)
  if (last?.n !== entry.corrects) return 'This transfer was answered already, or another answer is corrected than the last one.'
  if (last && last.day > entry.day) return 'The answer is older than the one that it corrects.'
  return sent.from !== entry.from || sent.to !== entry.to || sent.day > entry.day ? 'The answer does not fit its transfer.' : undefined
}

/** The entries that count: an outcome that was corrected is there and counts no more. */
function standing(ledger: readonly LedgerEntry[]): LedgerEntry[] {
  const corrected = new Set(ledger.flatMap(({ corrects }) => corrects ?? []))
  return ledger.filter(({ n }) => !corrected.has(n))
}

/** Tokens that are used up. */
export const usedIn = (ledger: readonly LedgerEntry[]): Set<string> => new Set(standing(ledger).flatMap(({ tokens }) => tokens))

/** Credits and hours that grants add up to. */
export function amountsOf(grants: readonly Grant[]): { credits: number; hours: number } {
  const sum = (unit: Grant['unit']) => grants.reduce((total, grant) => total + (grant.unit === unit ? (grant.amount ?? 0) : 0), 0)
  return { credits: sum('ECTS'), hours: sum('hours') }
}

const Counters = z.strictObject({
  sent: z.int().min(0),
  recognised: z.int().min(0),
  refused: z.int().min(0),
  credits: Amount,
  hours: Amount,
  medianDays: Amount.nullable(),
  /** Answers that took the place of earlier ones, and what those of earlier quarters had given: it counts no more. */
  corrected: z.int().min(0).default(0),
  creditsBack: Amount.default(0),
  hoursBack: Amount.default(0),
})
/** Counters of one direction, as they stand at the end of the quarter. Sent is counted on the day of sending, outcomes on the day of the answer. */
export type Counters = z.infer<typeof Counters>

/** The balance of a pair for a quarter, from the side of `member`. No money: it is for seeing, and for comparing with the other side. */
export const Balance = z.strictObject({
  network: Id,
  member: Id,
  with: Id,
  quarter: z.string().regex(/^\d{4}-Q[1-4]$/, 'A quarter such as 2026-Q2.'),
  issued: PlainDate,
  /** From the member to the other. */
  given: Counters,
  /** From the other to the member. */
  taken: Counters,
  entries: z.int().min(0),
  head: z.union([z.literal(''), Sha256]),
})
export type Balance = z.infer<typeof Balance>

/** First and last day of a quarter. Raises `input.invalid`. */
export function daysOfQuarter(quarter: string): [string, string] {
  const found = /^(\d{4})-Q([1-4])$/.exec(quarter)
  if (!found) throw new ProblemError('input.invalid', 'A quarter such as 2026-Q2.', '/quarter')
  const last = Number(found[2]) * 3
  const month = (n: number) => String(n).padStart(2, '0')
  return [`${found[1]}-${month(last - 2)}-01`, `${found[1]}-${month(last)}-${last === 3 || last === 12 ? 31 : 30}`]
}

function countersOf(ledger: readonly LedgerEntry[], from: string, to: string, [first, last]: readonly [string, string]): Counters {
  const pair = ledger.filter((each) => each.from === from && each.to === to && each.day <= last)
  const isNow = ({ day }: LedgerEntry) => first <= day
  const byNumber = new Map(pair.map((entry) => [entry.n, entry]))
  const sentOn = new Map(pair.filter(({ kind }) => kind === 'sent').map(({ transfer, day }) => [transfer, day]))
  const outcomes = standing(pair).filter((each) => each.kind !== 'sent' && isNow(each))
  const corrections = pair.filter((each) => each.corrects !== undefined && isNow(each))
  const takenBack = corrections.flatMap(({ corrects }) => byNumber.get(corrects!) ?? []).filter((each) => !isNow(each))
  const firstAnswers = pair.filter((each) => each.kind !== 'sent' && each.corrects === undefined && isNow(each))
  const days = firstAnswers.map(({ transfer, day }) => (millis(day) - millis(sentOn.get(transfer)!)) / 86_400_000)
  const sum = (entries: readonly LedgerEntry[], name: 'credits' | 'hours') =>
    Math.round(entries.reduce((total, each) => total + each[name], 0) * 1e6) / 1e6
  return {
    sent: pair.filter((each) => each.kind === 'sent' && isNow(each)).length,
    recognised: outcomes.filter(({ kind }) => kind === 'recognised').length,
    refused: outcomes.filter(({ kind }) => kind === 'refused').length,
    credits: sum(outcomes, 'credits'),
    hours: sum(outcomes, 'hours'),
    medianDays: days.length === 0 ? null : summarise(days).median,
    corrected: corrections.length,
    creditsBack: sum(takenBack, 'credits'),
    hoursBack: sum(takenBack, 'hours'),
  }
}

/** The balance with one other member. Raises `input.invalid` for what is no quarter. */
export function balanceOf(
  ledger: readonly LedgerEntry[],
  {
    network,
    member,
    other,
    quarter,
    issued,
    hash,
  }: { network: string; member: string; other: string; quarter: string; issued: string; hash: HashOf },
): Balance {
  const days = daysOfQuarter(quarter)
  return {
    network,
    member,
    with: other,
    quarter,
    issued,
    given: countersOf(ledger, member, other, days),
    taken: countersOf(ledger, other, member, days),
    entries: ledger.length,
    head: headOf(ledger, hash),
  }
}

/** Where two balances of one pair and quarter differ, as `given.sent` of the first; empty when the books agree. Raises `network.out-of-order` for others. */
export function differencesOf(mine: Balance, theirs: Balance): string[] {
  if (mine.network !== theirs.network || mine.quarter !== theirs.quarter || mine.with !== theirs.member || theirs.with !== mine.member)
    throw new ProblemError('network.out-of-order', 'The two balances are not of one pair and quarter.')
  const sides = [
    ['given', mine.given, theirs.taken],
    ['taken', mine.taken, theirs.given],
  ] as const
  return sides.flatMap(([name, one, other]) =>
    (Object.keys(one) as (keyof Counters)[]).filter((key) => one[key] !== other[key]).map((key) => `${name}.${key}`),
  )
}
