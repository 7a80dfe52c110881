/** A file as a download. */
import type { FileAnswer } from '@cairn/api'
import { bytesOf } from '#lib/report/bytes-of.ts'

/** The answer that makes a browser keep the file under its name, never show it as a page. */
export function fileAnswer({ name, mediaType, base64 }: FileAnswer): Response {
  const bytes = bytesOf(base64)
  return new Response(bytes.buffer as ArrayBuffer, {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    },
  })
}
