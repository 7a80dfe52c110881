/** Credentials from a form: links one a line, files, and files that were handed in a step before. */
const atMost = 1_100_000

/** Tokens of links to shared credentials and files in base64. A line that is no link of ours is left as it is, for the server to say so. */
export async function handedIn(form: FormData, url: URL): Promise<{ shares: string[]; files: string[] }> {
  const lines = String(form.get('links') ?? '').split(/\s+/)
  const shares = lines
    .filter((line) => line !== '')
    .map((line) => /\/c\/([A-Za-z0-9_-]+)\/?(?:[?#].*)?$/.exec(URL.parse(line, url)?.pathname ?? '')?.[1] ?? line)
  const files = form.getAll('kept').map(String)
  for (const file of form.getAll('files'))
    if (file instanceof File && file.size > 0 && file.size <= atMost) files.push(Buffer.from(await file.arrayBuffer()).toString('base64'))
  return { shares: [...new Set(shares)], files }
}
