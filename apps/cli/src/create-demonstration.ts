/** Keys for trying, written to a folder. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Organisation, ProblemError, textIn } from '@cairn/core'
import { writeKeyFile } from '@cairn/keys'
import { namedUrn, readSpecification } from './institution.ts'
import { needPassphrase, readAs } from './read-input.ts'
import { type Given, UsageError } from './verb.ts'

/** Where everything was written, and whom the keys name. */
export interface Demonstration {
  institution: string
  organizationIdentifier: string
  key: string
  statusKey: string
  trust: string
}

const algorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'EdDSA'] as const

/** Makes demonstration keys and their trust file. Nothing is written over: raises `key.unreadable` when files are there already. */
export async function createDemonstration(given: Given): Promise<Demonstration> {
  const algorithm = algorithms.find((name) => name === (given.text('algorithm') ?? 'ES256'))
  if (!algorithm) throw new UsageError(`An algorithm is one of ${algorithms.join(', ')}.`)
  const passphrase = needPassphrase(given)
  const organisation = institutionOf(given)
  const folder = given.text('out') ?? 'cairn-demo-key'
  const place = (name: string) => path.join(folder, name)
  const files = { key: place('seal-key.json'), statusKey: place('status-key.json'), trust: place('trust.json') }
  const there = Object.values(files).find((file) => existsSync(file))
  if (there) throw new ProblemError('key.unreadable', `There is a ${path.basename(there)} already; no key is written over.`)
  const { createDemoKey } = await import('@cairn/testkit')
  const identifier = given.text('identifier')
  const demo = createDemoKey({
    organisation,
    passphrase,
    algorithm,
    ...(identifier === undefined ? {} : { organizationIdentifier: identifier }),
  })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeKeyFile(files.key, demo.keyFile)
  writeKeyFile(files.statusKey, demo.statusKeyFile)
  writeFileSync(files.trust, `${JSON.stringify(demo.trust, null, 2)}\n`)
  return { institution: textIn(organisation.legalName, 'en'), organizationIdentifier: demo.organizationIdentifier, ...files }
}

function institutionOf(given: Given): Pick<Organisation, 'id' | 'legalName' | 'country' | 'identifiers'> {
  const [spec, institution] = [given.text('spec'), given.text('institution')]
  if (institution !== undefined) return readAs(Organisation, institution, 'institution')
  if (spec !== undefined) {
    const found = readSpecification(spec).institution
    if (!found)
      throw new ProblemError(
        'input.invalid',
        'The specification names no institution. Name it with --institution FILE, or with --name.',
        '/institution',
      )
    return found
  }
  const country = given.text('country') ?? 'XX'
  if (!/^[A-Z]{2}$/.test(country)) throw new UsageError('A country is two letters, such as CZ.')
  const identifier = given.text('identifier') ?? `VAT${country}-DEMO`
  return {
    id: namedUrn(identifier),
    legalName: { en: given.text('name') ?? 'Demonstration Institute' },
    country,
    identifiers: [{ kind: 'eidas', value: identifier }],
  }
}
