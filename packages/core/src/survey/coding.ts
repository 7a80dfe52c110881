/** Free answers that two people put under headings: how far they agree. */

/** Agreement of two coders on what both coded: the share of equal codes, and Cohen's kappa, which takes away what chance would give. */
export interface CodingAgreement {
  coded: number
  agreed: number
  /** From -1 to 1; 1 where all agree and only one code was used. */
  kappa: number
}

/** Compares codes by the id of the answer. Nothing coded by both gives zeros. */
export function compareCodings(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): CodingAgreement {
  const both = Object.keys(one).filter((id) => Object.hasOwn(other, id))
  const agreed = both.filter((id) => one[id] === other[id]).length
  if (both.length === 0) return { coded: 0, agreed: 0, kappa: 0 }
  const share = (codes: Readonly<Record<string, string>>, code: string) => both.filter((id) => codes[id] === code).length / both.length
  const chance = [...new Set(both.map((id) => one[id]!))].reduce((sum, code) => sum + share(one, code) * share(other, code), 0)
  const observed = agreed / both.length
  const kappa = chance >= 1 ? 1 : (observed - chance) / (1 - chance)
  return { coded: both.length, agreed, kappa: Math.round(kappa * 1e4) / 1e4 }
}
