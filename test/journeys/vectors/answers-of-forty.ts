/** What forty invented bodies of five regions answer to the survey: the same at every run, and different enough to draw. */

const places = [
  ['Europe', ['AT', 'CZ', 'ES', 'FR', 'IT', 'NO', 'PL', 'SE']],
  ['Africa', ['CM', 'EG', 'GH', 'KE', 'MA', 'MG', 'NG', 'ZA']],
  ['Asia', ['BD', 'CN', 'IN', 'JO', 'JP', 'KZ', 'PH', 'QA']],
  ['Americas', ['AR', 'BB', 'BR', 'CA', 'CL', 'CO', 'CR', 'PE']],
  ['Oceania', ['AU', 'FJ', 'NZ', 'PG', 'SB', 'TO', 'VU', 'WS']],
] as const
const kinds = ['weather-service', 'weather-service', 'training-centre', 'university', 'ministry'] as const
const hours = [4, 8, 8, 10, 16, 16, 20, 24, 30, 40]
const bases = [
  'The law on the civil service',
  'Order of the director, 2019',
  'Practice of the training unit',
  'Order on training, 2022',
  'Law 12/2015',
]
const parts = ['Lake', 'Delta', 'Fjord', 'Dune', 'Harbour', 'Summit', 'River', 'Island']

/** Every so many: a value in turn, so that nothing depends on chance. */
const turn = <T>(list: readonly T[], at: number): T => list[at % list.length]!
const some = <T>(list: readonly T[], at: number, step: number): T[] => list.filter((_, place) => (at + place * step) % 3 !== 0)
const type = ['successful-completion', 'participation', 'attendance']

export const answersOfForty = places.flatMap(([region, countries], round) =>
  countries.map((country, at) => {
    const n = round * countries.length + at
    const name = `${turn(parts, at)} Service of the ${region} ${n + 1}`
    const pages: Record<string, object> = {
      body: { A1: { value: turn(kinds, n * 3) } },
      hours: {
        B1:
          n % 9 === 4
            ? { state: 'no-rule' }
            : n % 7 === 3
              ? { value: { 'successful-completion': 8, attendance: 24 } }
              : { value: turn(hours, n * 7) },
        B2: n % 4 === 1 ? { state: 'do-not-know' } : { value: { amount: turn([20, 40, 60, 80], n), per: n % 3 === 0 ? 'step' : 'year' } },
        B3: { value: { 'successful-completion': 1, participation: turn([0.5, 0.5, 1, 0], n), attendance: turn([0, 0, 0.5], n) } },
      },
      certificate: {
        B4: { value: ['signature', ...some(['seal', 'reference', 'date', 'duration', 'letterhead'], n, 2)] },
        B5: { value: ['paper', ...some(['qualified-seal', 'advanced-seal', 'wallet', 'badge'], n, 1)] },
        B6: n % 8 === 5 ? { value: ['Lakeside Institute', 'Delta Academy'] } : { value: turn(['any', 'accredited', 'rtc', 'partner'], n) },
        B10: n % 3 === 2 ? { state: 'no-rule' } : { value: turn([2, 3, 5, 5, 10], n) },
        B11: { value: turn([['en'], ['en', 'fr'], ['ar', 'en'], ['es'], ['en', 'ru']], n) },
      },
      learning: {
        B7: { value: turn(['none', 'wmo-1209', 'wmo-1209-named', 'national'], n) },
        B8: n % 6 === 5 ? { state: 'other', words: 'A test only for the last module, order 7' } : { value: 'none' },
        B9: { value: turn(['yes', 'yes', 'blended', 'no'], n) },
        B12: { value: ['promotion', ...some(['allowance', 'cpd', 'licence', 'entry'], n, 2)] },
      },
      issuing: {
        C1: { value: some(type, n, 1).length > 0 ? some(type, n, 1) : ['attendance'] },
        C2: { value: ['hours', ...some(['outcomes', 'level', 'assessment', 'grade', 'quality-assurance'], n, 2)] },
        C3: { value: turn(['register', 'course', 'not'], n) },
        C4: { value: [turn(['head', 'training', 'trainer'], n)] },
        C5: { value: turn(['in-use', 'one-year', 'later', 'none'], n) },
      },
      basis: {
        ...(n % 4 === 3 ? {} : { D1: { value: turn(bases, n) } }),
        D2: { value: turn(['law', 'institution', 'institution', 'unit'], n) },
        D3: { value: ['comparability', ...some(['law', 'trust', 'effort', 'technology'], n, 1)] },
        D4: { value: turn(['yes', 'yes', 'perhaps', 'no'], n) },
      },
      consent: { D5: { value: turn(['named', 'together', 'together', 'together', 'no'], n + round) } },
    }
    return { name, respondent: { name, country, region, role: 'Head of training' }, pages }
  }),
)
