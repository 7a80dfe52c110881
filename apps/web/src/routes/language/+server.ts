/** Keeps the reader's language in a cookie and goes back to the page they were on. */
import { redirect } from '@sveltejs/kit'
import { localPath } from '#lib/page/local-path.ts'
import { cookieName, isLocale } from '#lib/paraglide/runtime.js'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData()
  const language = String(form.get('language') ?? '')
  if (isLocale(language))
    cookies.set(cookieName, language, {
      path: '/',
      maxAge: 400 * 86_400,
      sameSite: 'lax',
      httpOnly: false,
      secure: url.protocol === 'https:',
    })
  redirect(303, localPath(String(form.get('next') ?? '')))
}
