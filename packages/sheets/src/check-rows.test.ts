import { fullName } from '@cairn/core'
import { expect, test } from 'vitest'
import { checkRows, type RowCheck } from './check-rows.ts'
import { fieldOfHeading } from './fields.ts'
import { guessColumns } from './guess-columns.ts'
import { readDate } from './read-date.ts'
import { readSheet } from './read-sheet.ts'
import { sampleSheet } from './sample-sheet.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const badge = { kind: 'badge' as const, parts: [], outcomes: [], assessments: [] }
const micro = { kind: 'micro-credential' as const, parts: [], outcomes: [] }
const today = '2026-11-25'

function check(text: string, more: Partial<RowCheck> = {}) {
  const sheet = readSheet(utf8(text))
  const specification = more.specification ?? badge
  return checkRows({
    rows: sheet.rows,
    mapping: guessColumns(sheet.header, sheet.rows, specification),
    specification,
    today,
    awardDate: '2026-05-12',
    ...more,
  })
}
const problemsOf = (checked: ReturnType<typeof check>) =>
  checked.rows.flatMap((row) => row.problems.map(({ code, pointer }) => `${code} ${pointer}`))

test.each([
  ['Jméno;Příjmení;Datum narození;E-mail;Osobní číslo;Známka', 'givenName familyName dateOfBirth email identifier grade'],
  ['Vorname;Nachname;Geburtsdatum;E-Mail-Adresse;Matrikelnummer', 'givenName familyName dateOfBirth email identifier'],
  ['Prénom;Nom;Date de naissance;Courriel;Note', 'givenName familyName dateOfBirth email grade'],
  ['Nombre;Apellidos;Fecha de nacimiento;Correo electrónico', 'givenName familyName dateOfBirth email'],
  ['Imię;Nazwisko;Data urodzenia;Ocena', 'givenName familyName dateOfBirth grade'],
  ['الاسم الكامل;تاريخ الميلاد;البريد الإلكتروني', 'fullName dateOfBirth email'],
  ['Name;Surname;DOB', 'givenName familyName dateOfBirth'],
  ['Name;First name', 'familyName givenName'],
  ['First Name;Last Name;Award Date;Student ID;Shoe size', 'givenName familyName awardDate identifier '],
  ['given_name;family_name;award_date', 'givenName familyName awardDate'],
  [
    'givenName;familyName;learningStart;learningEnd;assessmentDate;referenceNumber;language;nationalId',
    'givenName familyName learningStart learningEnd assessmentDate referenceNumber language nationalId',
  ],
])('columns are guessed from %s', (header, fields) => {
  expect(
    guessColumns(header.split(';'), [])
      .map((field) => field ?? '')
      .join(' '),
  ).toBe(fields)
})

test('columns nobody can name are guessed by what stands in them', () => {
  const sheet = readSheet(
    utf8('Jméno,x,y\nAna Nová,ana@example.org,1.2.1999\nBo Starý,bo@example.org,3.4.1980\nCy Malá,cy@example.org,5.6.1971\n'),
  )
  expect(guessColumns(sheet.header, sheet.rows)).toEqual(['fullName', 'email', 'dateOfBirth'])
})

test('everything that is wrong with a row is told at once, each beside its cell', () => {
  const checked = check('givenName,email,dateOfBirth,awardDate\nBo,no mail,2001-02-30,tomorrow\n')
  expect(problemsOf(checked).sort()).toEqual([
    'sheet.cell-wrong /rows/1/awardDate',
    'sheet.cell-wrong /rows/1/dateOfBirth',
    'sheet.cell-wrong /rows/1/email',
  ])
})

test('parts of a transcript are columns by key or title', () => {
  const specification = { parts: [{ key: 'statistics', title: { en: 'Applied statistics' } }], kind: 'transcript' as const, outcomes: [] }
  expect(fieldOfHeading('Applied Statistics', specification)).toBe('part:statistics')
  const { rows } = check('fullName,part:statistics\nAna Novák,B\n', { specification })
  expect(rows[0]!.given!.parts).toEqual({ statistics: 'B' })
})

