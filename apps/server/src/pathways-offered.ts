/** Pathways on offer over all bodies of this installation, and what may be taken to fill their gaps. */
import type { OfferedPathway } from '@cairn/api'
import {
  countedAs,
  type Edition,
  isHeld,
  type Json,
  type Organisation,
  readPathway,
  type StackingFacts,
  type StackingOffer,
  specimenReport,
  stackingFacts,
  textIn,
} from '@cairn/core'
import { type EditionRow, findBodies, listEditions, listOffered, listVersions, type VersionRow } from '@cairn/store'
import type { Context } from './context.ts'
import { newestOffered } from './recognition-case.ts'
import { ownRegistry } from './registry.ts'

/** Something that may be taken: an edition on offer with its hours of learning, and the facts of a credential of it. */
export interface Course {
  edition: Edition
  hours: number
  facts: StackingFacts
}

/** A pathway with the tenant it belongs to, and the specification of which an edition is awarded. */
export interface Offered {
  tenant: string
  offered: OfferedPathway
  specification?: string
}

const keyOf = (urn: string) => urn.replace('urn:uuid:', '')
const mostCourses = 500

/** Reads the pathways of all bodies; of one body when named. */
export async function readOffered(context: Context, body?: string): Promise<Offered[]> {
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
  const titles = Object.fromEntries(
    read.flatMap(({ editions }) => editions.map(({ edition }) => [edition.achievement, textIn(edition.specification.title, 'en')])),
  )
  return read.flatMap(({ tenant, organisation, versions, editions }) =>
    versions.map((row) => {
      const offered = offeredAnswer(row, organisation, editions, { ...names, ...titles })
      const awarded = editions.find(({ edition }) => edition.id === offered.pathway.award)
      return { tenant, offered, ...(awarded ? { specification: awarded.edition.specification.id } : {}) }
    }),
  )
}

/** The newest editions of this installation that are on offer and tell their hours, each with the facts of a credential that was issued `today`. */
export async function readCourses(context: Context, today: string): Promise<Course[]> {
  const { editions } = await listOffered(context.database, mostCourses)
  return editions.flatMap((edition) => {
    const { hours, ects } = edition.specification.workload
    if (hours === undefined && ects === undefined) return []
    const given = { achievement: edition.achievement, issuer: edition.institution.id, on: today }
    return [{ edition, hours: hours ?? (ects ?? 0) * 30, facts: stackingFacts(specimenReport(edition.specification, given)) }]
  })
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

/** Courses as offers of a pathway: those that fit a slot, are not the award itself, and would add to what is held. */
export function offersFor(
  { offered: { pathway }, specification }: Pick<Offered, 'offered' | 'specification'>,
  courses: readonly Course[],
  held: readonly StackingFacts[],
  today: string,
): StackingOffer[] {
  return courses.flatMap(({ edition, hours, facts }) => {
    if (edition.specification.id === specification || isHeld(pathway, held, edition.achievement, today)) return []
    const { credits, tags, provider, eqf, assessed } = countedAs(pathway, facts)
    if (!tags?.length || assessed !== true || credits == null) return []
    return [{ id: edition.achievement, credits, tags, hours, provider: provider ?? null, eqf: eqf ?? null }]
  })
}
