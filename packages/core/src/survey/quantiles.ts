/** Median and quartiles. */

/** Five numbers of a list; quartiles by linear interpolation between neighbours. */
export interface NumberSummary {
  count: number
  least: number
  lowerQuartile: number
  median: number
  upperQuartile: number
  most: number
}

/** Summarises a list that is not empty. */
export function summarise(values: readonly number[]): NumberSummary {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const below = Math.floor(place)
    const value = sorted[below]! + (place - below) * (sorted[Math.ceil(place)]! - sorted[below]!)
    return Math.round(value * 1e6) / 1e6
  }
  return { count: sorted.length, least: at(0), lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75), most: at(1) }
}
