/** Specifications and awards to try things on, for the tests of this room alone. */
import type { AchievementSpecification, AwardGiven, Edition, Issuer, Organisation } from '@cairn/core'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
/** A urn:uuid by number. */
export const urn = (n: number) => `urn:uuid:${uuid(n)}`

/** A university that awards and seals itself. */
export const university: Organisation = {
  id: urn(1),
  legalName: { en: 'University of the Northern Coast', cs: 'Univerzita Severního pobřeží' },
  country: 'IE',
  region: 'http://publications.europa.eu/resource/authority/atu/IRL_CTH_DUB',
  address: { en: 'Harbour Road 1, Dublin' },
  identifiers: [
    { kind: 'registration', value: '123456', country: 'IE' },
    { kind: 'vat', value: 'IE6388047V' },
    { kind: 'eter', value: 'IE0042' },
  ],
  homepage: 'https://unc.example',
  email: 'registry@unc.example',
  accreditations: [
    {
      title: { en: 'Institutional review 2021' },
      type: 'http://data.europa.eu/snb/accreditation/bb4618238e',
      agency: { legalName: { en: 'Quality Agency' }, country: 'IE', homepage: 'https://quality.example' },
      decision: 'positive',
      issued: '2021-11-02',
      validUntil: '2027-11-02',
      reviewDate: '2027-05-02',
      eqfLevels: [5, 6, 7, 8],
      fields: ['http://data.europa.eu/snb/isced-f/05'],
      countries: ['IE'],
      report: 'https://quality.example/reports/42',
    },
  ],
  higherEducation: true,
}

/** A body that seals for others. */
export const sealingBody: Issuer = {
  organisation: {
    id: urn(2),
    legalName: { en: 'Credential Office' },
    country: 'ES',
    identifiers: [{ kind: 'tax', value: 'A00000000' }],
    accreditations: [],
    higherEducation: false,
  },
  organizationIdentifier: 'VATES-A00000000',
}

/** The university as its own sealer. */
export const universityIssuer: Issuer = { organisation: university, organizationIdentifier: 'VATIE-6388047V' }

/** A micro-credential with every element said. */
export const climateData: AchievementSpecification = {
  id: urn(10),
  kind: 'micro-credential',
  title: { en: 'Climate data for decisions', cs: 'Klimatická data pro rozhodování' },
  primaryLanguage: 'en',
  description: { en: 'Reading and using climate records in planning.' },
  outcomes: [
    {
      key: 'homogenise',
      title: { en: 'Homogenise a temperature series', cs: 'Homogenizovat teplotní řadu' },
      description: { en: 'With at least two methods.' },
      type: 'skill',
      assessedBy: ['project'],
      skills: [
        {
          id: 'http://data.europa.eu/esco/skill/5fd5c985-eaaa-47aa-8314-62359c54505a',
          label: { en: 'develop digital content' },
          scheme: 'http://data.europa.eu/esco/concept-scheme/skills',
        },
      ],
      competencies: [
        { id: 'urn:example:wmo-1209:cs-2', label: { en: 'Climate services competency 2' }, scheme: 'urn:example:wmo-1209', code: 'CS-2' },
      ],
    },
    {
      key: 'explain',
      title: { en: 'Explain the uncertainty of a trend' },
      type: 'knowledge',
      assessedBy: ['oral', 'project'],
      skills: [],
      competencies: [],
    },
  ],
  outcomesSummary: { en: 'Two outcomes about climate records.' },
  workload: { ects: 2, hours: 52.5, contactHours: 12 },
  level: {
    eqf: 6,
    nqf: [
      {
        concept: {
          id: 'http://data.europa.eu/snb/qdr/c_218a7e54',
          label: { en: 'IE NQF Level 8' },
          scheme: 'http://data.europa.eu/snb/qdr/25831c2',
        },
        country: 'IE',
      },
    ],
    cycle: 'first',
  },
  assessments: [
    {
      key: 'project',
      title: { en: 'Project report' },
      type: 'http://data.europa.eu/snb/assessment/795dac4096',
      modes: ['http://data.europa.eu/snb/learning-assessment/920fbb3cbe'],
      supervision: 'http://data.europa.eu/snb/supervision-verification/70be69aaf9',
      criteria: { en: 'The report names its data, its method and its doubt.' },
      criteriaUrl: 'https://unc.example/criteria',
      graded: true,
      gradingScheme: { en: 'A to F' },
    },
    {
      key: 'oral',
      title: { en: 'Talk about the report' },
      type: 'http://data.europa.eu/snb/assessment/d30284d7df',
      modes: [],
      supervision: 'http://data.europa.eu/snb/supervision-verification/70be69aaf9',
      criteria: { en: 'Answers three questions of an assessor.' },
      graded: false,
    },
  ],
  participation: ['http://data.europa.eu/snb/learning-assessment/e92d221e4d'],
  qualityAssurance: {
    type: 'internal',
    statement: { en: 'Reviewed each year by the teaching committee.' },
    accreditations: [],
    nextReview: '2027-06-01',
  },
  prerequisites: { en: 'Basic statistics.' },
  stackability: {
    type: 'stackable',
    towards: [{ title: { en: 'Certificate in Climate Services' } }],
    open: { en: 'Counts towards other certificates on request.' },
  },
  furtherInformation: { en: 'Taught each spring.' },
  homepage: 'https://unc.example/climate-data',
  fields: ['http://data.europa.eu/snb/isced-f/0532'],
  setting: 'formal',
  taughtIn: ['en'],
  activity: {
    title: { en: 'Spring course' },
    type: 'http://data.europa.eu/snb/learning-activity/bf2e3a7bae',
    from: '2026-02-02',
    to: '2026-04-30',
  },
  validity: { months: 36, reason: { en: 'Methods change.' } },
  safetyCritical: false,
  parts: [],
  annex2: {},
}

