/** `cairn keys create`: keys for trying, or a key in a device with the request for its certificate. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { createHardwareKey } from '@cairn/keys'
import { createDemonstration } from '../create-demonstration.ts'
import type { Output } from '../output.ts'
import { visible } from '../problem-line.ts'
import { needPassphrase } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'

/** Makes keys. Nothing is written over. */
export async function create(given: Given, output: Output): Promise<number> {
  if (given.operands.length > 0) throw new UsageError(`"${given.operands[0]}" is not understood.`)
  if (given.text('module') !== undefined) return createInDevice(given, output)
  if (!given.has('demo'))
    throw new UsageError(
      'Only keys for trying (--demo) and keys in a device (--module) are made here. A real seal certificate comes from a trust service provider; take it in with "cairn keys import".',
    )
  const made = await createDemonstration(given)
  output.data(made)
  output.say(`A demonstration key for ${visible(made.institution)} (${made.organizationIdentifier}). It is not qualified.`)
  output.say(`  seal with     ${made.key}`)
  output.say(`  status lists  ${made.statusKey}`)
  output.say(`  verify with   --trust ${made.trust}`)
  return 0
}

const algorithms = ['ES256', 'ES384', 'ES512', 'RS256'] as const

async function createInDevice(given: Given, output: Output): Promise<number> {
  const [module, token, key, out] = [given.text('module'), given.text('token'), given.text('key'), given.text('out')]
  const [organisation, organizationIdentifier, country] = [given.text('name'), given.text('identifier'), given.text('country')]
  if (!module || !token || !key || !out || !organisation || !organizationIdentifier || !country)
    throw new UsageError(
      'A key in a device: --module LIBRARY --token LABEL --key LABEL --name NAME --identifier VATXX-123 --country XX --out FILE.csr.',
    )
  if (!/^[A-Z]{2}$/.test(country)) throw new UsageError('A country is two letters, such as CZ.')
  const algorithm = algorithms.find((name) => name === (given.text('algorithm') ?? 'ES256'))
  if (!algorithm) throw new UsageError(`An algorithm is one of ${algorithms.join(', ')}.`)
  const subject = { commonName: given.text('label') ?? organisation, organisation, organizationIdentifier, country }
  const place = { module: path.resolve(module), token, key, pin: needPassphrase(given) }
  const { id, request } = await createHardwareKey({ ...place, algorithm, subject })
  try {
    writeFileSync(out, request, { flag: 'wx' })
  } catch (error) {
    throw new ProblemError('key.unreadable', `The key was made; its request cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
  output.data({ id, key, token, algorithm, request: out })
  output.say(`A key was made in the device (${id}); it never leaves it.`)
  output.say(`  send to a trust service provider   ${visible(out)}`)
  output.say('  and take in what comes back with   cairn keys import --module … --token … --key … --certificate FILE')
  return 0
}
