/** What a form in which awards are issued has to do. */
import type { RuleFinding } from '@cairn/core'
import type { AwardToSign } from '@cairn/issuing'

/** One award on its way; its id is the same in every form. `name` is the file's name without its ending. */
export interface AwardToIssue extends AwardToSign {
  name: string
}

/** What one form gives for one award. */
export interface IssuedFile {
  fileName: string
  bytes: Uint8Array
}

/** A form made ready for one edition. */
export interface FormatWriter {
  /** Composes, signs and names. Raises what keeps this award from being issued. */
  write(award: AwardToIssue): Promise<IssuedFile>
  /** What a last look at the very document finds; asked once for every combination of fields that learners have. */
  lint(award: AwardToSign): RuleFinding[]
}
