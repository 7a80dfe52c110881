import { redirect } from '@sveltejs/kit'
import { acted } from '#lib/calling.ts'

export const load = () => ({ title: 'Verify' })

const most = 10 * 1024 * 1024

/** Without JavaScript the server gives its verdict; nothing of the file is kept. */
export const actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const file = form.get('file')
    const text = String(form.get('text') ?? '').trim()
    const shared = /\/c\/([A-Za-z0-9_-]{22,64})$/.exec(text)
    if (shared && text.startsWith(locals.session.publicUrl)) redirect(303, `/c/${shared[1]}`)
    const bytes = file instanceof File && file.size > 0 ? Buffer.from(await file.slice(0, most + 1).arrayBuffer()) : Buffer.from(text)
    if (bytes.length === 0) return { nothing: true as const }
    return acted(async () => {
      const [report, registry] = await Promise.all([
        locals.api['verify.file']({ base64: bytes.toString('base64') }),
        locals.api['registry.read']({}),
      ])
      return { report, registry: registry.name ?? '' }
    }, {})
  },
}
