/** `npm run interop`: every published file beside what came of it, one line a file. Exits 1 when one differs without a reason. */
import { judgeSafely } from './row.ts'
import { rows } from './rows.ts'

let differing = 0
for (const row of rows()) {
  const { got, why, agrees } = await judgeSafely(row)
  const mark = agrees ? 'as expected' : row.unlike ? 'on purpose ' : 'DIFFERS    '
  if (!agrees && !row.unlike) differing++
  const reason = [agrees ? undefined : row.unlike, why].filter(Boolean).join(' · ')
  console.log(`${mark}  ${row.file}  expected: ${row.expected}  got: ${got}  why: ${reason}`)
}
console.log(`${rows().length} files, ${differing} differing`)
process.exit(differing === 0 ? 0 : 1)