test.each([
  ['2026-05-12', '2026-05-12'],
  ['2026/05/12', '2026-05-12'],
  ['2026-05-12T00:00:00', '2026-05-12'],
  ['12.5.2026', '2026-05-12'],
  ['12. 5. 2026', '2026-05-12'],
  ['13/05/2026', '2026-05-13'],
  ['05/13/2026', '2026-05-13'],
  ['05/05/2026', '2026-05-05'],
  ['12 May 2026', '2026-05-12'],
  ['May 12, 2026', '2026-05-12'],
  ['12. května 2026', '2026-05-12'],
  ['12 de mayo de 2026', '2026-05-12'],
  ['12. März 2026', '2026-03-12'],
  ['٢٠٢٦-٠٥-١٢', '2026-05-12'],
  ['29.2.2024', '2024-02-29'],
])('the day %s is %s', (cell, day) => {
  expect(readDate(cell)).toEqual({ day })
})

test.each(['29.2.2026', '31.4.2026', '12.5.26', '46154', 'yesterday', '2026-13-01', '2026', '12 Foo 2026'])(
  '%s is no day, and the reason says what to write',
  (cell) => {
    expect(readDate(cell)).toHaveProperty('wrong')
  },
)

test('an ambiguous date is a problem unless its column decides', () => {
  expect(readDate('12/05/2026')).toEqual({ ambiguous: ['2026-05-12', '2026-12-05'] })
  expect(problemsOf(check('fullName,dateOfBirth\nAna N,02/03/1999\nBo M,04/05/1999\n'))).toEqual([
    'sheet.date-ambiguous /rows/1/dateOfBirth',
    'sheet.date-ambiguous /rows/2/dateOfBirth',
  ])
  const days = (text: string) => check(text).rows.map((row) => row.given?.learner.dateOfBirth)
  expect(days('fullName,dateOfBirth\nAna N,02/03/1999\nBo M,25/05/1999\n')).toEqual(['1999-03-02', '1999-05-25'])
  expect(days('fullName,dateOfBirth\nAna N,02/03/1999\nBo M,05/25/1999\n')).toEqual(['1999-02-03', '1999-05-25'])
  expect(days('fullName,dateOfBirth\nAna N,02/03/1999\nBo M,05/25/1999\nCy O,25/05/1999\n')).toEqual([
    undefined,
    '1999-05-25',
    '1999-05-25',
  ])
})

test('R-UNI-1: hard names come through as they are, composed', () => {
  const names = [
    'Nguyễn Thị Hồng-Đào',
    'Ng',
    "O’Connor-D'Arcy",
    'محمد بن عبد الله',
    'שָׁלוֹם כֹּהֵן',
    'José Ángel',
    'Z̲alg̈o',
    '=cmd',
    '+1',
    '-x',
    '@SUM(1)',
    "'t Hart",
    '山田太郎',
    '𠮷野家',
    'مى\u200cخواهم',
    'A'.repeat(300),
  ]
  const { rows } = check(`givenName,identifier\n${names.map((name, n) => `"${name}",${n}`).join('\n')}\n`)
  expect(rows.map((row) => row.given && fullName(row.given.learner))).toEqual(names.map((name) => name.normalize('NFC')))
  expect(check('givenName\nJose\u0301\n').rows[0]!.given!.learner.givenName).toBe('José')
  expect(problemsOf(check('givenName\na\u202eb\na\u0007b\n'))).toEqual([
    'sheet.cell-wrong /rows/1/givenName',
    'sheet.cell-wrong /rows/2/givenName',
  ])
})

test('whole names are parted with a warning, not with a problem', () => {
  const { rows } = check('fullName\nAna María Novák\n"Novák, Ana"\nNgọc\n')
  expect(rows.map((row) => [row.given!.learner.givenName, row.given!.learner.familyName, row.warnings.length])).toEqual([
    ['Ana María', 'Novák', 1],
    ['Ana', 'Novák', 0],
    ['Ngọc', undefined, 0],
  ])
})

