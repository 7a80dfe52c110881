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
})
export type LedgerEntry = z.infer<typeof LedgerEntry>
/** An entry before it has a place. */
export type LedgerEvent = Omit<LedgerEntry, 'n' | 'previous'>

/** The hash of the last entry, which stands for all before it; empty for an empty ledger. */
export function headOf(ledger: readonly LedgerEntry[], hash: HashOf): string {
  const last = ledger.at(-1)
  return last ? hash(canonicalJson(last)) : ''
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

/** The ledger with one more entry. Raises `network.out-of-order` for a transfer sent twice or answered twice, `network.used-before` for a token used up. */
export function appendEntry(ledger: readonly LedgerEntry[], event: LedgerEvent, hash: HashOf): LedgerEntry[] {
  const entry: LedgerEntry = { n: ledger.length + 1, previous: headOf(ledger, hash), ...event }
  const seen: Seen = { byTransfer: Map.groupBy(ledger, ({ transfer }) => transfer), used: usedIn(ledger) }
  take(seen, entry)
  return [...ledger, entry]
}

function take({ byTransfer, used }: Seen, entry: LedgerEntry, pointer?: string): void {
  const before = byTransfer.get(entry.transfer) ?? []
  const fault = faultOf(before, entry)
  if (fault) throw new ProblemError('network.out-of-order', fault, pointer)
  if (entry.tokens.some((token) => used.has(token)))
    throw new ProblemError('network.used-before', 'A credential was counted before.', pointer)
  byTransfer.set(entry.transfer, [...before, entry])
  for (const token of entry.tokens) used.add(token)
}

function faultOf(before: readonly LedgerEntry[], entry: LedgerEntry): string | undefined {
  if (entry.kind === 'sent') return before.length > 0 ? 'This transfer is in the ledger already.' : undefined
  const [sent] = before
  if (!sent) return 'The transfer that this answers is not in the ledger.'
  if (before.length > 1) return 'This transfer was answered already.'
  return sent.from !== entry.from || sent.to !== entry.to || sent.day > entry.day ? 'The answer does not fit its transfer.' : undefined
}

/** Tokens that are used up. */
export const usedIn = (ledger: readonly LedgerEntry[]): Set<string> => new Set(ledger.flatMap(({ tokens }) => tokens))

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
})
/** Counters of one direction. Sent is counted on the day of sending, outcomes on the day of the answer. */
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
  const pair = ledger.filter((each) => each.from === from && each.to === to)
  const own = pair.filter(({ day }) => first <= day && day <= last)
  const sentOn = new Map(pair.filter(({ kind }) => kind === 'sent').map(({ transfer, day }) => [transfer, day]))
  const answered = own.filter(({ kind }) => kind !== 'sent')
  const days = answered.map(({ transfer, day }) => (millis(day) - millis(sentOn.get(transfer)!)) / 86_400_000)
  const sum = (name: 'credits' | 'hours') => Math.round(own.reduce((total, each) => total + each[name], 0) * 1e6) / 1e6
  return {
    sent: own.filter(({ kind }) => kind === 'sent').length,
    recognised: answered.filter(({ kind }) => kind === 'recognised').length,
    refused: answered.filter(({ kind }) => kind === 'refused').length,
    credits: sum('credits'),
    hours: sum('hours'),
    medianDays: days.length === 0 ? null : summarise(days).median,
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
