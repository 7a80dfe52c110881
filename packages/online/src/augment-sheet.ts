/** Raising the seal of a sheet, so that it can be judged for thirty years by what it brings (EN 319 142-1, 5.4 to 5.6). */
import { extendSecurityStore, fillSealPlace, openStampPlace } from '@cairn/formats'
import { type AugmentOptions, collectValues } from './augment.ts'
import { requestTimeStamp } from './request-time-stamp.ts'

/** Tokens with the certificates of their authority; real ones have three to seven thousand bytes. */
const room = 12_000

/**
 * Raises a sheet that is sealed at B-T or higher: to B-LT by chains and fresh statements in its security store, to B-LTA by a time stamp of the whole
 * document as well; one of B-LTA that is asked for B-LTA is renewed. Raises `fetch.failed` when an authority is away, `certificate.no-path` when
 * the registry names no anchor for a chain, as it does not for a sheet without a time stamp.
 */
export async function augmentSheet(
  sheet: Uint8Array,
  level: 'B-LT' | 'B-LTA',
  options: Omit<AugmentOptions, 'detached'>,
): Promise<Uint8Array> {
  const stored = await extendSecurityStore(sheet, await collectValues(sheet, options))
  if (level === 'B-LT') return stored
  const place = await openStampPlace(stored, { room, label: 'Time stamp of this document' })
  const { timeStamps, registry, door, now } = options
  return fillSealPlace(place, (await requestTimeStamp(place.covered, { ...timeStamps, registry }, door, now())).der)
}
