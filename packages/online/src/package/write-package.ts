/** Making an evidence package: one file with everything that is needed to verify a credential when nobody can be asked any more (R-LTV-4). */
import type { Report, TrustRegistry } from '@cairn/core'
import { detectFormat, writeZip } from '@cairn/formats'
import {
  type Certificate,
  carriedValues,
  checkTimeStamps,
  digest,
  parseCertificateText,
  readCompact,
  readJades,
  type SealRead,
  sameBytes,
  toBase64,
  toHex,
} from '@cairn/seals'
import { chainOf, chainsOf, type Evidence, type Policy, packageForm, protectedUntil, verify, writeEvidence } from '@cairn/verifier'
import { packageText } from './package-text.ts'

interface PackedFile {
  name: string
  mediaType: string
  bytes: Uint8Array
}
const utf8 = new TextEncoder()
const json = (value: unknown) => utf8.encode(`${JSON.stringify(value, null, 2)}\n`)
const number = (index: number) => String(index + 1).padStart(2, '0')

/**
 * Makes a package of a sealed European Digital Credential and the evidence that was gathered for it; `name` is what the credential's file is called,
 * `madeAt` RFC 3339. The registry is cut down to what the verdict rests on. Gives back the package, the report that lies in it, and until when its seal is protected (RFC 3339). Raises what reading a
 * seal raises.
 */
export async function writePackage(
  { name, bytes }: { name: string; bytes: Uint8Array },
  evidence: Evidence,
  policy: Policy,
  madeAt: string,
): Promise<{ bytes: Uint8Array; report: Report; protectedUntil: string }> {
  const seal = readJades(bytes, evidence.detached)
  const chains = await certificatesOf(bytes, evidence, policy, madeAt)
  const full = await verify(bytes, evidence, policy, madeAt)
  const cut = { ...evidence, registry: cutDown(evidence.registry, chains, full) }
  const short = await verify(bytes, cut, policy, madeAt)
  // Where less would give another answer nothing is left out.
  const [kept, report] = short.verdict === full.verdict ? [cut, short] : [evidence, full]
  const entry = kept.registry.issuers.find(({ id }) => id === report.registry?.id)
  const { ocsps, crls } = statementsIn(seal, evidence)
  const tokens = (await checkTimeStamps(seal, seal.signatures[0]!)).flatMap(({ token }) => token?.der ?? [])
  const credential = `credential/${name}`
  const until = await protectedUntil(bytes, policy, evidence.detached)
  const files: PackedFile[] = [
    { name: credential, mediaType: 'application/jose+json', bytes },
    ...chains.map((each, index) => der(`chains/${number(index)}.cer`, 'application/pkix-cert', each.der)),
    ...ocsps.map((each, index) => der(`statements/${number(index)}.ocsp`, 'application/ocsp-response', each)),
    ...crls.map((each, index) => der(`statements/${number(index)}.crl`, 'application/pkix-crl', each)),
    ...tokens.map((each, index) => der(`time-stamps/${number(index)}.tst`, 'application/timestamp-token', each)),
    ...Object.values(evidence.statusLists).map((each, index) => der(`status-lists/${number(index)}.jwt`, 'application/vc+jwt', each)),
    { name: 'registry.json', mediaType: 'application/json', bytes: json(kept.registry) },
    ...(entry ? [{ name: 'registry-entry.json', mediaType: 'application/json', bytes: json(entry) }] : []),
    { name: packageForm.evidence, mediaType: 'application/json', bytes: utf8.encode(writeEvidence(kept)) },
    { name: 'policy.json', mediaType: 'application/json', bytes: json(policy) },
    { name: 'report.json', mediaType: 'application/json', bytes: json(report) },
    { name: 'README.txt', mediaType: 'text/plain; charset=utf-8', bytes: utf8.encode(packageText) },
  ]
  const listed = []
  for (const file of files) listed.push({ name: file.name, mediaType: file.mediaType, sha256: toHex(await digest('SHA-256', file.bytes)) })
  const manifest = {
    form: packageForm.form,
    madeAt,
    credential,
    format: detectFormat(bytes),
    verdict: report.verdict,
    protectedUntil: until,
    files: listed,
  }
  return { bytes: writeZip([{ name: packageForm.manifest, bytes: json(manifest) }, ...files]), report, protectedUntil: until }
}

const der = (name: string, mediaType: string, bytes: Uint8Array): PackedFile => ({ name, mediaType, bytes })

/** Statements on revocation, those that the seal carries and those beside it, each once. */
function statementsIn({ signatures }: SealRead, { revocation }: Evidence) {
  const carried = signatures.map(({ unsigned }) => carriedValues(unsigned))
  const once = (list: readonly Uint8Array[]) => list.filter((each, index) => list.findIndex((other) => sameBytes(other, each)) === index)
  return {
    ocsps: once([...carried.flatMap(({ ocsps }) => ocsps), ...(revocation?.ocsps ?? [])]),
    crls: once([...carried.flatMap(({ crls }) => crls), ...(revocation?.crls ?? [])]),
  }
}

/** Every certificate of the chains to an anchor: of sealers, of time stamps, of status lists. */
async function certificatesOf(bytes: Uint8Array, evidence: Evidence, policy: Policy, at: string): Promise<Certificate[]> {
  const chains = await chainsOf(bytes, evidence, policy, at)
  for (const list of Object.values(evidence.statusLists)) {
    const { certificates } = readCompact(list, 'vc+jwt')
    const chain = await chainOf('seal', certificates[0]!, certificates, evidence, undefined, policy, at)
    if (chain) chains.push(chain)
  }
  const found: Certificate[] = []
  for (const each of chains.flatMap(({ path }) => path)) if (!found.some(({ der: known }) => sameBytes(known, each.der))) found.push(each)
  return found
}

/** The entry of the issuer, the anchors and the services that the chains lead to. */
function cutDown(registry: TrustRegistry, chains: readonly Certificate[], { registry: known }: Report): TrustRegistry {
  const isUsed = (text: string) =>
    chains.some(({ der: used }) => toBase64(used) === text || sameBytes(used, parseCertificateText(text).der))
  const { trustedServices, ...rest } = registry
  const services = trustedServices?.filter(({ certificates }) => certificates.some(isUsed)) ?? []
  return {
    ...rest,
    anchors: registry.anchors.filter(isUsed),
    issuers: registry.issuers.filter(({ id }) => id === known?.id),
    ...(services.length > 0 ? { trustedServices: services } : {}),
  }
}
