/** From bytes to text, with the encoding named, because a guess has to be shown. */
import { ProblemError } from '@cairn/core'

/** Encodings that spreadsheets are saved in. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/**
 * Decodes a text file. A byte order mark decides; else what is valid UTF-8 is UTF-8; else the Central European and the Western reading of
 * the letters that differ are held against each other. Raises `sheet.unreadable` for what is no text.
 */
export function decodeText(bytes: Uint8Array, forced?: Encoding): { encoding: Encoding; text: string } {
  const marked = forced ? undefined : byteOrderMark(bytes)
  const encoding = forced ?? marked
  if (encoding) {
    try {
      return { encoding, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
    } catch {
      throw new ProblemError('sheet.unreadable', `The file says that it is ${encoding.toUpperCase()}, but it is not throughout.`)
    }
  }
  if (bytes.subarray(0, 4096).includes(0)) throw new ProblemError('sheet.unreadable', 'This is no text. Save the sheet as CSV.')
  try {
    return { encoding: 'utf-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const western = new TextDecoder('windows-1252').decode(bytes)
    const central = new TextDecoder('windows-1250').decode(bytes)
    return looksCentral(central, western) ? { encoding: 'windows-1250', text: central } : { encoding: 'windows-1252', text: western }
  }
}

function byteOrderMark(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return undefined
}

const letter = /\p{L}/u
const base = (char: string | undefined) => char?.normalize('NFD')[0]?.toLowerCase() ?? ''
const isVowel = (char: string | undefined) => 'aeiouyæøœ'.includes(base(char)) && base(char) !== ''
/** Readings that both languages could have, by how common they are in names: positive for Central Europe. */
const inclined: Readonly<Record<string, number>> = { ě: 2, ů: 1, ę: -0.5, ă: -0.5, ő: 0.5, ű: 1, Ě: 2, Ů: 1, Ő: 0.5, Ű: 1 }

/**
 * True when the letters make more sense as Central European. The same byte is often a consonant there and a vowel in the west (č or è, ř or ø):
 * beside a vowel it is more likely the consonant, between consonants the vowel. A letter of one that is no letter of the other counts for it.
 */
function looksCentral(central: string, western: string): boolean {
  let sum = 0
  // Half a million letters tell as much as all of a large file.
  for (let n = 0; n < Math.min(central.length, 500_000); n++) {
    const [c, w] = [central[n]!, western[n]!]
    if (c === w) continue
    const before = central[n - 1]
    const after = central[n + 1]
    const inWord = letter.test(before ?? '') || letter.test(after ?? '')
    if (!inWord) continue
    if (letter.test(c) !== letter.test(w)) sum += letter.test(c) ? 2 : -2
    else if (inclined[c] !== undefined) sum += c === 'ő' && after === 'e' ? -1 : inclined[c]
    else if (isVowel(c) !== isVowel(w)) sum += (isVowel(before) || isVowel(after)) === isVowel(w) ? 1 : -1
    else if (base(c) === 'n') sum += isVowel(after) ? -1 : 1
  }
  return sum > 0
}
