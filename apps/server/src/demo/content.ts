/** What the demonstration begins with: one invented institution and what it offers. */
import { AchievementSpecification, Organisation } from '@cairn/core'

const list = 'http://data.europa.eu/snb/'

/** The institutions of demonstrations: one each, and two that share credit where there are two. */
export const demoInstitutions = {
  college: Organisation.parse({
    id: 'urn:uuid:0b7a3c11-5b0e-4d1c-9a55-2f4c1e0d9a10',
    legalName: { en: 'Hillside College (demonstration)', cs: 'Kolej na kopci (ukázka)', ar: 'كلية التل (عرض توضيحي)' },
    country: 'CZ',
    address: { en: '7 Orchard Lane, Hillside' },
    identifiers: [{ kind: 'vat', value: 'CZ00000027', country: 'CZ' }],
    homepage: 'https://hillside.example',
    email: 'registry@hillside.example',
    higherEducation: true,
  }),
  'training-centre': Organisation.parse({
    id: 'urn:uuid:5c1f7f0e-2c64-4d0b-8e43-7a90d5b1c2f4',
    legalName: {
      en: 'Meadow Training Centre (demonstration)',
      cs: 'Vzdělávací centrum Louka (ukázka)',
      ar: 'مركز المرج للتدريب (عرض توضيحي)',
    },
    country: 'CZ',
    address: { en: '3 Mill Road, Meadow' },
    identifiers: [{ kind: 'vat', value: 'CZ00000035', country: 'CZ' }],
    homepage: 'https://meadow.example',
    email: 'office@meadow.example',
  }),
} as const

/** Names of the people who work there, one a role. */
export const demoPeople = {
  owner: 'Olga Ondráčková',
  designer: 'Daniel Drápal',
  awarder: 'Alena Adamcová',
  approver: 'Petr Prokeš',
  sealer: 'Simona Sýkorová',
  auditor: 'Aleš Auředník',
} as const

/** A micro-credential that is complete by Annex I, in three languages. */
export const demoMicroCredential = (id: string): AchievementSpecification =>
  AchievementSpecification.parse({
    id,
    kind: 'micro-credential',
    title: {
      en: 'Reading climate data for local planning',
      cs: 'Čtení klimatických dat pro místní plánování',
      ar: 'قراءة بيانات المناخ للتخطيط المحلي',
    },
    primaryLanguage: 'en',
    description: {
      en: 'For people in town halls, schools and farms who decide with climate data and want to know what it says and what it does not.',
      cs: 'Pro lidi z radnic, škol a hospodářství, kteří podle klimatických dat rozhodují a chtějí vědět, co říkají a co ne.',
      ar: 'للعاملين في البلديات والمدارس والمزارع ممن يتخذون قراراتهم استنادًا إلى بيانات المناخ.',
    },
    outcomes: [
      {
        key: 'select',
        title: {
          en: 'Select a data set that fits a planning question',
          cs: 'Vybrat datovou sadu vhodnou pro otázku plánování',
          ar: 'اختيار مجموعة بيانات تناسب سؤال التخطيط',
        },
        type: 'skill',
        assessedBy: ['plan'],
      },
      {
        key: 'interpret',
        title: {
          en: 'Interpret trends and extremes with their uncertainty',
          cs: 'Vyložit trendy a extrémy s jejich nejistotou',
          ar: 'تفسير الاتجاهات والقيم القصوى مع عدم اليقين فيها',
        },
        type: 'skill',
        assessedBy: ['plan', 'talk'],
      },
      {
        key: 'explain',
        title: {
          en: 'Explain a finding to people who will act on it',
          cs: 'Vysvětlit zjištění lidem, kteří podle něj budou jednat',
          ar: 'شرح النتائج لمن سيعملون بها',
        },
        type: 'responsibility',
        assessedBy: ['talk'],
      },
    ],
    workload: { ects: 2, hours: 54 },
    level: { eqf: 5, nqf: [], cycle: 'short' },
    assessments: [
      {
        key: 'plan',
        title: { en: 'A short plan for a real place', cs: 'Krátký plán pro skutečné místo', ar: 'خطة قصيرة لمكان حقيقي' },
        type: `${list}assessment/795dac4096`,
        criteria: { en: 'The data fits the question, the uncertainty is stated, the advice follows from both.' },
        supervision: `${list}supervision-verification/70be69aaf9`,
        graded: true,
        gradingScheme: { en: 'A to F, pass from D' },
      },
      {
        key: 'talk',
        title: { en: 'A conversation about the plan', cs: 'Rozhovor nad plánem', ar: 'محادثة حول الخطة' },
        type: `${list}assessment/d30284d7df`,
        criteria: { en: 'Questions of a layperson are answered rightly and plainly.' },
        supervision: `${list}supervision-verification/70be69aaf9`,
      },
    ],
    participation: [`${list}learning-assessment/920fbb3cbe`],
    qualityAssurance: {
      type: 'internal',
      statement: { en: 'Reviewed each year by the college’s board of studies, with learners’ feedback.' },
    },
    prerequisites: { en: 'None; a spreadsheet is enough.' },
    stackability: { type: 'standalone', towards: [] },
    fields: [`${list}isced-f/0532`],
    taughtIn: ['en', 'cs'],
    referenceNumbers: { pattern: 'HC-{year}-{number}' },
  })

/** A certificate of attendance, to show what it may not say. */
export const demoAttendance = (id: string): AchievementSpecification =>
  AchievementSpecification.parse({
    id,
    kind: 'certificate-of-attendance',
    title: { en: 'Open day of the weather station', cs: 'Den otevřených dveří meteorologické stanice' },
    primaryLanguage: 'en',
    description: { en: 'A day with the instruments and the people who read them.' },
    workload: { contactHours: 6 },
  })

/** Learners who hold the first credentials; invented, like everything here. */
export const demoLearners = [
  { givenName: 'Anežka', familyName: 'Příkopová-Dvořáčková', dateOfBirth: '1999-04-12', email: 'anezka@learners.example', grade: 'A' },
  { givenName: 'يوسف', familyName: 'الخطيب', dateOfBirth: '1988-11-02', email: 'yusuf@learners.example', grade: 'B', language: 'ar' },
  { givenName: 'Sukarno', dateOfBirth: '2001-01-30', email: 'sukarno@learners.example', grade: 'C' },
] as const
