/** Gathering for a document in the reader's browser: the document stays here, and only addresses of issuers that the registry knows are asked for. */
import type { EvidenceAnswer, EvidenceAsked } from '@cairn/api'
import type { TrustRegistry } from '@cairn/core'
import {
  chainOf,
  chainsOf,
  contentOf,
  controllerAddress,
  type Evidence,
  isOfRegistry,
  needsOfDocument,
  needsOfToken,
  standardPolicy,
  type TrustedChain,
} from '@cairn/verifier'
import { base64Of } from './bytes-of.ts'
import { evidenceOf, judge } from './judge.ts'

/** Assertion, badge class, issuer, key, list: what one names may name the next. */
const mostTurns = 6

/**
 * Gathers what a document needs, as far as `ask` has it. Lists and descriptions of types are asked for only when the seal holds and the issuer is
 * known; other addresses only when their host is that of an issuer in the registry. Where `ask` fails, what is at hand stays.
 */
export async function gatherHere(
  bytes: Uint8Array,
  registry: TrustRegistry,
  ask: (asked: EvidenceAsked) => Promise<EvidenceAnswer>,
): Promise<Evidence> {
  let evidence: Evidence = { registry, statusLists: {}, retrievedAt: registry.readAt ?? new Date().toISOString() }
  const before = new Set<string>()
  for (let turn = 0; turn < mostTurns; turn++) {
    const asked = await wanted(bytes, evidence, before, turn === 0)
    if (!asked) break
    try {
      evidence = merged(evidence, evidenceOf(await ask(asked)))
    } catch {
      break
    }
  }
  return evidence
}

async function wanted(bytes: Uint8Array, evidence: Evidence, before: Set<string>, first: boolean): Promise<EvidenceAsked | undefined> {
  const needs = await needsOfDocument(bytes, evidence)
  const { results, registry: known } = await judge(bytes, evidence)
  const holds = results.seal !== 'failed' && known !== undefined
  const ours = (address: string, identifier = address) => isOfRegistry(address, identifier, evidence.registry)
  const fresh = (names: readonly string[]) => names.filter((name) => !before.has(name))
  const asked = {
    statusLists: holds ? fresh(needs.statusLists) : [],
    types: holds ? fresh(needs.types) : [],
    controllers: fresh(needs.controllers).filter((each) => ours(controllerAddress(each) ?? '', each)),
    hosted: fresh(needs.hosted).filter((each) => ours(each)),
    issuerMetadata: fresh(needs.issuerMetadata).filter((each) => ours(each)),
  }
  for (const name of Object.values(asked).flat()) before.add(name)
  // Once: what is known elsewhere of whoever sealed and awarded. What trusted lists say of them may lead a chain to an anchor afterwards.
  const intact = results.seal !== 'failed'
  const elsewhere = first && intact ? { bodies: [...needs.bodies], signers: needs.signers.map(base64Of) } : { bodies: [], signers: [] }
  const chains = intact ? (await openChains(bytes, evidence)).filter(([leaf]) => !before.has(leaf!)) : []
  for (const [leaf] of chains) before.add(leaf!)
  const all = { ...asked, ...elsewhere }
  return chains.length + Object.values(all).flat().length === 0 ? undefined : { ...all, ...(chains.length > 0 ? { chains } : {}) }
}

/** Chains to an anchor of the registry in which somebody's revocation is in question. */
async function openChains(bytes: Uint8Array, evidence: Evidence): Promise<string[][]> {
  const content = await contentOf(bytes, evidence).catch(() => undefined)
  if (!content) return []
  const now = new Date().toISOString()
  const chains =
    content.format === 'elm-jades' || content.format === 'jwt'
      ? await chainsOf(content.bytes, evidence, standardPolicy, now)
      : await chainOfToken(content.bytes, evidence)
  // A sheet that is sealed itself may bear another certificate than the credential in it.
  const ofSheet = content.bytes === bytes ? [] : await chainsOf(bytes, evidence, standardPolicy, now)
  return [...chains, ...ofSheet]
    .filter(({ links }) =>
      links.some(({ certificate, isKnown }) => !isKnown && certificate.ocspAddresses.length + certificate.crlAddresses.length > 0),
    )
    .slice(0, 4)
    .map(({ path }) => path.slice(0, 6).map(({ der }) => base64Of(der)))
}

async function chainOfToken(bytes: Uint8Array, evidence: Evidence): Promise<TrustedChain[]> {
  const { certificates = [] } = (await needsOfToken(bytes)) ?? {}
  const [leaf] = certificates
  const chain = leaf && (await chainOf('seal', leaf, certificates, evidence, undefined, standardPolicy, new Date().toISOString()))
  return chain ? [chain] : []
}

function merged(evidence: Evidence, more: Evidence): Evidence {
  const { trustedServices } = more.registry
  const accreditations = more.accreditations ?? evidence.accreditations
  return {
    registry: trustedServices ? { ...evidence.registry, trustedServices } : evidence.registry,
    ...(accreditations ? { accreditations } : {}),
    retrievedAt: more.retrievedAt,
    statusLists: { ...evidence.statusLists, ...more.statusLists },
    didDocuments: { ...evidence.didDocuments, ...more.didDocuments },
    hosted: { ...evidence.hosted, ...more.hosted },
    issuerMetadata: { ...evidence.issuerMetadata, ...more.issuerMetadata },
    typeMetadata: { ...evidence.typeMetadata, ...more.typeMetadata },
    revocation: {
      crls: [...(evidence.revocation?.crls ?? []), ...(more.revocation?.crls ?? [])],
      ocsps: [...(evidence.revocation?.ocsps ?? []), ...(more.revocation?.ocsps ?? [])],
    },
  }
}
