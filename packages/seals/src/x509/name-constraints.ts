/** Name constraints along a path (RFC 5280, 4.2.1.10 and 6.1.3 b, c). */
import { type Problem, problem } from '@cairn/core'
import { type Certificate, isSelfIssued } from './certificate.ts'
import { type GeneralName, isWithin } from './general-name.ts'

/**
 * The problem of a path (leaf first) with the names its authorities may vouch for; `undefined` when every name below an authority is permitted.
 * A constraint of a kind that is not understood refuses the path, whatever the names are.
 */
export function nameProblem(path: readonly Certificate[]): Problem | undefined {
  for (const [index, authority] of path.entries()) {
    if (index === 0 || !authority.nameConstraints) continue
    const { permitted, excluded } = authority.nameConstraints
    if ([...permitted, ...excluded].some(({ kind }) => kind === 'other'))
      return problem('certificate.unknown-critical', 'An authority limits names of a kind that we do not know.')
    for (const [below, certificate] of path.slice(0, index).entries()) {
      // An authority in between that names itself again is not bound by names, save as the last of the path.
      if (below > 0 && isSelfIssued(certificate)) continue
      for (const name of namesOf(certificate)) {
        const limits = permitted.filter(({ kind }) => kind === name.kind)
        if (
          excluded.some((subtree) => isWithin(name, subtree)) ||
          (limits.length > 0 && !limits.some((subtree) => isWithin(name, subtree)))
        )
          return problem('certificate.name-not-permitted', 'An authority in the chain may not vouch for this name.')
      }
    }
  }
  return undefined
}

function namesOf(certificate: Certificate): GeneralName[] {
  // An empty subject is SEQUENCE of nothing: two bytes.
  const subject: GeneralName[] = certificate.subjectDer.length > 2 ? [{ kind: 'directory', bytes: certificate.subjectDer }] : []
  return [...subject, ...certificate.alternativeNames]
}