/** The published edition of a specification. */
export function editionOf(specification: AchievementSpecification, institution: Organisation = university): Edition {
  return { id: uuid(20), achievement: urn(21), version: 1, publishedAt: '2026-01-15T09:00:00Z', specification, institution }
}

/** An award with everything that can be said. */
export const fullAward: AwardGiven & { id: string } = {
  id: urn(30),
  learner: {
    givenName: "Zoë D'Arcy",
    familyName: 'Ó Súilleabháin‑Müller',
    dateOfBirth: '1999-10-02',
    identifier: 'S-2026-001',
    nationalId: { value: 'LA-234218', country: 'IT' },
    email: 'zoe@example.org',
    language: 'ga',
  },
  awardDate: '2026-05-12',
  learningStart: '2026-02-03',
  learningEnd: '2026-04-29',
  assessmentDate: '2026-05-04',
  grade: 'B',
  referenceNumber: 'UNC-2026-0001',
}

/** A grey dot: the smallest picture the format takes. */
export const dot = {
  language: 'en',
  mediaType: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
} as const

/** The other kinds, from the same material. */
export const otherKinds: readonly AchievementSpecification[] = [
  { ...climateData, kind: 'certificate-of-completion', qualityAssurance: undefined, level: { nqf: [] } },
  { ...climateData, kind: 'certificate-of-participation', outcomes: [], assessments: [], workload: { hours: 20, contactHours: 20 } },
  { ...climateData, kind: 'certificate-of-attendance', outcomes: [], assessments: [], workload: { hours: 6 } },
  { ...climateData, kind: 'badge', outcomes: [], assessments: [], workload: {}, level: { nqf: [] } },
  {
    ...climateData,
    kind: 'transcript',
    assessments: [],
    parts: [
      { key: 'statistics', title: { en: 'Statistics' }, ects: 5, hours: 130 },
      { key: 'ocean', title: { en: 'Ocean data' }, ects: 3, specification: urn(77) },
      { key: 'hours', title: { en: 'Field work' }, hours: 40 },
    ],
  },
].map((specification) => JSON.parse(JSON.stringify(specification)))
