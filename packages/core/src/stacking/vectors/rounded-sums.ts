/** A case that is one half credit short, in which rounding once hid the best answer; the values of the answer are those of HiGHS. */
import type { SlotCase } from '../stacking-case.ts'

const slots: readonly (readonly [tags: string, credits: number])[] = [
  ['t0', 17],
  ['t1 t7', 15.5],
  ['t2 t1', 16],
  ['t3', 10.5],
  ['t4', 21],
  ['t5', 18.5],
  ['t6', 5],
  ['t7', 18],
  ['t8', 22],
  ['t9', 0],
]
const credentials: readonly (readonly [id: string, credits: number, tags: string, grade: number, issued: string])[] = [
  ['c028', 4, 't4', 0.97, '2014-05-04'],
  ['c009', 7.5, 't1 t5', 0.76, '2021-07-13'],
  ['c010', 6, 't6 t8', 0.59, '2021-07-24'],
  ['c020', 8, 't2 t6', 0.89, '2021-03-11'],
  ['c012', 8, 't3 t4', 0.97, '2016-01-30'],
  ['c024', 10, 't8 t3', 0.7, '2024-09-11'],
  ['c006', 10, 't4 t6', 0.64, '2022-07-29'],
  ['c017', 4, 't4', 0.73, '2018-05-12'],
  ['c026', 6, 't3 t0', 0.75, '2022-05-12'],
  ['c022', 4, 't1', 0.67, '2021-06-09'],
  ['c034', 2, 't5 t2', 0.62, '2016-07-09'],
  ['c002', 3, 't5 t6', 0.87, '2023-10-24'],
  ['c033', 2, 't1 t3', 0.81, '2014-07-31'],
  ['c000', 7.5, 't0 t3', 0.94, '2018-01-13'],
  ['c038', 8, 't3 t6', 0.91, '2025-04-13'],
  ['c016', 3, 't4', 0.75, '2022-03-12'],
  ['c025', 5, 't8', 0.95, '2016-05-23'],
  ['c013', 5, 't6 t7', 0.78, '2019-10-16'],
  ['c027', 3, 't8 t0', 0.6, '2015-06-24'],
  ['c004', 3, 't7 t1', 0.5, '2018-10-26'],
  ['c023', 1, 't0', 0.64, '2015-08-28'],
  ['c014', 6, 't9', 0.68, '2016-11-04'],
  ['c011', 3, 't5', 0.82, '2025-07-30'],
  ['c019', 3, 't2 t8', 0.97, '2016-01-06'],
  ['c021', 6, 't9 t7', 0.8, '2017-04-20'],
  ['c001', 5, 't4 t6', 0.54, '2023-12-10'],
  ['c039', 6, 't0', 0.86, '2025-11-11'],
  ['c037', 4, 't8', 0.7, '2017-03-11'],
  ['c031', 8, 't8', 0.62, '2023-10-11'],
  ['c029', 8, 't7', 0.94, '2014-12-15'],
  ['c035', 4, 't1', 0.51, '2023-06-04'],
  ['c007', 2, 't6 t2', 0.9, '2019-01-03'],
  ['c032', 2.5, 't1 t7', 0.67, '2017-07-23'],
  ['c018', 8, 't5 t4', 0.62, '2017-06-16'],
  ['c008', 8, 't2', 0.84, '2015-12-16'],
  ['c003', 4, 't4 t7', 0.96, '2017-03-04'],
  ['c030', 2, 't1 t5', 0.69, '2022-12-31'],
  ['c015', 3, 't3', 0.97, '2016-10-19'],
  ['c036', 2.5, 't0', 0.9, '2020-02-18'],
  ['c005', 5, 't1', 0.52, '2020-08-03'],
]

export const roundedCase: SlotCase = {
  id: 'exact-sums-40x10-17',
  type: 'stacking',
  asOf: '2026-01-10',
  pathway: {
    award: 'A generated award',
    slots: slots.map(([tags, credits], at) => ({ id: `S${at}`, accept: tags.split(' '), minCredits: credits, maxCredits: credits })),
    rules: { totalMin: 143.5 },
  },
  credentials: credentials.map(([id, amount, tags, grade, issueDate]) => ({
    id,
    credits: amount,
    tags: tags.split(' '),
    grade,
    issueDate,
  })),
}

/** In all 143 credits count, by as few credentials as can be. */
export const roundedAnswer = { counted: 143, credentials: 25, grade: 19.38 }
