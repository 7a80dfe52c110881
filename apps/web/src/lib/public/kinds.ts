/** Names of the kinds. Only the first carries the law's word. */
import type { Kind } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'

export const kindName = (kind: Kind): string =>
  ({
    'micro-credential': m.kind_micro_credential,
    'certificate-of-completion': m.kind_certificate_of_completion,
    'certificate-of-participation': m.kind_certificate_of_participation,
    'certificate-of-attendance': m.kind_certificate_of_attendance,
    badge: m.kind_badge,
    diploma: m.kind_diploma,
    transcript: m.kind_transcript,
  })[kind]()
