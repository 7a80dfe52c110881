/** The part in HTML of a mail, made from its plain text: the same words in the same order, nothing fetched, nothing that could be a script. */
import { isRightToLeft } from '@cairn/core'

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
const address = /^https?:\/\/\S+$/

/** HTML for a text of paragraphs; a paragraph that is an address alone is a link. `language` is that of the words, where it is known. */
export function mailHtml({ subject, text }: { subject: string; text: string }, language?: string): string {
  const paragraphs = text.trim().split(/\n{2,}/)
  const body = paragraphs.map((each) => {
    const words = escaped(each).replaceAll('\n', '<br>')
    return address.test(each)
      ? `<p dir="ltr" style="margin:0 0 1em"><a href="${words}" style="color:#2f6f5e;word-break:break-all">${words}</a></p>`
      : `<p dir="auto" style="margin:0 0 1em">${words}</p>`
  })
  const spoken = language ? ` lang="${escaped(language)}" dir="${isRightToLeft(language) ? 'rtl' : 'ltr'}"` : ''
  return `<!doctype html><html${spoken}><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head><body style="font:17px/1.55 sans-serif;max-width:38em;margin:1.5em auto;padding:0 1em">${body.join('')}</body></html>`
}
