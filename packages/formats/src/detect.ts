/** What a file probably is, from a cheap look at it. */

/** Forms that can be told apart without understanding them. */
export type DocumentFormat =
  | 'elm-jades'
  | 'elm-unsealed'
  | 'status-list'
  | 'verification-report'
  | 'specification'
  | 'trust-registry'
  | 'open-badge'
  | 'open-badge-jwt'
  | 'verifiable-credential'
  | 'verifiable-presentation'
  | 'jwt'
  | 'sd-jwt'
  | 'vc-jwt'
  | 'png'
  | 'svg'
  | 'pdf'
  | 'xml'
  | 'zip'
  | 'unknown'

const magic: readonly (readonly [DocumentFormat, readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
]

const decoder = new TextDecoder()

/** Looks at the first bytes and at the names of the outermost members; never throws and promises nothing (a strict reader decides). */
export function detectFormat(bytes: Uint8Array): DocumentFormat {
  for (const [format, head] of magic) if (head.every((byte, index) => bytes[index] === byte)) return format
  // A seal is large and almost always begins with what is sealed: then its first bytes are enough.
  if (/^\s*\{\s*"payload"\s*:(?!\s*"ey)/.test(decoder.decode(bytes.subarray(0, 64)))) return 'elm-jades'
  const text = decoder.decode(bytes).trim()
  if (text.startsWith('{')) return detectJson(text)
  if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/.test(text)) return detectToken(text)
  if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+~/.test(text)) return 'sd-jwt'
  if (text.startsWith('<')) return /<svg[\s>]/.test(text.slice(0, 2000)) ? 'svg' : 'xml'
  return 'unknown'
}

function detectJson(text: string): DocumentFormat {
  const members = outermost(text)
  // An SD-JWT in JSON has its disclosures beside the signature (RFC 9901, 8).
  if (members.has('payload') && /"(disclosures|kb_jwt)"\s*:/.test(`${members.get('signatures') ?? ''}${members.get('header') ?? ''}`))
    return 'sd-jwt'
  if (members.has('payload') && (members.has('signatures') || members.has('signature'))) return 'elm-jades'
  const types = members.get('type') ?? members.get('@type') ?? ''
  if (/"BitstringStatusListCredential"|"StatusList2021Credential"/.test(types)) return 'status-list'
  if (/"EuropeanDigitalCredential"/.test(types)) return 'elm-unsealed'
  if (/"OpenBadgeCredential"|"AchievementCredential"|"Assertion"/.test(types)) return 'open-badge'
  if (/"VerifiablePresentation"|"EuropeanDigitalPresentation"/.test(types)) return 'verifiable-presentation'
  if (/"VerifiableCredential"/.test(types)) return 'verifiable-credential'
  if (members.has('kind') && members.has('primaryLanguage') && members.has('title')) return 'specification'
  if (members.has('anchors') || members.has('issuers')) return 'trust-registry'
  return 'unknown'
}

/** Names of the outermost members with the text of their values, in one pass over strings and brackets. */
function outermost(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let depth = 0
  let name = ''
  let from = 0
  let last = ''
  for (let at = 0; at < text.length; at++) {
    const c = text[at]
    if (c === '"') {
      const start = at + 1
      at = endOfString(text, at)
      if (depth === 1) last = text.slice(start, Math.min(at, start + 200))
    } else if (c === '{' || c === '[') depth++
    else if (c === '}' || c === ']') {
      if (--depth === 0 && name) found.set(name, text.slice(from, at))
      if (depth === 0) break
    } else if (depth === 1 && c === ':') {
      name = last
      from = at + 1
    } else if (depth === 1 && c === ',') found.set(name, text.slice(from, at))
  }
  return found
}

/** Where the string that begins at `from` has its closing quote: the next one that no odd number of backslashes stands before. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at
    while (before > from + 1 && text[before - 1] === '\\') before--
    if ((at - before) % 2 === 0) return at
  }
  return text.length
}

/** A compact token by what its header and payload say of themselves. */
function detectToken(token: string): DocumentFormat {
  try {
    const decode = (part: string) => atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const [header, payload] = token.split('.') as [string, string]
    const [head, body] = [decode(header), decode(payload.slice(0, 4000 * 4))]
    if (/statuslist\+jwt/.test(head) || /StatusListCredential|StatusList2021Credential/.test(body)) return 'status-list'
    if (/"typ"\s*:\s*"verification-report\+jwt"/.test(head)) return 'verification-report'
    if (/"typ"\s*:\s*"vc\+jwt"/.test(head)) return 'vc-jwt'
    // Older tokens hold the credential in a claim of its own; Open Badges 2.0 are a payload without claims.
    const isBadge = /"vc"\s*:\s*\{|"OpenBadgeCredential"|"AchievementCredential"|"type"\s*:\s*(?:\[\s*)?"Assertion"/.test(body)
    return isBadge && !body.includes('"EuropeanDigitalCredential"') ? 'open-badge-jwt' : 'jwt'
  } catch {
    return 'jwt'
  }
}
