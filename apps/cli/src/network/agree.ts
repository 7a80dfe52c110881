/** `cairn network agree`: signing the text of an agreement, and putting the signatures of several copies together. */

import { existsSync } from 'node:fs'
import { agreementHash, isObject, type Json, memberOn, NetworkAgreement, networkTypes, ProblemError, parseJson } from '@cairn/core'
import { signPayload } from '@cairn/seals'
import type { Output } from '../output.ts'
import { visible } from '../problem-line.ts'
import { parseAs, readGiven } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'
import { hash, openFolder, readAgreementFile, writeWhole } from './folder.ts'
import { dayOf } from './membership.ts'
import { ownSigner } from './own-signer.ts'

/** Signs with the own key unless that was done, keeps every valid signature, and says who is missing. */
export async function agree(given: Given, output: Output): Promise<number> {
  const [file] = given.operands
  if (file === undefined) throw new UsageError('Which agreement? A text as JSON, or a file that others have signed.')
  const folder = openFolder(given)
  const { directory, settings, at } = folder
  const json = parseJson(readGiven(file))
  const isText = isObject(json) && !('signatures' in json)
  const text = isText ? json : (json as { agreement: Json }).agreement
  const agreement = parseAs(NetworkAgreement, text, 'agreement')
  if (!agreement.parties.includes(settings.me)) throw new ProblemError('network.not-member', 'This member is no party of the agreement.')
  const day = dayOf(given)
  memberOn(directory, settings.me, day)
  const own = agreementHash(text, hash)
  const place = at('agreements', `${own}.json`)
  const given_ = isText ? [] : (await readAgreementFile(file, directory)).file.signatures
  const kept = existsSync(place) ? (await readAgreementFile(place, directory)).file.signatures : []
  const signatures = new Set([...kept, ...given_])
  const write = () => writeWhole(place, `${JSON.stringify({ agreement: text, signatures: [...signatures] }, null, 2)}\n`)
  write()
  const before = await readAgreementFile(place, directory)
  if (!before.signed.includes(settings.me)) {
    const signer = await ownSigner(folder, given, day)
    signatures.add(
      await signPayload({ network: settings.network, agreement: own, party: settings.me, signed: day }, networkTypes.agreement, signer),
    )
    write()
  }
  const state = await readAgreementFile(place, directory)
  output.data({ agreement: own, file: place, signed: state.signed, missing: state.missing })
  output.say(`Agreement ${own}: signed by ${state.signed.map(visible).join(', ')}`)
  output.say(
    state.missing.length > 0
      ? `  missing: ${state.missing.map(visible).join(', ')}. Send them ${visible(place)}`
      : '  every party has signed',
  )
  return 0
}
