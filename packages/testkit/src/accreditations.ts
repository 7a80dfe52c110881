/** A registry of accreditations made to measure, in the shape of the DEQAR web API (v2): bodies and agencies are invented. */

/** What a test wants of it. Days as `2026-05-12`. */
export interface AccreditationsGiven {
  /** Official number of the body that is accredited as a whole. */
  identifier: string
  name: string
  from?: string
  to?: string
  retrievedAt?: string
}

/** A body with an institutional accreditation, a faculty of it with one programme, the college that became part of it, and a body without any. */
export function sampleAccreditations(given: AccreditationsGiven) {
  const { identifier, name, from = '2024-01-01', to = '2030-12-31', retrievedAt = '2026-11-01T06:00:00Z' } = given
  const institution = (id: number, name_primary: string, numbers: readonly string[], more: object = {}) => ({
    id,
    eter_id: null,
    names: [{ name_official: name_primary, name_english: name_primary }],
    identifiers: numbers.map((each) => ({ identifier: each, resource: 'EU-VAT' })),
    hierarchical_relationships: { part_of: [], includes: [] },
    historical_relationships: [],
    ...more,
  })
  const report = (id: number, institutions: readonly number[], more: object) => ({
    id,
    agency_name: 'Agency for Quality of the Valleys',
    agency_esg_activity_type: 'institutional',
    institutions: institutions.map((each) => ({ id: each })),
    programmes: [] as object[],
    status: 'part of obligatory EQA system',
    decision: 'positive',
    flag: 'none',
    valid_from: from,
    valid_to: to as string | null,
    ...more,
  })
  return {
    source: 'Example in the shape of DEQAR',
    retrievedAt,
    institutions: [
      institution(1, name, [identifier], {
        hierarchical_relationships: {
          part_of: [],
          includes: [{ institution: { id: 2 }, relationship_type: 'faculty', valid_from: '2015-01-01', valid_to: null }],
        },
        historical_relationships: [{ institution: { id: 3 }, relationship_type: 'absorbed', relationship_date: '2025-06-01' }],
      }),
      institution(2, 'Faculty of Waters', ['VATXX-2']),
      institution(3, 'College that was', ['VATXX-3']),
      institution(4, 'Body without any', ['VATXX-4']),
    ],
    reports: [
      report(101, [1], {}),
      report(102, [2], {
        programmes: [{ name_primary: 'Hydrology', qf_ehea_level: 'second cycle', countries: ['Czechia'] }],
        decision: 'positive with conditions or restrictions',
      }),
      report(103, [3], { valid_from: '2018-03-01', valid_to: null }),
      report(104, [4], { status: 'voluntary' }),
      report(105, [4], { flag: 'high level' }),
      report(106, [4], { decision: 'negative' }),
    ],
  }
}
