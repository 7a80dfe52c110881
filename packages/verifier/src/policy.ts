/** The rules of judgement as data. */
import type { SealLevel } from '@cairn/seals'

/** Until when an algorithm is relied on. `algorithm` is a digest, or a kind of signature with keys of at least `bits`; `until` a day, or `null` for no end in sight. */
export interface AlgorithmRule {
  readonly algorithm: 'SHA-256' | 'SHA-384' | 'SHA-512' | 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'ed25519'
  readonly bits?: number
  readonly until: string | null
}

/** Limits of judgement. */
export interface Policy {
  name: string
  /** How old a status list may be, in hours, before its answer no longer counts (R-ST-2). */
  statusMaxAgeHours: number
  /** Tolerated difference of clocks in seconds. */
  clockSkewSeconds: number
  /**
   * Whether a certificate must be shown not to be revoked: always, only where it names a source of such statements, or never. Where it must and no
   * statement is at hand the answer is unknown (TRY_LATER).
   */
  revocation: 'required' | 'if-named' | 'off'
  /** How old a statement on revocation that does not say when the next one comes may be, in hours. */
  revocationMaxAgeHours: number
  /**
   * Whether a statement has to be recent today, or may be one that was current when the signature is proven to have existed, or made later
   * (`at-proof`): the proof is a time stamp of the seal, and for a time stamp its own time.
   */
  statements: 'recent' | 'at-proof'
  /** Algorithms and their ends; what is not named is not accepted. */
  algorithms: readonly AlgorithmRule[]
  /** `alone`: the registry in an evidence package speaks where no other is at hand. By default it speaks for nothing. */
  packageRegistry?: 'alone'
  /** The moment (RFC 3339) for which a status list has to be good: that of an evidence package. By default that of the judgement. */
  statusAt?: string
  /** Levels of seals that are accepted; all when absent. */
  levels?: readonly SealLevel[]
  /** What the holder of a presentation has to prove (R-SD-2): that it is theirs, to this audience, for this nonce. Nothing is asked when absent. */
  holder?: { readonly required: boolean; readonly audience?: string | undefined; readonly nonce?: string | undefined }
}

/**
 * The policy of this product: status at most a day old, a minute of clock skew, revocation wherever a certificate names a source. The ends of
 * algorithms are those of ETSI TS 119 312 V1.5.1 (2024-12), tables 6 to 8.
 */
export const standardPolicy: Policy = {
  name: 'cairn-standard-2',
  statusMaxAgeHours: 24,
  clockSkewSeconds: 60,
  revocation: 'if-named',
  revocationMaxAgeHours: 24,
  statements: 'at-proof',
  algorithms: [
    { algorithm: 'SHA-256', until: null },
    { algorithm: 'SHA-384', until: null },
    { algorithm: 'SHA-512', until: null },
    { algorithm: 'rsa-pkcs1', bits: 1900, until: '2029-01-01' },
    { algorithm: 'rsa-pss', bits: 3000, until: null },
    { algorithm: 'rsa-pss', bits: 1900, until: '2029-01-01' },
    { algorithm: 'ecdsa', bits: 256, until: null },
    { algorithm: 'ed25519', until: null },
  ],
}
