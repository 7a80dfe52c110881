/** `cairn keys`: make, take in, list and try sealing keys. */
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { certificateFacts, importPkcs12, type KeyFile, openKeyFile, readKeyFile, wrapKey, writeKeyFile } from '@cairn/keys'
import { createDemonstration } from '../create-demonstration.ts'
import { type Output, problemLine, visible } from '../output.ts'
import { needPassphrase, readBytes } from '../read-input.ts'
import { type Given, UsageError, type Verb } from '../verb.ts'

const actions: Readonly<Record<string, (given: Given, output: Output) => Promise<number> | number>> = { create, import: take, list, test }

export const keys: Verb = {
  help: `cairn keys create --demo [--spec FILE | --institution FILE | --name NAME --identifier VATXX-123 --country XX] [--out DIR]
cairn keys import FILE.p12 --out FILE [--label TEXT] [--purpose seal|status]
cairn keys list FILE|DIR…
cairn keys test FILE…

create --demo  makes a certificate authority for trying, a seal key and a status key under it, and the matching trust file:
               DIR/seal-key.json, DIR/status-key.json and DIR/trust.json (default DIR: cairn-demo-key). Never qualified.
               The keys name the institution of a specification (--spec), of a JSON file (--institution), or the one you name.
import         takes in a PKCS#12 file and keeps the key encrypted under the same passphrase.
list           shows whom keys name and until when.
test           opens keys, signs something and checks the signature.

The passphrase comes from --passphrase-file FILE or CAIRN_KEY_PASSPHRASE, never from an argument.
Exit codes: 0 good, 1 bad, 64 not understood.`,
  options: {
    demo: { type: 'boolean' },
    spec: { type: 'string' },
    institution: { type: 'string' },
    name: { type: 'string' },
    identifier: { type: 'string' },
    country: { type: 'string' },
    algorithm: { type: 'string' },
    out: { type: 'string' },
    label: { type: 'string' },
    purpose: { type: 'string' },
    'passphrase-file': { type: 'string' },
  },
  run(given, output) {
    const [action = '', ...operands] = given.operands
    if (!Object.hasOwn(actions, action)) throw new UsageError('What to do with keys: create, import, list or test?')
    return actions[action]!({ ...given, operands }, output)
  },
}

async function create(given: Given, output: Output): Promise<number> {
  if (!given.has('demo'))
    throw new UsageError(
      'Only keys for trying are made here (--demo). A real seal certificate comes from a trust service provider; take it in with "cairn keys import".',
    )
  if (given.operands.length > 0) throw new UsageError(`"${given.operands[0]}" is not understood.`)
  const made = await createDemonstration(given)
  output.data(made)
  output.say(`A demonstration key for ${visible(made.institution)} (${made.organizationIdentifier}). It is not qualified.`)
  output.say(`  seal with     ${made.key}`)
  output.say(`  status lists  ${made.statusKey}`)
  output.say(`  verify with   --trust ${made.trust}`)
  return 0
}

function take(given: Given, output: Output): number {
  const [file, ...more] = given.operands
  const out = given.text('out')
  const purpose = given.text('purpose') ?? 'seal'
  if (file === undefined || more.length > 0 || out === undefined) throw new UsageError('One PKCS#12 file, and --out FILE for the key.')
  if (purpose !== 'seal' && purpose !== 'status') throw new UsageError('A purpose is seal or status.')
  const passphrase = needPassphrase(given)
  const imported = importPkcs12(readKeyBytes(file), passphrase)
  const label = given.text('label') ?? path.basename(file).replace(/\.(p12|pfx)$/i, '')
  const key = wrapKey({ ...imported, passphrase, label, purpose })
  writeKeyFile(out, key)
  output.data({ file: out, ...shown(key) })
  output.say(`Taken in: ${line(key)}`)
  output.say(`  ${out}`)
  return 0
}

function readKeyBytes(file: string): Uint8Array {
  try {
    return readBytes(file, 200_001)
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('key.unreadable', error.problem.detail)
    throw error
  }
}

function list(given: Given, output: Output): number {
  const places = given.operands.length > 0 ? given.operands : ['.']
  let bad = false
  for (const place of places) {
    const named = !isFolder(place)
    for (const file of named ? [place] : filesOf(place)) {
      try {
        const key = readKeyFile(file)
        output.data({ file, ...shown(key) })
        output.say(`${visible(file)}\n  ${line(key)}`)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        if (!named) continue
        bad = true
        output.data({ file, problems: error.problems })
        output.say(`${visible(file)}\n  ${problemLine(error.problem)}`)
      }
    }
  }
  return bad ? 1 : 0
}

async function test(given: Given, output: Output): Promise<number> {
  if (given.operands.length === 0) throw new UsageError('Which key file?')
  const passphrase = needPassphrase(given)
  let bad = false
  for (const file of given.operands) {
    try {
      const key = readKeyFile(file)
      const signer = openKeyFile(key, passphrase)
      await signer.sign(new TextEncoder().encode('cairn'))
      output.data({ file, ok: true, ...shown(key) })
      output.say(`${visible(file)}: opens and signs. ${line(key)}`)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      bad = true
      output.data({ file, ok: false, problems: error.problems })
      output.say(`${visible(file)}: ${problemLine(error.problem)}`)
    }
  }
  return bad ? 1 : 0
}

const isFolder = (place: string) => statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
const filesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => path.join(folder, name))

function shown(key: KeyFile) {
  const { subject, issuedBy, notBefore, notAfter, organizationIdentifier, demonstration, fingerprint } = certificateFacts(
    Buffer.from(key.certificates[0]!, 'base64'),
  )
  return {
    label: key.label,
    purpose: key.purpose,
    algorithm: key.algorithm,
    subject,
    organizationIdentifier,
    issuedBy,
    from: notBefore,
    to: notAfter,
    fingerprint,
    demonstration,
  }
}

function line(key: KeyFile): string {
  const facts = shown(key)
  const who = facts.organizationIdentifier ? `${facts.subject} (${facts.organizationIdentifier})` : facts.subject
  const until = `${facts.from.slice(0, 10)} to ${facts.to.slice(0, 10)}`
  return `${visible(who)}, ${facts.purpose}, ${facts.algorithm}, ${until}, by ${visible(facts.issuedBy)}${facts.demonstration ? ', demonstration, not qualified' : ''}`
}
