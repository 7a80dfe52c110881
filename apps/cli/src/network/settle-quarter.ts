/** `cairn network balance`: the counters of a pair for a quarter, signed, and compared with the other side's. */
import { Balance, balanceOf, differencesOf, networkTypes, ProblemError, signedByMember } from '@cairn/core'
import { openSigned, signPayload } from '@cairn/seals'
import type { Output } from '../output.ts'
import { visible } from '../problem-line.ts'
import { parseAs } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'
import { hash, keepHead, ledgerOf, openFolder, writeWhole } from './folder.ts'
import { dayOf } from './membership.ts'
import { bytesAt, signerOf } from './signed.ts'

/** Writes the own balance; with the other side's file it also says where the books differ (exit 1). */
export async function balance(given: Given, output: Output): Promise<number> {
  const folder = openFolder(given)
  const { settings, directory, at } = folder
  const [other, quarter] = [given.text('with'), given.text('quarter')]
  if (other === undefined || quarter === undefined) throw new UsageError('Which pair and quarter? Give --with ID and --quarter 2026-Q2.')
  const ledger = ledgerOf(folder)
  const mine = balanceOf(ledger, { network: settings.network, member: settings.me, other, quarter, issued: dayOf(given), hash })
  const place = at('public', `balance-${hash(other).slice(0, 12)}-${quarter}.jws`)
  writeWhole(place, `${await signPayload(mine, networkTypes.balance, await signerOf(given))}\n`)
  keepHead(folder, mine.head)
  const [theirFile] = given.operands
  const differences = theirFile === undefined ? undefined : await compare(theirFile, mine, given)
  output.data({ file: place, ...mine, ...(differences ? { differences } : {}) })
  for (const [way, { sent, recognised, refused, credits, hours, medianDays }] of [
    [`to ${other}`, mine.given],
    [`from ${other}`, mine.taken],
  ] as const)
    output.say(
      `${visible(way)}: ${sent} sent, ${recognised} recognised, ${refused} refused, ${credits} ECTS, ${hours} hours${medianDays === null ? '' : `, ${medianDays} days in the middle`}`,
    )
  if (differences) output.say(differences.length === 0 ? 'The books of both agree.' : `The books differ: ${differences.join(', ')}`)
  return differences && differences.length > 0 ? 1 : 0

  async function compare(file: string, own: Balance, from: Given): Promise<string[]> {
    const { payload, signer } = await openSigned(await bytesAt(file, from), networkTypes.balance)
    const theirs = parseAs(Balance, payload, 'balance')
    if (theirs.member !== other) throw new ProblemError('network.not-trusted', 'The balance is of another member.')
    signedByMember(directory, theirs.member, signer, theirs.issued)
    return differencesOf(own, theirs)
  }
}
