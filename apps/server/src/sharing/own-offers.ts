/** What this institution offers in its networks, and what it recognises for, as it stands today. */
import { NetworkOffers, readAs } from '@cairn/core'
import { listSpecifications, listTargets, type NetworkRow, readEdition, type TenantTransaction } from '@cairn/store'
import { found } from '../context.ts'
import { formOfTarget, urnOf } from '../recognition-case.ts'

/** The newest edition of each specification, and every module and post. */
export async function ownOffers(
  tx: TenantTransaction,
  { network, me }: Pick<NetworkRow, 'network' | 'me'>,
  today: string,
): Promise<NetworkOffers> {
  const newest = (await listSpecifications(tx, false)).flatMap(({ editions: [first] }) => (first ? [first.id] : [])).slice(0, 500)
  const offers = []
  for (const id of newest) {
    const { achievement, specification } = found(await readEdition(tx, id)).edition
    const { title, workload, outcomes } = specification
    offers.push({
      achievement,
      title,
      ...(workload.hours === undefined ? {} : { hours: workload.hours }),
      ...(workload.ects === undefined ? {} : { credits: workload.ects }),
      outcomes: outcomes.slice(0, 60).map((outcome) => outcome.title),
    })
  }
  const targets = (await listTargets(tx)).flatMap((row) => {
    const form = formOfTarget(row)
    const { credits } = row.content as { credits?: number }
    if (row.archived || (form !== 'module' && form !== 'post')) return []
    return [{ target: urnOf(row.id), title: row.title, form, ...(credits === undefined ? {} : { credits }) }]
  })
  return readAs(NetworkOffers, { network, member: me, issued: today, offers, targets: targets.slice(0, 500) })
}
