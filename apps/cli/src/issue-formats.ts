/** The forms in which an award can be issued, one entry a form: `--format elm,sd-jwt-vc` gives both, under one id. A new form adds its entry. */
import type { FormatWriter } from './issuing/format-writer.ts'
import type { Issuing } from './issuing/prepare-issuing.ts'
import { writeElm, writePdf } from './issuing/write-elm.ts'
import { writeBakedBadge, writeOpenBadge } from './issuing/write-open-badge.ts'
import { writeLearningCredential, writeMicroCredential } from './issuing/write-sd-jwt-vc.ts'

/** The forms by the word after `--format`; each makes itself ready once for an issue. */
export const issueFormats: Readonly<Record<string, (issuing: Issuing) => FormatWriter | Promise<FormatWriter>>> = {
  elm: writeElm,
  'sd-jwt-vc': writeLearningCredential,
  'micro-credential-sd-jwt-vc': writeMicroCredential,
  'open-badges': writeOpenBadge,
  png: writeBakedBadge,
  pdf: writePdf,
}
