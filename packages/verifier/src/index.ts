/** @module `(bytes, evidence, policy, now) -> Report`. Fetches nothing, throws nothing, runs in a browser. */
export type { Evidence } from './evidence.ts'
export { readEvidence, writeEvidence } from './evidence-file.ts'
export { type AlgorithmRule, type Policy, standardPolicy } from './policy.ts'
export { issuerMetadataAddress, keySetAddress } from './sd-jwt/issuer-metadata.ts'
export { needsOfToken } from './sd-jwt/load.ts'
export type { TokenNeeds } from './sd-jwt/needs-of-token.ts'
export { type ChainLink, chainOf, chainsOf, type TrustedChain } from './validation/chains-of.ts'
export { type Examine, verify } from './verify.ts'
