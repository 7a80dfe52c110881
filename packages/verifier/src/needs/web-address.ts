/** Where identifiers of issuers lead, and which addresses are those of somebody whom the registry knows. */
import type { TrustRegistry } from '@cairn/core'

/** Where the document of a did:web stands (did:web method, 3.2); `undefined` for what is none. */
export function didWebAddress(did: string): string | undefined {
  const parts = /^did:web:([A-Za-z0-9.%:_-]{1,500})$/.exec(did)?.[1]?.split(':')
  if (!parts || parts.some((part) => part === '')) return undefined
  const decoded = parts.map(decodedPart)
  if (decoded.includes(undefined)) return undefined
  const [host, ...path] = decoded as string[]
  const address = `https://${host}/${path.length === 0 ? '.well-known' : path.map((each) => encodeURIComponent(each)).join('/')}/did.json`
  return URL.canParse(address) ? address : undefined
}

/** A part with what is written in percent; `undefined` where that is no UTF-8. */
function decodedPart(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'))
  } catch {
    return undefined
  }
}

/** Where the document of a controller stands: a did:web, or an https address; `undefined` for others. */
export function controllerAddress(controller: string): string | undefined {
  return controller.startsWith('did:web:') ? didWebAddress(controller) : /^https:\/\//.test(controller) ? controller : undefined
}

/** True when the registry names this identifier, or an issuer at the same host: only then may an address be asked for (R-SSRF-2). */
export function isOfRegistry(address: string, identifier: string, { issuers }: TrustRegistry): boolean {
  const host = URL.parse(address)?.host
  return issuers.some(({ id, keys }) => {
    const named = id.startsWith('did:web:') ? didWebAddress(id) : id
    return id === identifier || keys.includes(identifier) || (host !== undefined && URL.parse(named ?? '')?.host === host)
  })
}
