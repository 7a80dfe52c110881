/** What a judgement on a token would rest on beyond the token itself: for whoever gathers evidence. */
import { type Json, ProblemError } from '@cairn/core'
import { detectFormat, factsOfSdJwtVc, factsOfW3c } from '@cairn/formats'
import { type Certificate, processPayload, readSdJwt, readToken } from '@cairn/seals'
import { issuerMetadataAddress } from './issuer-metadata.ts'

/** Addresses and names, none of which is trusted yet. */
export interface TokenNeeds {
  issuerId?: string
  certificates: readonly Certificate[]
  /** Where the issuer would publish its keys; absent when it brings a certificate or has no https address. */
  issuerMetadata?: string
  statusLists: readonly string[]
  /** Ids and numbers of whoever awarded. */
  bodies: readonly string[]
  /** The type, when a hash of its description was signed. */
  type?: string
}

/** What a token names; `undefined` for other forms, and for what cannot be read. Never throws. */
export async function needsOfToken(bytes: Uint8Array): Promise<TokenNeeds | undefined> {
  const format = detectFormat(bytes)
  if (format !== 'sd-jwt' && format !== 'vc-jwt') return undefined
  try {
    const sdJwt = format === 'sd-jwt' ? readSdJwt(bytes) : undefined
    const read = sdJwt ?? readToken(new TextDecoder('latin1').decode(bytes).replace(/\r?\n$/, ''), ['vc+jwt'])
    const payload = sdJwt ? processPayload(sdJwt).payload : read.payload
    const facts = read.type === 'dc+sd-jwt' ? factsOfSdJwtVc(payload) : factsOfW3c(payload)
    const { issuerId, tokenStatus, statuses, awardingBodyIdentifiers, issuerIdentifiers } = facts
    const metadata = read.certificates.length === 0 && issuerId !== undefined ? issuerMetadataAddress(issuerId) : undefined
    const type = text(payload['vct#integrity']) === undefined ? undefined : text(payload.vct)
    return {
      ...(issuerId !== undefined && { issuerId }),
      certificates: read.certificates,
      ...(metadata !== undefined && { issuerMetadata: metadata }),
      statusLists: [...new Set([...(tokenStatus ? [tokenStatus.address] : []), ...statuses.map(({ list }) => list)])],
      bodies: [...(issuerId === undefined ? [] : [issuerId]), ...awardingBodyIdentifiers, ...issuerIdentifiers],
      ...(type !== undefined && { type }),
    }
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

const text = (value: Json | undefined) => (typeof value === 'string' ? value : undefined)
