/** The forms in which an award can be issued, one entry a form: `--format elm,sd-jwt-vc` gives both, under one id. A new form adds its entry. */
import { learningCredentialForm, microCredentialForm, openBadgeForm } from '@cairn/issuing'
import { createSalts } from '@cairn/keys'
import type { FormatWriter } from './issuing/format-writer.ts'
import type { Issuing } from './issuing/prepare-issuing.ts'
import { writeElm, writePdf } from './issuing/write-elm.ts'
import { writeBakedBadge, writeForm } from './issuing/write-form.ts'

/** The forms by the word after `--format`; each makes itself ready once for an issue. */
export const issueFormats: Readonly<Record<string, (issuing: Issuing) => FormatWriter | Promise<FormatWriter>>> = {
  elm: writeElm,
  'sd-jwt-vc': (issuing) => writeForm(learningCredentialForm(issuing, createSalts()), 'sd-jwt'),
  'micro-credential-sd-jwt-vc': async (issuing) => writeForm(await microCredentialForm(issuing, createSalts()), 'sd-jwt'),
  'open-badges': (issuing) => writeForm(openBadgeForm(issuing), 'badge.json'),
  png: (issuing) => writeBakedBadge(openBadgeForm(issuing), issuing.edition),
  pdf: writePdf,
}
