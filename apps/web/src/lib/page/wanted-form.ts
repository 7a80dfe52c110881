/** The form that an address asks for. */
import { CredentialForm } from '@cairn/api'
import { error } from '@sveltejs/kit'

/** `?form=` as a form; none means the sealed file. An unknown one is nowhere to be found. */
export function wantedForm(url: URL): { form?: CredentialForm } {
  const asked = url.searchParams.get('form')
  if (asked === null) return {}
  const form = CredentialForm.safeParse(asked)
  if (!form.success) error(404, { message: 'There is no such form.', code: 'request.not-found' })
  return { form: form.data }
}
