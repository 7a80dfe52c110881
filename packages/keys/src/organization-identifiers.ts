/** How the official numbers of an organisation look in a certificate. */
import type { Organisation } from '@cairn/core'

const prefixes: Readonly<Record<string, string>> = { vat: 'VAT', tax: 'VAT', registration: 'NTR' }

/**
 * Values of organizationIdentifier (2.5.4.97) that name this organisation: as written where the number is an eIDAS identifier, else
 * built from the register, the country and the number, such as `VATXX-123`, `NTRXX-123` or `LEIXG-…` (ETSI EN 319 412-1, 5.1.4).
 */
export function organizationIdentifiersOf(organisation: Pick<Organisation, 'identifiers' | 'country'>): string[] {
  const found = organisation.identifiers.flatMap(({ kind, value, country = organisation.country }) => {
    if (kind === 'eidas' || /^([A-Z]{3}[A-Z]{2}|[A-Z]{2}:[A-Z]{2})-/.test(value)) return [value]
    if (kind === 'lei') return [`LEIXG-${value}`]
    const prefix = prefixes[kind]
    if (!prefix) return []
    const bare = value.startsWith(country) ? value.slice(country.length) : value
    return [`${prefix}${country}-${bare}`]
  })
  return [...new Set(found)].sort((a, b) => rank(a) - rank(b))
}

/** The number a certificate most likely carries comes first. */
const rank = (identifier: string) => ['VAT', 'NTR', 'LEI'].findIndex((prefix) => identifier.startsWith(prefix))

/** True when two organisation identifiers are the same but for case, blanks and dots. */
export function sameIdentifier(one: string, other: string): boolean {
  const plain = (text: string) => text.toUpperCase().replace(/[\s.]/g, '')
  return plain(one) === plain(other)
}
