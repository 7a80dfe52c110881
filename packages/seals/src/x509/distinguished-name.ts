/** Distinguished names: what they say, and whether two are the same. */
import { type DerElement, elements, expectTag, tags } from '../der/read-der.ts'
import { oidOf, textOf } from '../der/values.ts'
import { nameAttributes } from './oids.ts'

/** The attributes of a name that rules and people look at. */
export interface DistinguishedName {
  commonName?: string
  organization?: string
  organizationalUnit?: string
  /** 2.5.4.97: `VATES-A00000000`, `NTRDE-HRB123` (ETSI EN 319 412-1, 5.1.4). */
  organizationIdentifier?: string
  country?: string
}

/** Reads a name; of several attributes of one kind the last, most specific one counts. */
export function readName(name: DerElement): DistinguishedName {
  const found: DistinguishedName = {}
  for (const relative of elements(name))
    for (const pair of elements(expectTag(relative, tags.set))) {
      const [type, value] = elements(pair)
      const attribute = nameAttributes[oidOf(type)]
      if (attribute && value) found[attribute] = textOf(value)
    }
  return found
}

/** One line for people: common name, organisation and identifier, country. */
export function nameLine({ commonName, organization, organizationIdentifier, country }: DistinguishedName): string {
  return [commonName, organization, organizationIdentifier, country]
    .filter((part, index, all) => part && all.indexOf(part) === index)
    .join(', ')
}
