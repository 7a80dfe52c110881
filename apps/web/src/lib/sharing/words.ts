/** Words of sharing credit: states, counting, fields that flow, and where a transfer stands. */
import type { NetworkAnswer, TransferOptions } from '@cairn/api'
import { sayDay, sayNumber } from '#lib/page/dates.ts'
import { problemWords } from '#lib/page/problem-words.ts'
import { m } from '#lib/paraglide/messages.js'
import { sayGrant } from '#lib/recognition/words.ts'

export const standings: Record<NetworkAnswer['state'], () => string> = { asked: m.net_s_asked, member: m.net_s_member, left: m.net_s_left }
export const countings: Record<NetworkAnswer['agreements'][number]['counts'], () => string> = {
  'once-in-network': m.net_count_once,
  'once-per-member': m.net_count_member,
  freely: m.net_count_free,
}

const fieldNames: Readonly<Record<string, () => string>> = {
  title: m.trf_d_title,
  outcomes: m.trf_d_outcomes,
  workload: m.trf_d_workload,
  level: m.trf_d_level,
  assessment: m.trf_d_assessment,
  'award date': m.trf_d_award,
  'name of the learner': m.trf_d_name,
}
/** A field that flows, in the reader's language; one that we do not know stays as the agreement has it. */
export const sayField = (name: string): string => fieldNames[name]?.() ?? name

/** Where a transfer stands, in a word or two. */
export function sayTransfer({
  outcome,
  waiting,
  problem,
}: Pick<TransferOptions['made'][number], 'waiting' | 'problem'> & { outcome?: string | undefined }): string {
  if (outcome) return outcome === 'recognised' ? m.net_t_recognised() : m.net_t_refused()
  if (problem && !waiting) return `${m.net_t_nottaken()}: ${problemWords(problem)}`
  return waiting ? m.net_t_waiting() : m.net_t_there()
}

/** One answer in a line: the day, what it gave, and whether an appeal took it back or brought it. */
export function sayAnswered(
  { answered, outcome, grants }: NetworkAnswer['transfers'][number]['answers'][number],
  { first, later }: { first: boolean; later: boolean },
): string {
  const what = outcome === 'refused' ? m.net_t_refused() : grants.map(sayGrant).join(', ')
  const given = { date: sayDay(answered), what }
  return later ? m.net_answer_later(given) : first ? m.net_answer_first(given) : m.net_answer(given)
}

/** The counters of one direction; answers that an appeal changed are told where there are some. */
export function sayCounters({
  sent,
  recognised,
  refused,
  credits,
  hours,
  corrected,
  creditsBack,
  hoursBack,
}: NetworkAnswer['balances'][number]['given']): string {
  const said = m.net_counts_said({
    sent: sayNumber(sent),
    recognised: sayNumber(recognised),
    refused: sayNumber(refused),
    credits: sayNumber(credits),
    hours: sayNumber(hours),
  })
  if (corrected === 0) return said
  const back = { count: sayNumber(corrected), credits: sayNumber(creditsBack), hours: sayNumber(hoursBack) }
  return `${said} ${m.net_counts_corrected(back)}`
}
