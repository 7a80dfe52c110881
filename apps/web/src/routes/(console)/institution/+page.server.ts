/** The institution as credentials name it, and how it works. Names of fields are pointers into the operation's input. */
import type { Organisation } from '@cairn/core'
import { fail } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { readTree } from '#lib/page/read-tree.ts'
import { mayDo } from '#lib/server/may-do.ts'
import { timeOfCountry, timeZoneChoices } from '#lib/server/time-zones.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const institution = await read(locals.api['institution.read']({}))
  return {
    institution,
    may: mayDo(locals.session, 'institution.save'),
    timeOfCountry: timeOfCountry(institution.organisation),
    timeZones: timeZoneChoices(institution.organisation),
  }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const { organisation: before } = await read(locals.api['institution.read']({}))
    const given = ((readTree(form) ?? {}) as { organisation?: Partial<Organisation> }).organisation ?? {}
    const organisation: Organisation = {
      ...given,
      id: before.id,
      legalName: inAddedLanguage(form, given.legalName ?? {}),
      country: given.country ?? before.country,
      ...(before.region ? { region: before.region } : {}),
      identifiers: (given.identifiers ?? []).filter(({ value }) => value),
      accreditations: (given.accreditations ?? []).filter((each) => Object.keys(each).length > 0),
      higherEducation: given.higherEducation ?? false,
    }
    const rules = {
      fourEyes: form.has('fourEyes'),
      walletType: form.get('walletType') === 'micro-credential' ? ('micro-credential' as const) : ('learning-credential' as const),
    }
    const result = await attempt(() => locals.api['institution.save']({ revision: Number(form.get('revision')), ...rules, organisation }))
    if (!refused(result)) return { saved: true }
    return fail(result.status, { problems: [...result.data.problems], organisation, ...rules })
  },
}

/** A language that was asked for begins with the name that is there, so that there is something to put right. */
function inAddedLanguage(form: FormData, name: Record<string, string>): Record<string, string> {
  const added = String(form.get('addLanguage') ?? '')
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(added) || added in name) return name
  return { ...name, [added]: Object.values(name)[0] ?? '…' }
}
