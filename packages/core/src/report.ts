/** What a verification finds: findings, four results kept apart, and one verdict that follows from them. */
import type { Declaration } from './declaration.ts'
import type { Problem } from './problems.ts'

/** `unknown` means could not be checked: never shown as passed, nor as failed. */
export type Outcome = 'passed' | 'failed' | 'unknown'
export type Verdict = 'valid' | 'invalid' | 'indeterminate'

/** One check and what came of it. */
export interface Finding {
  /** `subject.property`, such as `seal.intact`. */
  check: string
  outcome: Outcome
  problem?: Problem
  /** The clause it implements, such as `EN 319 102-1, 5.2.7`. */
  clause?: string
  /** A plain fact to show with a passed check. */
  note?: string
  /** Of a status: the signed list that said so, and the moment that the list is of (RFC 3339). */
  list?: { address: string; at: string }
}

/** The results, never merged into one tick (R-DISP-2). */
export interface Results {
  seal: Outcome
  issuer: Outcome
  validity: Outcome
  status: Outcome
  accreditation?: Outcome
  /** Whether whoever shows it holds the key that it names: there when somebody asked, or when a proof does not hold. */
  holder?: Outcome
  /** Whether the parts of a stack receipt are what it says: there when somebody had them checked. */
  parts?: Outcome
}

/** Values decoded from the signed bytes alone (R-DISP-1). Absent when the seal fails. */
export interface SignedView {
  id: string
  title: string
  kind?: string
  learner: string
  /** Their identifier, where the credential names one that a key can be known by (did:…). */
  learnerId?: string
  awardingBody: string
  /** The sealing body as the credential names it. */
  issuer: string
  issued: string
  language: string
  description?: string
  referenceNumber?: string
  dateOfBirth?: string
  awardDate?: string
  validFrom?: string
  validUntil?: string
  outcomes: readonly string[]
  workload?: { ects?: number; hours?: number }
  level?: { eqf?: number; nqf?: readonly string[]; cycle?: string }
  assessments: readonly { title: string; type?: string; supervision?: string; grade?: string }[]
  participation: readonly string[]
  qualityAssurance: readonly string[]
  fields: readonly { code: string; label: string }[]
  prerequisites?: string
  stackability?: string
  furtherInformation?: string
  homepage?: string
  /** Where a work or a recording stands that shows what was achieved. */
  evidence?: string
  achievement?: string
  image?: { mediaType: string; base64: string }
  /** What is declared, where the document is no award but a decision, a pathway or a stack receipt. */
  declaration?: Declaration
}

/** A view of what says little: English, without outcomes, assessments and the other lists, for documents that have none. */
export const bareView = (
  said: Omit<SignedView, 'language' | 'outcomes' | 'assessments' | 'participation' | 'qualityAssurance' | 'fields'>,
): SignedView => ({
  ...said,
  language: 'en',
  outcomes: [],
  assessments: [],
  participation: [],
  qualityAssurance: [],
  fields: [],
})

/** What trusted lists say of a seal. `at` is the moment that was asked about: when it is proven to have existed, else that of the report. */
export interface SealQualificationFound {
  qualification: 'qualified-seal' | 'advanced-seal-qualified-certificate' | 'other' | 'unknown'
  holder: { legalName?: string; identifier?: string }
  service?: { territory: string; name: string; providerName: string }
  reasons: readonly string[]
  at: string
}

/**
 * How an award stands: covered; covered with conditions; covered on the day and ended since; not covered on that day; covered for other levels, fields
 * or places alone; not to be told because the document does not say what a limit is about; of a body that the registry does not know; of one that it
 * knows and says nothing about for this, or of a kind that it does not register.
 */
export type AccreditationStanding =
  | 'covered'
  | 'with-conditions'
  | 'ended-since'
  | 'not-then'
  | 'outside'
  | 'scope-unknown'
  | 'body-unknown'
  | 'silent'

/** What a registry of accreditations says of the award on the day of its issue; days as `2026-05-12`, moments RFC 3339. */
export interface AccreditationTold {
  standing: AccreditationStanding
  source: string
  retrievedAt: string
  /** The day that was asked about. */
  on: string
  agency?: string
  from?: string
  to?: string
  /** Where the decision can be read. */
  address?: string
}

/** The full report on anything handed in. */
export interface Report {
  format: string
  verdict: Verdict
  /** ETSI EN 319 102-1 sub-indication, where there is one. */
  subIndication?: string
  results: Results
  findings: readonly Finding[]
  /**
   * The signatures of the seal in their order: baseline level by what each holds (`B-B` to `B-LTA`), when it was made as its sealer says, and since
   * when it is proven to exist. RFC 3339.
   */
  signatures?: readonly { algorithm: string; level?: string; claimedAt?: string; provenAt?: string }[]
  view?: SignedView
  /** What the seal was worth by the trusted lists when it was made, with its holder as the certificate names it (eIDAS, articles 36 and 38). */
  qualification?: SealQualificationFound
  /** What the registry of trust entries says of the sealer: shown before what the credential claims (R-ISS-1). */
  registry?: { legalName: string; id: string; organizationIdentifier?: string }
  /** Told beside the verdict, which does not hang on it; absent where no registry of accreditations was at hand. */
  accreditation?: AccreditationTold
  /**
   * Of an evidence package: when it was made, whether its own registry spoke or one that was given, and the moment for which the status is known, where
   * that is the one of the package. RFC 3339.
   */
  package?: { madeAt: string; registry: 'own' | 'given'; statusAt?: string }
  /** Of a signed verification report: the document that it is of by its SHA-256, what it says of it, and when that was true (RFC 3339). */
  reported?: { sha256: string; verdict: Verdict; at: string }
  /**
   * Of a PDF: the seal of the sheet itself (PAdES), beside that of the credential in it. `none` is a sheet that was not sealed, so that only what is
   * shown here counts and not what it prints. `signer` is the name in the certificate; times are RFC 3339.
   */
  sheet?: {
    seal: Outcome | 'none'
    level?: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA'
    algorithm?: string
    signer?: string
    claimedAt?: string
    provenAt?: string
  }
  /** The moment the report is true for. */
  at: string
}

/** The verdict follows from the results: any failed is invalid; else any unknown is indeterminate; else valid. */
export function verdictOf({ seal, issuer, validity, status, holder = 'passed', parts = 'passed' }: Results): Verdict {
  const results = [seal, issuer, validity, status, holder, parts]
  return results.includes('failed') ? 'invalid' : results.includes('unknown') ? 'indeterminate' : 'valid'
}
