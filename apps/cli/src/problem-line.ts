/** What is wrong, and what others wrote, as a terminal shows it. */
import { type Problem, problems } from '@cairn/core'

/** A problem as a person reads it: what is wrong in general, what in particular, and where. */
export function problemLine({ code, detail, pointer }: Problem): string {
  const { title } = problems[code]
  return `${title}${detail === title ? '' : ` ${visible(detail)}`}${pointer ? `  (${visible(pointer)})` : ''}`
}

/** Text of somebody else made safe for a terminal: control and direction characters are shown, not obeyed (R-DISP-4). */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069\ufeff]/gu, (char) =>
    char === '\n' ? ' ' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
