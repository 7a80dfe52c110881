/** Raising a seal to a higher level: time stamps and values are fetched, and put in (TS 119 182-1, 6.3). */
import { ProblemError, type TrustRegistry } from '@cairn/core'
import {
  type CarriedValues,
  type DetachedFile,
  extendToLT,
  extendToLTA,
  extendToT,
  levelOf,
  readJades,
  type SealLevel,
  sameBytes,
  timeStampInput,
} from '@cairn/seals'
import { chainsOf, type Evidence, standardPolicy } from '@cairn/verifier'
import type { Door } from './door.ts'
import { fetchStatements, type Statements } from './fetch-statements.ts'
import { requestTimeStamp, type TimeStampSource } from './request-time-stamp.ts'

/** What augmenting needs: the authority of time stamps, anchors for the chains, the door, the time as RFC 3339. */
export interface AugmentOptions {
  timeStamps: TimeStampSource
  registry: TrustRegistry
  door: Door
  now: () => string
  detached?: readonly DetachedFile[]
}

const order: readonly SealLevel[] = ['B-B', 'B-T', 'B-LT', 'B-LTA']

/**
 * Raises the first signature of a seal to `level`, step by step from the level it has; a seal of B-LTA that is asked for B-LTA is renewed. Raises
 * `fetch.failed` when an authority is away or a statement on revocation cannot be had, so that the work is tried again later, `timestamp.*` when what
 * came is no time stamp of a known authority, and `certificate.no-path` when the registry names no anchor for a chain.
 */
export async function augment(sealed: Uint8Array, level: Exclude<SealLevel, 'B-B'>, options: AugmentOptions): Promise<Uint8Array> {
  const { door, now, detached = [] } = options
  const timeStamps = { ...options.timeStamps, registry: options.registry }
  const current = () => levelOf(readJades(bytes, detached).signatures[0]!)
  let bytes = sealed
  const before = current()
  if (before === undefined) throw new ProblemError('seal.level-order', 'The seal is not one of the baseline.')
  const wanted = order.indexOf(level)
  if (order.indexOf(before) > wanted) return sealed
  if (order.indexOf(before) < 1)
    bytes = await extendToT(
      bytes,
      (await requestTimeStamp(timeStampInput(bytes, 'signature', { detached }), timeStamps, door, now())).der,
      {
        detached,
      },
    )
  if (wanted < 2) return bytes
  if (before !== 'B-LT') bytes = await addValues(bytes, options)
  if (wanted < 3) return bytes
  const token = await requestTimeStamp(timeStampInput(bytes, 'archive', { detached }), timeStamps, door, now())
  return extendToLTA(bytes, token.der, { detached })
}

/** Chains up to their anchors with fresh statements on each certificate, for the sealer and for every time stamp so far. */
async function addValues(bytes: Uint8Array, options: AugmentOptions): Promise<Uint8Array> {
  const { detached = [] } = options
  const { certificates, ...statements } = await collectValues(bytes, options)
  const inHeader = readJades(bytes, detached).signatures[0]!.certificates
  const fresh = certificates.filter((der) => !inHeader.some((each) => sameBytes(each.der, der)))
  return extendToLT(bytes, { certificates: fresh, ...statements }, { detached })
}

/** What a seal of a credential or of a sheet is to be judged by later. Raises `certificate.no-path` and `fetch.failed` as {@link augment} does. */
export async function collectValues(bytes: Uint8Array, { registry, door, now, detached = [] }: AugmentOptions): Promise<CarriedValues> {
  const at = now()
  const evidence: Evidence = { registry, statusLists: {}, retrievedAt: at, detached }
  const chains = await chainsOf(bytes, evidence, standardPolicy, at)
  if (!chains.some(({ use }) => use === 'seal') || !chains.some(({ use }) => use === 'time-stamp'))
    throw new ProblemError('certificate.no-path', 'The registry names no anchor for the sealer or for the time-stamp authority.')
  const statements: Statements = { crls: [], ocsps: [] }
  for (const { links } of chains) {
    const missing = await fetchStatements(links, door, statements, true)
    if (missing.length > 0) throw new ProblemError('fetch.failed', 'A statement on the revocation of a certificate was not to be had.')
  }
  return { certificates: chains.flatMap(({ path }) => path).map(({ der }) => der), ...statements }
}
