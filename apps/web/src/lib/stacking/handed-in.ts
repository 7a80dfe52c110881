/** Credentials from a form: links one a line, files, and files that were handed in a step before. */
import { ProblemError } from '@cairn/core'

/** Bytes of one file. */
const atMost = 1_100_000

/** Tokens of links to shared credentials, each once. What is no link of ours is left as it is, for the server to say so. */
export function tokensIn(text: string, url: URL): string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  return [...new Set(words.map((word) => /\/c\/([A-Za-z0-9_-]+)\/?$/.exec(URL.parse(word, url)?.pathname ?? '')?.[1] ?? word))]
}

/** Tokens of links and files in base64. Raises `input.too-large` for a file of more than 1.1 million bytes. */
export async function handedIn(form: FormData, url: URL): Promise<{ shares: string[]; files: string[] }> {
  const shares = tokensIn(String(form.get('links') ?? ''), url)
  const files = form.getAll('kept').map(String)
  for (const file of form.getAll('files')) {
    if (!(file instanceof File) || file.size === 0) continue
    if (file.size > atMost) throw new ProblemError('input.too-large', `A file has at most ${atMost} bytes.`, '/files')
    files.push(Buffer.from(await file.arrayBuffer()).toString('base64'))
  }
  return { shares, files }
}
