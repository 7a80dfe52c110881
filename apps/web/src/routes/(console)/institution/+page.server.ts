import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  institution: await read(locals.api['institution.read']({})),
  may: locals.session.roles.includes('owner'),
})

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const { organisation } = await read(locals.api['institution.read']({}))
    const optional = <K extends string>(name: K) => {
      const value = textOf(form, name)
      return value === undefined ? {} : ({ [name]: value } as { [P in K]: string })
    }
    const { homepage: _, email: __, address: ___, ...kept } = organisation
    const address = textOf(form, 'address')
    const number = textOf(form, 'number')
    const country = (textOf(form, 'country') ?? organisation.country).toUpperCase()
    const done = await attempt(
      () =>
        locals.api['institution.save']({
          revision: Number(form.get('revision')),
          fourEyes: form.has('fourEyes'),
          organisation: {
            ...kept,
            legalName: { ...kept.legalName, en: textOf(form, 'legalName') ?? '' },
            country,
            identifiers: number
              ? [{ kind: 'vat' as const, value: number, country }, ...kept.identifiers.filter(({ kind }) => kind !== 'vat')]
              : kept.identifiers,
            higherEducation: form.has('higherEducation'),
            ...(address ? { address: { ...organisation.address, en: address } } : {}),
            ...optional('homepage'),
            ...optional('email'),
          },
        }),
      form,
    )
    return refused(done) ? done : { saved: true }
  },
}
