/** Keeps the chosen language in a cookie and goes back; works without JavaScript. */
import { redirect } from '@sveltejs/kit'
import { isLocale } from '#lib/paraglide/runtime.js'

export const load = () => redirect(303, '/')

export const actions = {
  default: async ({ request, cookies }) => {
    const form = await request.formData()
    const language = String(form.get('language'))
    const back = String(form.get('back') ?? '/')
    if (isLocale(language)) cookies.set('cairn-language', language, { path: '/', httpOnly: false, sameSite: 'lax', maxAge: 365 * 86_400 })
    redirect(303, /^\/(?!\/)/.test(back) ? back : '/')
  },
}
