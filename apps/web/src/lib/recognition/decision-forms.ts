/** The forms in which a decision can be kept, and what each is called. */
import { type DecisionForm, decisionForms } from '@cairn/api'
import { m } from '#lib/paraglide/messages.js'

/** What each form is called on a button. */
export const decisionFormNames: Record<DecisionForm, () => string> = {
  sealed: m.dec_form_sealed,
  elm: m.dec_form_elm,
  elmo: m.dec_form_elmo,
  ctdl: m.dec_form_ctdl,
}

/** The form that an address asks for; the sealed one where it asks for none that we know. */
export const decisionFormIn = (url: URL): DecisionForm => decisionForms.find((each) => each === url.searchParams.get('form')) ?? 'sealed'
