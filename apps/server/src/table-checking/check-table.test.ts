/** A large table is read and checked apart, and comes out as it would here; one that is too much costs itself alone. */
import { sampleEdition } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { checkTable } from './check-apart.ts'
import { mappingOf, type TableKnown } from './check-table.ts'
import { readJob, type TableJob } from './table-job.ts'

const today = '2026-06-01'
const nothing: TableKnown = { keys: new Set(), taken: new Map(), promised: new Set(), unset: new Set() }

/** Learners of a table; every hundredth has no day of birth, every thousandth is there twice, and each has a number. */
function fileOf(learners: number): TableJob {
  const lines = Array.from({ length: learners }, (_, at) => {
    const n = at % 1000 === 999 ? at - 1 : at
    return `Zoë Ĉe ${n},${at % 100 === 7 ? '' : '1990-03-01'},2026-05-12,N-${at}`
  })
  const bytes = new TextEncoder().encode(['fullName,dateOfBirth,awardDate,referenceNumber', ...lines].join('\n'))
  return { edition: sampleEdition, today, from: { kind: 'file', file: { name: 'graduates.csv', bytes } } }
}

test('a table of 4,000 rows comes out of a thread as it does here, with what is known of it', async () => {
  const job = fileOf(4000)
  const here = await readJob(job)
  const known = {
    keys: new Set([here.asks.keys[1]!]),
    taken: new Map([['N-2', ['019ed270-0000-7000-8000-000000000001']]]),
    promised: new Set(['N-3']),
    unset: new Set(['Ĉ']),
  }
  expect(here.asks.letters).toEqual(['ë', 'Ĉ'])
  const apart = await checkTable(job)
  expect({ facts: apart.facts, asks: apart.asks }).toEqual({ facts: here.facts, asks: here.asks })
  const texts: string[] = []
  for await (const text of apart.rows(known)) texts.push(text)
  await apart.close()
  expect(texts).toEqual([...here.rows(known)])
  expect(texts).toHaveLength(4)
  const rows = texts.flatMap((text) => JSON.parse(text))
  expect(rows).toHaveLength(4000)
  expect(rows[1]).toMatchObject({ n: 2, duplicateOf: 'award', problems: [] })
  expect(rows[1].warnings).toMatchObject([{ code: 'sheet.name-split' }, { code: 'sheet.letter-unset', pointer: '/rows/2/fullName' }])
  expect(rows[2].problems).toMatchObject([{ code: 'sheet.cell-wrong', pointer: '/rows/3/referenceNumber' }])
  expect(rows[3].problems).toMatchObject([{ code: 'sheet.cell-wrong', pointer: '/rows/4/referenceNumber' }])
  expect(rows[7].problems).toMatchObject([{ code: 'sheet.cell-missing', pointer: '/rows/8/dateOfBirth' }])
  expect(rows[999].problems).toMatchObject([{ code: 'sheet.duplicate' }])
})

test('what is no table is told from a thread as it is told here', async () => {
  const bytes = new TextEncoder().encode(`${','.repeat(300)}\n${'a,b\n'.repeat(40_000)}`)
  const job: TableJob = { edition: sampleEdition, today, from: { kind: 'file', file: { name: 'wide.csv', bytes } } }
  const here = await readJob(job).catch((error) => error.problem)
  expect(here.code).toBe('sheet.unreadable')
  expect(await checkTable(job).catch((error) => error.problem)).toEqual(here)
})

test('R-LIM-1: a table that takes too much time or memory is refused in words', async () => {
  const job = fileOf(30_000)
  const tooLong = await checkTable(job, { milliseconds: 50, megabytes: 768 }).catch((error) => error.problem)
  expect(tooLong).toMatchObject({ code: 'sheet.unreadable', detail: expect.stringContaining('Divide it') })
  const tooMuch = await checkTable(job, { milliseconds: 60_000, megabytes: 16 }).catch((error) => error.problem)
  expect(tooMuch).toMatchObject({ code: 'sheet.unreadable', detail: expect.stringContaining('Divide it') })
})

test('rows that were checked before say nothing again, unless they come out otherwise: also where another row decides how days are read', async () => {
  const rows = ['03/04/2026', '25/05/2026'].map((day, at) => ({ n: at + 1, cells: [`Ana ${at}`, '1990-03-01', day] }))
  const mapping = mappingOf(['fullName', 'dateOfBirth', 'awardDate'])
  const first = await readJob({ edition: sampleEdition, today, from: { kind: 'rows', rows, mapping } })
  const texts = [...first.rows(nothing)]
  expect(JSON.parse(texts[0]!)).toMatchObject([{ given: { awardDate: '2026-04-03' } }, { given: { awardDate: '2026-05-25' } }])
  const again = async (to: string[]) => {
    const change = { row: 2, to: { cells: to } }
    const read = await readJob({ edition: sampleEdition, today, from: { kind: 'store', texts, mapping, change } })
    return [...read.rows(nothing)].flatMap((text) => JSON.parse(text)).map(({ n, given }) => [n, given?.awardDate])
  }
  expect(await again(['Ana 1', '1990-03-01', '25/05/2026'])).toEqual([[2, '2026-05-25']])
  expect(await again(['Ana 1', '1990-03-01', '05/25/2026'])).toEqual([
    [1, '2026-03-04'],
    [2, '2026-05-25'],
  ])
})
