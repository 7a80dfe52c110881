/** Who signed a status list under a certificate: the sealer of the credential, or somebody of the same organisation whom an anchor vouches for. */
import { type Problem, problem, type TrustEntry } from '@cairn/core'
import { type Certificate, type SignatureScheme, sameBytes, sealCertificateProblems } from '@cairn/seals'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { judgeChain } from '../validation/judge-chain.ts'
import { createProofs } from '../validation/proofs.ts'
import { valuesOf } from '../validation/values.ts'
import { didKeyOf } from './did-key.ts'
import { sameNumber } from './issuer-trusted.ts'

/** What the check looks at: the certificate of the list and those beside it, that of the credential's seal, and the registry's entry for its sealer. */
export interface ListSigner {
  list: { address: string; leaf: Certificate; others: readonly Certificate[]; scheme: SignatureScheme }
  leaf: Certificate
  issuer?: TrustEntry | undefined
  anchors: readonly Certificate[]
  evidence: Evidence
  policy: Policy
  now: string
}

/** `status.list-not-trusted` with the reason, or nothing where the signer of the list may speak for the credential. */
export async function listSignerProblem({ list, leaf, issuer, anchors, evidence, policy, now }: ListSigner): Promise<Problem | undefined> {
  const not = (detail: string) => problem('status.list-not-trusted', detail)
  if (issuer?.statusLists && !issuer.statusLists.some((beginning) => list.address.startsWith(beginning)))
    return not('The registry says that the lists of this issuer stand elsewhere.')
  const { leaf: signer, others, scheme } = list
  const values = valuesOf(undefined, evidence)
  const chain = await judgeChain({
    leaf: signer,
    others,
    scheme,
    anchors,
    values,
    proofs: createProofs(now),
    existedAt: now,
    use: 'seal',
    policy,
    now,
  })
  if (chain.revokedAt !== undefined) return not('The certificate of the key of the status list was revoked.')
  if (sameBytes(signer.der, leaf.der)) return undefined
  const [wrongUsage] = sealCertificateProblems(signer)
  if (wrongUsage) return not(wrongUsage.detail)
  const key = didKeyOf(signer)
  if (key !== undefined && issuer?.keys.includes(key)) return undefined
  if (!sameNumber(signer.subject.organizationIdentifier, leaf.subject.organizationIdentifier))
    return not('The status list is signed by another organisation.')
  return chain.path && chain.indication === 'PASSED'
    ? undefined
    : not(`Nobody known here vouches for the key of the status list: ${chain.problem?.detail ?? chain.subIndication}`)
}
