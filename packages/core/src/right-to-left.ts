/** The direction of a language. */

/** True for languages that are written from right to left. */
export function isRightToLeft(language: string): boolean {
  return /^(ar|he|fa|ur|ps|sd|ug|yi|dv|ckb)(-|$)/.test(language) && !/-Latn/.test(language)
}
