/** What every public page may know. */
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals }) => ({
  publicUrl: locals.session.publicUrl,
  signedIn: locals.session.signedIn,
  signsReports: locals.session.signsReports,
})
