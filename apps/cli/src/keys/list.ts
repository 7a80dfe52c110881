/** `cairn keys list`: key files, the keys of a device, the credentials of a service. */
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { listHardwareKeys, listRemoteKeys, readAnyKey } from '@cairn/keys'
import type { Output } from '../output.ts'
import { problemLine, visible } from '../problem-line.ts'
import { readPassphrase } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'
import { needClientSecret, originsOf } from './secrets.ts'
import { endNotice, keyLine, shown } from './shown.ts'

/** Shows whom keys name and until when, or what a device or a service has. */
export async function list(given: Given, output: Output): Promise<number> {
  if (given.text('module') !== undefined) return listDevice(given, output)
  if (given.text('service') !== undefined) return listService(given, output)
  const places = given.operands.length > 0 ? given.operands : ['.']
  let bad = false
  for (const place of places) {
    const named = !isFolder(place)
    for (const file of named ? [place] : filesOf(place)) {
      try {
        const key = readAnyKey(file)
        const notice = endNotice(key, new Date())
        output.data({ file, ...shown(key), ...(notice ? { notice } : {}) })
        output.say(`${visible(file)}\n  ${keyLine(key)}`)
        if (notice) output.say(`  ${notice}`)
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

async function listDevice(given: Given, output: Output): Promise<number> {
  const token = given.text('token')
  for (const found of await listHardwareKeys(path.resolve(given.text('module')!), token, readPassphrase(given))) {
    output.data(found)
    output.say(visible(found.token))
    for (const { label, id, certificate } of found.keys)
      output.say(`  ${visible(label)} (${id || 'no id'})${certificate ? ', with a certificate' : ''}`)
    if (token === undefined) output.say('  Name it with --token to see its keys.')
  }
  return 0
}

async function listService(given: Given, output: Output): Promise<number> {
  const [service, clientId] = [given.text('service')!, given.text('client')]
  if (!clientId) throw new UsageError('Who asks? Give --client ID.')
  for (const credential of await listRemoteKeys({
    service,
    clientId,
    clientSecret: needClientSecret(given),
    ownOrigins: originsOf(service),
  })) {
    output.data({ credential })
    output.say(visible(credential))
  }
  return 0
}

const isFolder = (place: string) => statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
const filesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => path.join(folder, name))
