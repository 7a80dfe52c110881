/** A certificate with facts added or taken away. */
import type { CredentialFacts } from '../recognition/case.ts'
import type { Target } from '../recognition/target.ts'
import type { CertificateFor } from './ask.ts'
import { type FeatureId, featureIds, features } from './features.ts'

type Credentials = readonly CredentialFacts[]

/** Facts that some credential of the certificate lacks and that can be added for this target. */
export function missingIn(credentials: Credentials, target: Target): FeatureId[] {
  return featureIds.filter(
    (id) =>
      credentials.some((each) => !features[id].present(each)) &&
      credentials.every((each) => features[id].add(each, target, each) !== undefined),
  )
}

/** The certificate as it is, with these facts added. Under an electronic seal it is handed in both ways. */
export function withAdded(credentials: Credentials, added: ReadonlySet<FeatureId>): CertificateFor {
  return (target) => {
    const order = featureIds.filter((id) => added.has(id) && id !== 'electronic-seal')
    const changed = credentials.map((told) => order.reduce((each, id) => features[id].add(each, target, told) ?? each, told))
    return carriers(changed, target, added)
  }
}

/** The same certificate with every one of the facts unknown, and then only these told: as the certificate tells them, or as the target would like them. */
export function withOnly(credentials: Credentials, kept: ReadonlySet<FeatureId>): CertificateFor {
  return (target) => {
    const order = featureIds.filter((id) => kept.has(id) && id !== 'electronic-seal')
    const changed = credentials.map((told) => {
      const bare = featureIds.reduce((each, id) => features[id].remove(each), told)
      return order.reduce((each, id) => features[id].add(each, target, told) ?? each, bare)
    })
    return carriers(changed, target, kept)
  }
}

function carriers(credentials: Credentials, target: Target, with_: ReadonlySet<FeatureId>): Credentials[] {
  if (!with_.has('electronic-seal')) return [credentials]
  return [credentials.map((each) => features['electronic-seal'].add(each, target, each)!), credentials]
}
