/** What a verdict means and what to do now, in the words that the pages use too. */
import type { VerdictKind } from '@cairn/core'

const ask = 'Do not rely on it. Ask the learner for the original file, or ask the issuer.'
const stranger = 'Nobody here vouches for who signed it. Look up the website or telephone number of the issuer yourself, and ask them.'
const newer = 'Ask the learner for a newer one, or ask the issuer why.'
const later = 'Try again later. It is neither confirmed nor refuted.'

/** Two sentences a kind. */
export const saying: Readonly<Record<VerdictKind, readonly [verdict: string, now: string]>> = {
  genuine: ['Genuine and current.', 'You can rely on what it says. Compare the name with the person before you.'],
  unsealed: ['Not genuine: this document carries no seal.', ask],
  unreadable: [
    'This is not a credential that can be read here.',
    'Hand in the file as it was downloaded: a file ending in .json or .jwt, a badge picture or a PDF.',
  ],
  altered: ['Not genuine: the seal does not fit this document.', ask],
  unjudged: ['The seal is not one that is accepted here.', ask],
  'time-altered': ['The words were not altered, but the proofs of their time were.', ask],
  impostor: ['Not genuine: the seal is not of the issuer it names.', ask],
  'key-open': [
    'Nobody could say whether this was altered: the key of the issuer could not be had.',
    'It is neither confirmed nor refuted. Ask the issuer named in it, by an address that you look up yourself.',
  ],
  'status-open': ['Genuine, but nobody could say whether it was revoked.', later],
  open: ['This could not be checked.', later],
  stranger: ['Not altered, but the issuer is not known to you.', stranger],
  'stranger-not-current': ['Not current, and the issuer is not known to you.', stranger],
  superseded: [
    'Genuine, but replaced by a newer one.',
    'It is superseded: only the newer one counts. Ask the learner for it, or follow the link to it where there is one.',
  ],
  revoked: ['Genuine, but the issuer has revoked it.', newer],
  suspended: ['Genuine, but the issuer has suspended it.', newer],
  'not-yet': ['Genuine, but not current yet.', 'It counts from the day that it names. Look again then, or ask the issuer.'],
  ended: ['Genuine, but no longer current.', 'It was true when it was given. Ask whether it was renewed.'],
  holder: ['Genuine, but not shown by its holder.', 'Ask whoever shows it to prove that it is theirs, or for an identity document.'],
  false: ['Not to be relied on.', ask],
}
