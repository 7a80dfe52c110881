/** Trusted lists of 2019: the Commission's list of lists, and the list of Cyprus, proven by the signers that the first names for it. */
import { ProblemError } from '@cairn/core'
import { readTrustedList, type TrustedList } from '@cairn/trustlists'
import { areThere, bytesOf, type Judged, type Row, textOf } from './row.ts'

const today = () => new Date().toISOString()
const lotl = 'trust/eu-lotl.xml'
/** The signer of the list of lists is known from the file alone here; an installation pins it from the Official Journal. */
const signerOfLotl = () => /<ds:KeyInfo>.*?<ds:X509Certificate>([^<]+)</s.exec(textOf(lotl))![1]!.replace(/\s/g, '')
const readLotl = () => readTrustedList(bytesOf(lotl), { pinned: [signerOfLotl()], now: today() })

async function judge(read: () => Promise<TrustedList>, expected: string): Promise<Judged> {
  try {
    const { sequence, freshness, services, pointers, nextUpdate } = await read()
    const got = `intact, ${freshness}`
    return {
      got,
      why: `number ${sequence}, ${services.length} services, ${pointers.length} pointers, to ${nextUpdate}`,
      agrees: got === expected,
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { got: error.problem.code, why: error.problem.detail, agrees: error.problem.code === expected }
  }
}

/** One row for each list, and one for the list of Cyprus under the signers of another. */
export function trustedListRows(): Row[] {
  if (!areThere(lotl)) return []
  const set = 'Trusted lists'
  const readCyprus = async (pinned: readonly string[]) => readTrustedList(bytesOf('trust/CY.xml'), { pinned, now: today() })
  const named = async () =>
    (await readLotl()).pointers.filter(({ territory }) => territory === 'CY').flatMap(({ certificates }) => certificates)
  const expired = 'intact, expired'
  const stranger = 'trust-list.signer-unknown'
  return [
    { set, file: lotl, expected: expired, judge: () => judge(readLotl, expired) },
    { set, file: 'trust/CY.xml', expected: expired, judge: () => judge(async () => readCyprus(await named()), expired) },
    { set, file: 'trust/CY.xml', expected: stranger, judge: () => judge(() => readCyprus([signerOfLotl()]), stranger) },
  ]
}
