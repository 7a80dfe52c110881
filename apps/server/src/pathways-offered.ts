/** Pathways on offer over all bodies of this installation, and what may be taken to fill their gaps. */
import type { OfferedPathway } from '@cairn/api'
import {
  countedAs,
  type Json,
  type LangString,
  type Organisation,
  readPathway,
  type StackingOffer,
  specimenReport,
  stackingFacts,
  textIn,
} from '@cairn/core'
import { type EditionRow, findBodies, listEditions, listVersions, type VersionRow } from '@cairn/store'
import type { Context } from './context.ts'
import { newestOffered } from './recognition-case.ts'
import { ownRegistry } from './registry.ts'

/** Something that may be taken: an edition on offer, with its body. */
export interface Course {
  body: LangString
  row: EditionRow
}

/** The pathways of all bodies, each with the tenant it belongs to, and every edition of these bodies. */
export interface Offered {
  pathways: { tenant: string; offered: OfferedPathway }[]
  courses: Course[]
}

const keyOf = (urn: string) => urn.replace('urn:uuid:', '')

/** Reads what all bodies offer; of one body when named. */
export async function readOffered(context: Context, body?: string): Promise<Offered> {
  const bodies = await findBodies(context.database, 'pathway', body && `urn:uuid:${body}`)
  const read = []
  for (const each of bodies)
    read.push({
      ...each,
      ...(await context.database.tenant(each.tenant, async (tx) => ({
        versions: newestOffered(await listVersions(tx, 'pathway')),
        editions: await listEditions(tx),
      }))),
    })
  const { issuers } = await ownRegistry(context, context.now)
  const names = Object.fromEntries(issuers.map(({ id, legalName }) => [id, legalName]))
  const courses = read.flatMap(({ organisation, editions }) =>
    newestEditions(editions).map((row) => ({ body: organisation.legalName, row })),
  )
  const titles = Object.fromEntries(
    read.flatMap(({ editions }) => editions.map(({ edition }) => [edition.achievement, textIn(edition.specification.title, 'en')])),
  )
  return {
    pathways: read.flatMap(({ tenant, organisation, versions, editions }) =>
      versions.map((row) => ({ tenant, offered: offeredAnswer(row, organisation, editions, { ...names, ...titles }) })),
    ),
    courses,
  }
}

/** The newest of each specification; editions come newest first. */
export const newestEditions = (editions: readonly EditionRow[]) =>
  editions.filter((row, at) => editions.findIndex(({ specification }) => specification === row.specification) === at)

/** A version as it is offered. `known` are names of ids; those that the pathway uses go with it. */
export function offeredAnswer(
  row: VersionRow,
  organisation: Organisation,
  editions: readonly EditionRow[],
  known: Readonly<Record<string, string>>,
): OfferedPathway {
  const pathway = readPathway(row.content as unknown as Json)
  const award = editions.find(({ edition }) => edition.id === pathway.award)?.edition
  const used = new Set([
    ...pathway.slots.flatMap(({ takes }) => [...(takes.achievements ?? []), ...(takes.providers ?? [])]),
    ...Object.keys(pathway.rules.providerMax ?? {}),
  ])
  return {
    id: row.id,
    body: { id: keyOf(organisation.id), name: organisation.legalName },
    version: row.version,
    hash: row.hash,
    publishedAt: row.publishedAt,
    pathway,
    ...(award ? { award: { edition: award.id, title: award.specification.title } } : {}),
    names: Object.fromEntries(Object.entries(known).filter(([id]) => used.has(id))),
  }
}

/** Editions as offers of a pathway: those that tell their hours, fit a slot and are not the award itself. */
export function offersFor({ pathway }: OfferedPathway, courses: readonly Course[], today: string): StackingOffer[] {
  return courses.flatMap(({ row: { edition } }) => {
    const { hours, ects } = edition.specification.workload
    if (edition.id === pathway.award || (hours === undefined && ects === undefined)) return []
    const given = { achievement: edition.achievement, issuer: edition.institution.id, on: today }
    const counted = countedAs(pathway, stackingFacts(specimenReport(edition.specification, given)))
    if (!counted.tags?.length || counted.assessed !== true || counted.credits == null) return []
    const { credits, tags, provider, eqf } = counted
    return [{ id: edition.achievement, credits, tags, hours: hours ?? (ects ?? 0) * 30, provider: provider ?? null, eqf: eqf ?? null }]
  })
}
