/** Letters of a batch as they came to the mail server. */
import type { MailServer } from '@cairn/testkit'

/** How many learners of {@link learnerTable} have one, and how many came more than once, counted beyond the first. */
export function countLetters({ received }: Pick<MailServer, 'received'>): { letters: number; repeats: number } {
  const ours = received.filter(({ to }) => /^l\d+@learners\.example$/.test(to[0]!))
  const letters = new Set(ours.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1])).size
  return { letters, repeats: ours.length - letters }
}
