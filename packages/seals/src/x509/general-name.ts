/** General names (RFC 5280, 4.2.1.6), and whether one lies within a subtree of names (4.2.1.10). */
import { ProblemError } from '@cairn/core'
import { sameBytes } from '../base64.ts'
import { context, contextPrimitive, type DerElement, elements, expectTag, readSequence, tags } from '../der/read-der.ts'
import { oidOf, textOf } from '../der/values.ts'

/** A name: text for e-mail, host and address, bytes for a distinguished name (its DER) or an IP address. `other` is every kind we know nothing of. */
export interface GeneralName {
  readonly kind: 'email' | 'host' | 'directory' | 'address' | 'ip' | 'other'
  readonly text?: string
  readonly bytes?: Uint8Array
}

const latin = new TextDecoder('latin1')

/** Reads one general name. Raises `certificate.malformed`. */
export function readGeneralName(name: DerElement): GeneralName {
  switch (name.tag) {
    case contextPrimitive(1):
      return { kind: 'email', text: latin.decode(name.content) }
    case contextPrimitive(2):
      return { kind: 'host', text: latin.decode(name.content) }
    case context(4):
      return { kind: 'directory', bytes: expectTag(elements(name)[0], tags.sequence).raw }
    case contextPrimitive(6):
      return { kind: 'address', text: latin.decode(name.content) }
    case contextPrimitive(7):
      return { kind: 'ip', bytes: name.content }
    default:
      return { kind: 'other', bytes: name.raw }
  }
}

/** Reads a list of general names. Raises `certificate.malformed`. */
export const readGeneralNames = (list: DerElement): GeneralName[] => elements(list).map(readGeneralName)

/** True when a name lies within a subtree of the same kind. */
export function isWithin(name: GeneralName, subtree: GeneralName): boolean {
  if (name.kind !== subtree.kind) return false
  switch (subtree.kind) {
    case 'directory':
      return beginsWith(relatives(name.bytes!), relatives(subtree.bytes!))
    case 'ip':
      return maskFits(name.bytes!, subtree.bytes!)
    case 'host':
      return hostWithin(name.text!, subtree.text!, true)
    case 'email': {
      const wanted = subtree.text!.toLowerCase()
      const host = name.text!.slice(name.text!.lastIndexOf('@') + 1)
      return wanted.includes('@') ? name.text!.toLowerCase() === wanted : hostWithin(host, wanted, false)
    }
    case 'address':
      return URL.canParse(name.text!) && hostWithin(new URL(name.text!).hostname, subtree.text!, false)
    case 'other':
      return false
  }
}

/** A leading dot means the hosts below; without one a name of a host means itself, and below it too where `below` says so. */
function hostWithin(host: string, subtree: string, below: boolean): boolean {
  const [one, other] = [host.toLowerCase(), subtree.toLowerCase()]
  if (other === '') return true
  if (other.startsWith('.')) return one.endsWith(other)
  return one === other || (below && one.endsWith(`.${other}`))
}

/** Relative names as text that two spellings of the same name share: kind of string, case and doubled blanks do not count (RFC 5280, 7.1). */
function relatives(der: Uint8Array): string[] {
  try {
    return elements(readSequence(der)).map((relative) =>
      elements(relative)
        .map((pair) => {
          const [type, value] = elements(pair)
          return `${oidOf(type)}=${value ? comparable(value) : ''}`
        })
        .sort()
        .join('+'),
    )
  } catch (error) {
    // What is no name is the same as itself alone.
    if (error instanceof ProblemError) return [der.join('.')]
    throw error
  }
}
function comparable(value: DerElement): string {
  try {
    return textOf(value).trim().replace(/\s+/g, ' ').toLowerCase()
  } catch {
    return value.raw.join('.')
  }
}
const beginsWith = (whole: readonly string[], start: readonly string[]) => start.every((each, index) => whole[index] === each)

/** True when two distinguished names (DER) are the same name. */
export function sameName(one: Uint8Array, other: Uint8Array): boolean {
  if (sameBytes(one, other)) return true
  const [a, b] = [relatives(one), relatives(other)]
  return a.length === b.length && beginsWith(a, b)
}

function maskFits(address: Uint8Array, subtree: Uint8Array): boolean {
  if (subtree.length !== 2 * address.length) return false
  return address.every((byte, index) => (byte & subtree[address.length + index]!) === (subtree[index]! & subtree[address.length + index]!))
}
