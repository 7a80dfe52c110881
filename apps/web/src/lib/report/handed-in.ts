/** What a visitor hands in by a form: a file, else the text. */
import { textOf } from '#lib/page/attempt.ts'

/** The largest that is taken, in bytes. */
export const mostHandedIn = 10 * 1024 * 1024

/** The bytes of a form; none where it is empty. */
export async function handedIn(form: FormData): Promise<Uint8Array> {
  const file = form.get('file')
  return file instanceof File && file.size > 0
    ? new Uint8Array(await file.arrayBuffer())
    : new TextEncoder().encode(textOf(form, 'text') ?? '')
}
