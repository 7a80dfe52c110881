/** Proving and reading a trusted list of 400 KB. */
import { createHash } from 'node:crypto'
import { createAuthority, createTrustedList } from '@cairn/testkit'
import { readTrustedList } from '@cairn/trustlists'
import { type Row, rateOf } from './measure.ts'

/** One row: the whole of it, beside the digest of the same bytes. */
export async function benchTrustedList(): Promise<Row> {
  const from = new Date('2026-01-01T00:00:00Z')
  const authority = createAuthority('Bench', { algorithm: 'RS256', from })
  const services = Array.from({ length: 110 }, (_, n) => ({
    name: `Service ${n}`,
    providerName: `Provider ${n}`,
    certificates: [authority.issuing.certificate],
    from,
    uses: ['ForeSeals'],
    history: [{ status: 'withdrawn', from: new Date('2025-01-01T00:00:00Z') }],
  }))
  const nextUpdate = new Date('2026-09-01T00:00:00Z')
  const bytes = createTrustedList({ territory: 'XX', sequence: 1, issued: from, nextUpdate, services, signer: authority.root })
  const pinned = [authority.anchor]
  const reading = await rateOf(() => readTrustedList(bytes, { pinned, now: '2026-02-01T00:00:00Z' }))
  const hashing = await rateOf(() => createHash('sha256').update(bytes).digest())
  const milliseconds = 1000 / reading.perCpu
  return {
    what: `trusted list proven and read, ${Math.round(bytes.length / 1000)} KB`,
    figure: `${milliseconds.toFixed(1)} ms of CPU`,
    floor: `SHA-256 of it ${(1000 / hashing.perCpu).toFixed(2)} ms`,
    ratio: hashing.perCpu / reading.perCpu,
    aim: '300 ms',
    met: milliseconds <= 300,
  }
}
