/** The public page of a shared credential, as a stranger's browser asks for it. The server runs beside, as it runs in production. */
import { loadOf } from './load.ts'
import type { Row } from './measure.ts'

const aim = '300/s, p95 150 ms'
const what = '/c/ page, 20 connections'

/**
 * One row of the table. The page is named in `CAIRN_BENCH_PAGE`, such as `http://localhost:8080/c/…` of a server started with `npm start`;
 * without it the row says that nothing was measured.
 */
export async function benchPages(): Promise<Row> {
  const address = process.env.CAIRN_BENCH_PAGE
  if (!address) return { what, figure: 'not measured: name a shared page in CAIRN_BENCH_PAGE', aim }
  await loadOf(address, 20, 2)
  const { perSecond, p95 } = await loadOf(address, 20, 8)
  return { what, figure: `${Math.round(perSecond)}/s, p95 ${Math.round(p95)} ms`, aim, met: perSecond >= 300 && p95 <= 150 }
}
