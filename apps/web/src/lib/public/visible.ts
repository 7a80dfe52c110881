/** Signs that hide or turn text are made visible, so that what is shown cannot say something else than it is (R-DISP-4). */

const hidden = /[\u00ad\u061c\u115f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]|[\p{Cc}]/gu

/** The text with a mark such as `[U+202E]` in place of each such sign. Joiners between letters that need them stay. */
export function visible(text: string): string {
  return text.replace(hidden, (sign) =>
    sign === '\n' || sign === '\t' ? ' ' : `[U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
  )
}

/** The text between signs that keep its direction apart from the sentence around it. */
export function isolated(text: string): string {
  return `${String.fromCharCode(0x2068)}${visible(text)}${String.fromCharCode(0x2069)}`
}
