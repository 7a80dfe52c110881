/**
 * `npm run bench`: what is fast and what is not, beside the least that has to be done in any case, in one run. Printed, not asserted:
 * figures of other machines and other days are for comparing within one table only. Words after `--` choose rows, by the names below.
 */
import { benchGraduation, benchHundredThousand, benchVisited } from './graduation.ts'
import { benchIssuing } from './issuing.ts'
import { benchLongTerm } from './long-term.ts'
import { benchMatrix } from './matrix.ts'
import { type Row, tableOf } from './measure.ts'
import { benchOpenBadges } from './open-badges.ts'
import { benchPages } from './pages.ts'
import { benchRecognition } from './recognition.ts'
import { benchRevoking } from './revoking.ts'
import { benchRooms } from './rooms.ts'
import { benchSdJwt } from './sd-jwt.ts'
import { benchSealing } from './sealing.ts'
import { benchSheets } from './sheets.ts'
import { benchStarting } from './starting.ts'
import { benchTrustedList } from './trusted-list.ts'

const parts: Readonly<Record<string, () => Row | Row[] | Promise<Row | Row[]>>> = {
  starting: benchStarting,
  sealing: benchSealing,
  'long-term': benchLongTerm,
  'sd-jwt': benchSdJwt,
  'trusted-list': benchTrustedList,
  'open-badges': benchOpenBadges,
  recognition: benchRecognition,
  matrix: benchMatrix,
  sheets: benchSheets,
  issuing: benchIssuing,
  graduation: benchGraduation,
  'hundred-thousand': benchHundredThousand,
  visited: benchVisited,
  revoking: benchRevoking,
  pages: benchPages,
  rooms: benchRooms,
}
const wanted = process.argv.slice(2)
const unknown = wanted.filter((word) => !Object.hasOwn(parts, word))
if (unknown.length > 0) {
  console.error(`Nothing here is called ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`)
  process.exit(64)
}
const rows: Row[] = []
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stderr.write(`measuring ${name} …\n`)
  rows.push(...[await part()].flat())
}
console.log(tableOf(rows))
