/** What signed bytes say, made safe to look at: signs that hide or turn text are shown as what they are (R-DISP-4). */
import { letterNumber, type SignedView } from '@cairn/core'

/** Controls, soft hyphens, marks and overrides of direction, zero-width signs, tags. Joiners that scripts need are left. */
const hidden = /[\p{Cc}\u00ad\u061c\u115f\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu

/** The text with a mark such as `[U+202E]` in place of each such sign; line breaks and tabs become blanks. */
export function visible(text: string): string {
  return text.replace(hidden, (sign) => (/[\n\r\t]/.test(sign) ? ' ' : `[${letterNumber(sign)}]`))
}

/** A value that keeps its direction apart from the sentence around it. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}

/** A view whose every text is visible. The picture is no text. */
export function shownView({ image, ...view }: SignedView): SignedView {
  return { ...(shown(view) as Omit<SignedView, 'image'>), ...(image ? { image } : {}) }
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return visible(value)
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each)]))
  return value
}