test('what is missing or wrong is named by row and field', () => {
  expect(
    problemsOf(
      check(
        'givenName,email,awardDate\n,a@example.org,2026-05-12\nBo,no mail,2026-05-12\nCy,c@example.org,2027-01-01\nDi,d@example.org,\n',
        { awardDate: undefined as never },
      ),
    ),
  ).toEqual([
    'sheet.cell-missing /rows/1/givenName',
    'sheet.cell-wrong /rows/2/email',
    'sheet.cell-wrong /rows/3/awardDate',
    'sheet.cell-missing /rows/4/awardDate',
  ])
  expect(problemsOf(check(`givenName,grade\nAna,"${'x'.repeat(1_000_000)}"\nBo,${'x'.repeat(201)}\nCy,A,B\n`))).toEqual([
    'sheet.cell-too-long /rows/1/grade',
    'sheet.cell-wrong /rows/2/grade',
    'sheet.row-uneven /rows/3/cells',
  ])
  expect(problemsOf(check('givenName,dateOfBirth\nAna,2030-01-01\nBo,1850-01-01\nCy,2024-01-01\n'))).toHaveLength(3)
})

test('Annex I, 1: a micro-credential needs more than a name, another kind does not', () => {
  const text = 'givenName,familyName,email\nAna,Novák,ana@example.org\n'
  expect(problemsOf(check(text, { specification: micro }))).toEqual(['sheet.cell-missing /rows/1/dateOfBirth'])
  expect(problemsOf(check(text))).toEqual([])
})

test('X1: days stand in order', () => {
  const header = 'fullName,identifier,learningStart,learningEnd,assessmentDate,awardDate\n'
  expect(problemsOf(check(`${header}Ana N,1,2026-01-01,2026-02-01,2026-02-02,2026-02-03\n`))).toEqual([])
  expect(problemsOf(check(`${header}Ana N,1,2026-03-01,2026-02-01,2026-02-02,2026-02-03\n`))).toEqual([
    'sheet.cell-wrong /rows/1/learningEnd',
  ])
  expect(problemsOf(check(`${header}Ana N,1,2026-01-01,,2026-02-09,2026-02-03\n`))).toEqual(['sheet.cell-wrong /rows/1/awardDate'])
})

test('duplicates are named: by identifier, by name and birthday, by name and address', () => {
  const { rows } = check(
    'fullName,identifier,dateOfBirth,email\nAna N,1,,\nOther Name,1,,\nBo M,,1999-01-01,\nBo  M,,1999-01-01,x@example.org\nBo M,,1999-01-02,\nCy,,,c@example.org\nCy,,,C@example.org\nCy,,,d@example.org\n',
  )
  expect(rows.map((row) => row.duplicateOf)).toEqual([undefined, 1, undefined, 3, undefined, undefined, 6, undefined])
  expect(rows[1]).toMatchObject({ problems: [{ code: 'sheet.duplicate', pointer: '/rows/2/fullName' }] })
  expect(rows[1]!.given).toBeUndefined()
})

test('missing columns are a problem of the file', () => {
  expect(check('grade\nA\n').problems.map((each) => each.code)).toEqual(['sheet.column-missing'])
  expect(check('fullName\n', { awardDate: undefined as never }).problems.map((each) => each.code)).toEqual([
    'sheet.unreadable',
    'sheet.column-missing',
  ])
})

test('the sample file is one that we read without a word', () => {
  for (const graded of [true, false]) {
    const assessments = [{ key: 'exam', title: { en: 'Exam' }, modes: [], graded }]
    const text = sampleSheet({ ...micro, assessments })
    const checked = check(text, { specification: micro })
    expect([problemsOf(checked), checked.problems]).toEqual([[], []])
    expect(text.includes('grade')).toBe(graded)
  }
})
