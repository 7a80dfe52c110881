/** What a judgement on anything would rest on beyond it and the registry: asked again and again until nothing more is named. */
import { type JsonObject, ProblemError } from '@cairn/core'
import { factsForVerdict, factsOfOpenBadge, isAssertion, readBadge, scopeOfElm } from '@cairn/formats'
import { checkTimeStamps, readJades, type SealRead, sealedDocument } from '@cairn/seals'
import { contentOf } from '../containers/content-of.ts'
import type { Evidence } from '../evidence.ts'
import { hostedDocuments } from '../open-badges/hosted-parts.ts'
import { keySetAddress } from '../sd-jwt/issuer-metadata.ts'
import { needsOfToken } from '../sd-jwt/needs-of-token.ts'
import { controllersOf, listsOfBadge, partsOfAssertion } from './needs-of-badge.ts'
import { controllerAddress } from './web-address.ts'

/** Addresses and identifiers that are not at hand yet; none of them is trusted. */
export interface DocumentNeeds {
  /** did:web identifiers and https addresses of controllers. */
  controllers: readonly string[]
  /** Parts of Open Badges 2.0. */
  hosted: readonly string[]
  /** Metadata of issuers of tokens, and the key sets that it points to. */
  issuerMetadata: readonly string[]
  /** Status lists: to be asked for only when seal and issuer hold. */
  statusLists: readonly string[]
  /** Descriptions of types: to be asked for only when seal and issuer hold. */
  types: readonly string[]
  /** Ids and numbers of the bodies that awarded: what a registry of accreditations is asked about. */
  bodies: readonly string[]
  /** Certificates, DER, under which it was sealed and stamped: what trusted lists are asked about. */
  signers: readonly Uint8Array[]
}

const mostLists = 4
const mostBodies = 16
const mostSigners = 8
const nothing: DocumentNeeds = { controllers: [], hosted: [], issuerMetadata: [], statusLists: [], types: [], bodies: [], signers: [] }

/** What a document, a token or the content of a picture or a PDF names. Never throws for what is in the bytes. */
export async function needsOfDocument(bytes: Uint8Array, evidence: Evidence): Promise<DocumentNeeds> {
  try {
    return missing(await named(bytes, evidence), evidence)
  } catch (error) {
    if (error instanceof ProblemError || error instanceof TypeError) return nothing
    throw error
  }
}

async function named(bytes: Uint8Array, evidence: Evidence): Promise<DocumentNeeds> {
  const content = await contentOf(bytes, evidence)
  if (content.address !== undefined) return { ...nothing, hosted: [content.address] }
  const token = await needsOfToken(content.bytes)
  if (token) {
    const { issuerId = '', issuerMetadata, statusLists, type, certificates, bodies } = token
    const controllers = issuerId.startsWith('did:web:') && certificates.length === 0 ? [issuerId] : []
    const metadata = issuerMetadata === undefined ? undefined : evidence.issuerMetadata?.[issuerMetadata]
    const keys = metadata ? keySetAddress(issuerId, metadata) : undefined
    const addresses = [issuerMetadata, keys].filter((each) => each !== undefined)
    return {
      ...nothing,
      controllers,
      issuerMetadata: addresses,
      statusLists,
      types: type === undefined ? [] : [type],
      bodies,
      signers: certificates.map(({ der }) => der),
    }
  }
  if (content.format === 'elm-jades' || content.format === 'jwt') {
    const seal = readJades(content.bytes)
    const document = sealedDocument(seal) as JsonObject
    const { bodies } = scopeOfElm(document)
    return {
      ...nothing,
      statusLists: factsForVerdict(document).statuses.map(({ list }) => list),
      bodies: bodies.flatMap(({ id, identifiers }) => [...(id === undefined ? [] : [id]), ...identifiers]),
      signers: await signersOf(seal),
    }
  }
  if (!/^(open-badge|open-badge-jwt|verifiable-credential)$/.test(content.format)) return nothing
  const document = await readBadge(content.bytes)
  if (isAssertion(document)) return { ...nothing, hosted: partsOfAssertion(document, hostedDocuments(evidence)) }
  return {
    ...nothing,
    controllers: controllersOf(document, content.bytes),
    statusLists: listsOfBadge(document),
    bodies: issuersOf(document),
  }
}

/** Certificates of the signatures and of their time stamps. */
async function signersOf(seal: SealRead): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for (const signature of seal.signatures) {
    found.push(...signature.certificates.map(({ der }) => der))
    for (const { token } of await checkTimeStamps(seal, signature)) found.push(...(token?.signer ? [token.signer.der] : []))
  }
  return found
}

function issuersOf(document: JsonObject): string[] {
  const { issuerId, awardingBodyIdentifiers, issuerIdentifiers } = factsOfOpenBadge(document)
  return [...(issuerId === undefined ? [] : [issuerId]), ...awardingBodyIdentifiers, ...issuerIdentifiers]
}

function missing(needs: DocumentNeeds, evidence: Evidence): DocumentNeeds {
  const not = (names: readonly string[], record: Readonly<Record<string, Uint8Array>> = {}, most = 8) =>
    [...new Set(names)].filter((name) => !Object.hasOwn(record, name)).slice(0, most)
  return {
    controllers: not(needs.controllers, evidence.didDocuments).filter((each) => controllerAddress(each) !== undefined),
    hosted: not(needs.hosted, evidence.hosted),
    issuerMetadata: not(needs.issuerMetadata, evidence.issuerMetadata),
    statusLists: not(needs.statusLists, evidence.statusLists, mostLists),
    types: not(needs.types, evidence.typeMetadata).filter((each) => /^https:/i.test(each)),
    bodies: evidence.accreditations ? [] : [...new Set(needs.bodies)].slice(0, mostBodies),
    signers: evidence.registry.trustedServices ? [] : needs.signers.slice(0, mostSigners),
  }
}
