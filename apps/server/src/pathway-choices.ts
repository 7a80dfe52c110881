/** What the slots of a pathway may take: the achievements, bodies and outcomes that are known here, so that nobody has to know their ids. */
import type { PathwayChoices } from '@cairn/api'
import { type Edition, ProblemError, textIn } from '@cairn/core'
import { listEditions, listNetworks, listOffered, type NetworkRow } from '@cairn/store'
import { asTenant, type Context } from './context.ts'
import { offersOf } from './operations/network-agreements.ts'
import { newestEditions } from './pathways-offered.ts'
import { ownRegistry } from './registry.ts'

const mostAchievements = 1000
const mostOutcomes = 500
/** Members whose servers are asked for their offers, of all networks together. */
const mostMembers = 20

/** What one body offers, with outcomes as its credentials will tell them. */
interface Offer {
  id: string
  title: PathwayChoices['achievements'][number]['title']
  body: PathwayChoices['achievements'][number]['body']
  outcomes: string[]
}

/**
 * Own editions first, then those of this installation, and with `members` what members of the own networks offer, which their servers are asked for;
 * whoever does not answer is named in `unread`.
 */
export async function readChoices(context: Context, members: boolean): Promise<PathwayChoices> {
  const { own, networks } = await asTenant(context, async (tx) => ({
    own: newestEditions(await listEditions(tx)),
    networks: await listNetworks(tx),
  }))
  const { editions } = await listOffered(context.database, mostAchievements)
  const { issuers } = await ownRegistry(context, context.now)
  const elsewhere = members ? await membersOffers(context, networks) : { offers: [], providers: [], unread: [] }
  const offers = [...own.map(({ edition }) => offerOf(edition)), ...editions.map(offerOf), ...elsewhere.offers]
  const achievements = new Map<string, PathwayChoices['achievements'][number]>()
  for (const { id, title, body } of offers) if (!achievements.has(id)) achievements.set(id, { id, title, body })
  const providers = new Map(
    [...elsewhere.providers, ...issuers.map(({ id, legalName }) => ({ id, name: legalName }))].map((each) => [each.id, each]),
  )
  return {
    achievements: [...achievements.values()].slice(0, mostAchievements),
    providers: [...providers.values()].sort((one, other) => one.name.localeCompare(other.name, 'en')),
    outcomes: [...new Set(offers.flatMap(({ outcomes }) => outcomes))].filter((words) => words.length <= 500).slice(0, mostOutcomes),
    members: networks.length > 0,
    unread: elsewhere.unread,
  }
}

const offerOf = ({ achievement: id, institution, specification: { title, outcomes, primaryLanguage } }: Edition): Offer => ({
  id,
  title,
  body: institution.legalName,
  outcomes: outcomes.map((outcome) => textIn(outcome.title, primaryLanguage)),
})

async function membersOffers(context: Context, networks: readonly NetworkRow[]) {
  const others = networks.flatMap((network) =>
    network.directory.members.filter(({ id, left }) => id !== network.me && !left).map((member) => ({ network, member })),
  )
  const unread = others.slice(mostMembers).map(({ member }) => member.name)
  const read = await Promise.all(
    others.slice(0, mostMembers).map(async ({ network, member }): Promise<Offer[]> => {
      try {
        const { name, offers } = await offersOf(context, network, member.id)
        return offers.map(({ achievement: id, title, outcomes }) => ({
          id,
          title,
          body: { en: name },
          outcomes: outcomes.flatMap((outcome) => Object.values(outcome)[0] ?? []),
        }))
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        unread.push(member.name)
        return []
      }
    }),
  )
  return { offers: read.flat(), providers: others.map(({ member: { id, name } }) => ({ id, name })), unread }
}
