/**
 * Answers of the DEQAR web API (v2), kept in a file, as a snapshot. Facts of shape from DEQAR's public documentation: institutions with identifiers and
 * relationships (`/browse/institutions/{id}`), reports with status, decision, flag, days and programmes (`/browse/reports/…/by-institution/{id}`).
 */
import { z } from 'zod'
import type { Json } from '../json.ts'
import { readAs } from '../read-as.ts'
import { addMonths, isPlainDate } from '../time.ts'
import { countryCodes } from '../vocabularies/countries.ts'
import { cycleEqf } from '../vocabularies/qf-ehea.ts'
import { AccreditationSnapshot } from './accreditation-snapshot.ts'

const text = z.string().max(2000)
const maybe = text.nullish()
const number = z.union([z.int(), text])
const related = z.looseObject({ institution: z.looseObject({ id: number }).optional(), id: number.optional() })
const day = maybe.transform((value) => (value && isPlainDate(value.slice(0, 10)) ? value.slice(0, 10) : undefined))

const Institution = z.looseObject({
  id: number,
  deqar_id: maybe,
  eter_id: z.union([text, z.looseObject({ eter_id: maybe })]).nullish(),
  name_primary: maybe,
  names: z
    .array(z.looseObject({ name_official: maybe, name_english: maybe }))
    .max(100)
    .default([]),
  identifiers: z
    .array(z.looseObject({ identifier: text }))
    .max(200)
    .default([]),
  hierarchical_relationships: z
    .looseObject({
      part_of: z
        .array(related.extend({ valid_from: day, valid_to: day }))
        .max(200)
        .default([]),
      includes: z
        .array(related.extend({ valid_from: day, valid_to: day }))
        .max(2000)
        .default([]),
    })
    .default({ part_of: [], includes: [] }),
  historical_relationships: z
    .array(related.extend({ relationship_type: maybe, relationship_date: day }))
    .max(200)
    .default([]),
})

const Programme = z.looseObject({
  name_primary: maybe,
  programme_names: z
    .array(z.looseObject({ name: text }))
    .max(50)
    .default([]),
  programme_identifiers: z
    .array(z.looseObject({ identifier: text }))
    .max(50)
    .default([]),
  qf_ehea_level: maybe,
  nqf_level: maybe,
  countries: z.array(text).max(100).default([]),
  field_study: maybe,
})

const Report = z.looseObject({
  id: number,
  agency_name: maybe,
  agency_acronym: maybe,
  institutions: z
    .array(z.looseObject({ id: number }))
    .min(1)
    .max(200),
  programmes: z.array(Programme).max(500).default([]),
  valid_from: day,
  valid_to: day,
  status: maybe,
  decision: maybe,
  flag: maybe,
})

/** A file of DEQAR's answers: where they are from, when they were read, and what was answered. */
export const DeqarFile = z.looseObject({
  source: text.min(1),
  retrievedAt: text,
  institutions: z.array(Institution).max(20_000),
  reports: z.array(Report).max(200_000),
})

const idOf = (value: string | number) => `DEQARINST${String(value).padStart(4, '0')}`
const decisions = {
  positive: 'positive',
  'positive with conditions or restrictions': 'positive-with-conditions',
  negative: 'negative',
} as const
const present = (values: readonly (string | null | undefined)[]) => [...new Set(values.filter((value) => value))] as string[]
/** DEQAR counts six years where a report names no end. */
const assumedMonths = 72
/** DEQAR registers what is at the levels of higher education. */
const lowestLevel = 5

/** Reads such a file. A report without a day on which it begins says nothing and is left out. Raises `input.invalid` with a pointer. */
export function readDeqar(json: Json): AccreditationSnapshot {
  const { source, retrievedAt, institutions, reports } = readAs(DeqarFile, json)
  const above = Map.groupBy(
    institutions.flatMap(({ id, hierarchical_relationships: { includes } }) =>
      includes.map((each) => ({ child: relatedId(each), body: idOf(id), from: each.valid_from, to: each.valid_to })),
    ),
    ({ child }) => child,
  )
  return AccreditationSnapshot.parse({
    form: 'cairn-accreditations-1',
    source,
    retrievedAt,
    lowestLevel,
    bodies: institutions.map((each) => ({
      id: idOf(each.id),
      names: present([each.name_primary, ...each.names.flatMap((name) => [name.name_official, name.name_english])]),
      identifiers: present([
        each.deqar_id ?? idOf(each.id),
        typeof each.eter_id === 'string' ? each.eter_id : each.eter_id?.eter_id,
        ...each.identifiers.map(({ identifier }) => identifier),
      ]),
      partOf: [
        ...each.hierarchical_relationships.part_of.map((parent) => ({
          body: relatedId(parent),
          from: parent.valid_from,
          to: parent.valid_to,
        })),
        ...(above.get(idOf(each.id)) ?? []).map(({ body, from, to }) => ({ body, from, to })),
      ].filter(({ body }) => body !== undefined),
      // What was before it; of what came after (`succeeded by`, `merged into`) the later body speaks itself.
      succeeds: each.historical_relationships
        .filter(({ relationship_type: type }) => /succe|merge|absorb|integrat/i.test(type ?? '') && !/\bby\b|\binto\b/i.test(type ?? ''))
        .map((before) => ({ body: relatedId(before), on: before.relationship_date }))
        .filter(({ body }) => body !== undefined),
    })),
    records: reports.flatMap((report) => {
      const { valid_from: from, valid_to: to, programmes } = report
      if (!from) return []
      const levels = programmes.flatMap(levelOf)
      return [
        {
          id: `https://data.deqar.eu/report/${report.id}`,
          bodies: report.institutions.map(({ id }) => idOf(id)),
          agency: report.agency_name ?? report.agency_acronym ?? '',
          decision: decisions[report.decision as keyof typeof decisions] ?? 'not-applicable',
          obligatory: /obligatory/i.test(report.status ?? ''),
          flagged: /high/i.test(report.flag ?? ''),
          from,
          to: to ?? addMonths(from, assumedMonths),
          toAssumed: !to,
          programmes: present(
            programmes.flatMap(({ name_primary, programme_names, programme_identifiers }) => [
              name_primary,
              ...programme_names.map(({ name }) => name),
              ...programme_identifiers.map(({ identifier }) => identifier),
            ]),
          ),
          levels: levels.length === programmes.length ? [...new Set(levels)] : [],
          fields: present(programmes.map(({ field_study }) => /\b\d{2,4}$/.exec(field_study ?? '')?.[0])),
          places: present(programmes.flatMap(({ countries }) => countries.map(placeOf))),
          address: `https://data.deqar.eu/report/${report.id}`,
        },
      ]
    }),
  })
}

function relatedId({ institution, id }: z.infer<typeof related>): string | undefined {
  const value = institution?.id ?? id
  return value === undefined ? undefined : idOf(value)
}

function levelOf({ qf_ehea_level }: z.infer<typeof Programme>): number[] {
  const level = cycleEqf[/short|first|second|third/i.exec(qf_ehea_level ?? '')?.[0].toLowerCase() ?? '']
  return level === undefined ? [] : [level]
}

let codes: ReadonlyMap<string | undefined, string> | undefined

/** A country by its code of two letters, or by its English name; one that is not known limits to a place where nobody is. */
function placeOf(country: string): string {
  if (countryCodes.has(country)) return country
  if (!codes) {
    const names = new Intl.DisplayNames(['en'], { type: 'region' })
    codes = new Map([...countryCodes.keys()].map((code) => [names.of(code), code]))
  }
  return codes.get(country) ?? 'ZZ'
}
