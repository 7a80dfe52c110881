/** A complete micro-credential of an institution that does not exist: something to test and to measure with. */
import { AchievementSpecification, Edition, Organisation } from '@cairn/core'

/** An institution of nowhere, with an official number. */
export const sampleInstitution: Organisation = Organisation.parse({
  id: 'urn:uuid:6d9c1a52-6a0e-4f0b-9a55-3f5a2f1f0b11',
  legalName: { en: 'Lakeside Institute of Hydrometeorology', cs: 'Hydrometeorologický ústav u jezera' },
  country: 'CZ',
  address: { en: '1 Weir Street, Lakeside' },
  identifiers: [{ kind: 'vat', value: 'CZ00000019', country: 'CZ' }],
  homepage: 'https://lakeside.example',
  higherEducation: true,
})

const list = 'http://data.europa.eu/snb/'

/** A specification with all eleven mandatory elements of Annex I, in English and Czech. */
export const sampleSpecification: AchievementSpecification = AchievementSpecification.parse({
  id: 'urn:uuid:0d9a4f0e-52ce-4b3a-8f6c-1f1b3a6f7c22',
  kind: 'micro-credential',
  title: { en: 'Homogenisation of climate records', cs: 'Homogenizace klimatických řad' },
  primaryLanguage: 'en',
  description: {
    en: 'Finding and correcting breaks in long series of temperature and precipitation.',
    cs: 'Hledání a oprava zlomů v dlouhých řadách teplot a srážek.',
  },
  outcomes: [
    {
      key: 'detect',
      title: {
        en: 'Detect breaks in a temperature series with two statistical tests',
        cs: 'Odhalit zlomy v řadě teplot dvěma statistickými testy',
      },
      type: 'skill',
      assessedBy: ['project'],
    },
    {
      key: 'correct',
      title: {
        en: 'Correct a daily series and estimate the remaining uncertainty',
        cs: 'Opravit denní řadu a odhadnout zbývající nejistotu',
      },
      type: 'skill',
      assessedBy: ['project'],
    },
    {
      key: 'explain',
      title: { en: 'Explain the choice of reference stations to a colleague', cs: 'Vysvětlit kolegovi volbu referenčních stanic' },
      type: 'responsibility',
      assessedBy: ['oral'],
    },
  ],
  workload: { ects: 2, hours: 56 },
  level: { eqf: 6, nqf: [], cycle: 'first' },
  assessments: [
    {
      key: 'project',
      title: { en: 'Homogenised series with a report', cs: 'Homogenizovaná řada se zprávou' },
      type: `${list}assessment/795dac4096`,
      criteria: { en: 'All breaks longer than five years found, corrections documented, uncertainty stated.' },
      supervision: `${list}supervision-verification/70be69aaf9`,
      graded: true,
      gradingScheme: { en: 'A to F, pass from D' },
    },
    {
      key: 'oral',
      title: { en: 'Conversation about the report', cs: 'Rozhovor nad zprávou' },
      type: `${list}assessment/d30284d7df`,
      criteria: { en: 'The choice of reference stations is explained and defended.' },
    },
  ],
  participation: [`${list}learning-assessment/920fbb3cbe`],
  qualityAssurance: {
    type: 'internal',
    statement: { en: 'Reviewed each year by the institute’s board of studies and by learners’ feedback.' },
  },
  prerequisites: { en: 'First course in statistics.' },
  stackability: { type: 'standalone', towards: [] },
  fields: [`http://data.europa.eu/snb/isced-f/0532`],
  taughtIn: ['en', 'cs'],
  referenceNumbers: { pattern: 'LH-{year}-{number}' },
})

/** The specification, published. */
export const sampleEdition: Edition = Edition.parse({
  id: '5b0f3c0e-2a0c-4a55-9d0b-6c0a7c0f9e33',
  achievement: 'urn:uuid:9f0c2d4e-7b1a-4c3d-8e5f-0a1b2c3d4e44',
  version: 1,
  publishedAt: '2026-03-01T08:00:00Z',
  specification: sampleSpecification,
  institution: sampleInstitution,
})
