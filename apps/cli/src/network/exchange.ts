/** `cairn network transfer`: sending what a learner chose, receiving and deciding it, noting the answer. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import {
  amountsOf,
  ConsentReceipt,
  grantsFor,
  memberOn,
  networkTypes,
  ProblemError,
  readAnswer,
  readTransfer,
  requireSound,
  Transfer,
  TransferAnswer,
  usedIn,
  useTokens,
} from '@cairn/core'
import { openSigned, signPayload } from '@cairn/seals'
import type { Output } from '../output.ts'
import { visible } from '../problem-line.ts'
import { parseAs, readAs, readGiven } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'
import { addToLedger, agreementOf, hash, ledgerOf, macOf, openFolder, usedTokens, writeWhole } from './folder.ts'
import { dayOf } from './membership.ts'
import { need } from './need.ts'
import { ownSigner } from './own-signer.ts'
import { bytesAt, readUsed } from './signed.ts'

const steps: Readonly<Record<string, (given: Given, output: Output) => Promise<number>>> = { send, receive, settle }

/** Chooses the step: send, receive or settle. */
export function transfer(given: Given, output: Output): Promise<number> {
  const [step = '', ...operands] = given.operands
  if (!Object.hasOwn(steps, step)) throw new UsageError('Which step of the transfer: send, receive or settle?')
  if (operands.length !== 1) throw new UsageError(step === 'send' ? 'Which credential?' : 'Which file?')
  return steps[step]!({ ...given, operands }, output)
}

async function send(given: Given, output: Output): Promise<number> {
  const folder = openFolder(given)
  const { settings, at } = folder
  const day = dayOf(given)
  const consent = readAs(ConsentReceipt, need(given, 'consent'), 'consent receipt')
  const [id] = consent.credentials
  if (consent.credentials.length !== 1) throw new UsageError('One credential a transfer: the consent names several.')
  const agreement = await agreementOf(folder, need(given, 'agreement'))
  const content = new TextDecoder('utf-8', { fatal: true }).decode(readGiven(given.operands[0]!))
  const edition = given.text('edition')
  const made = parseAs(
    Transfer,
    {
      id: `urn:uuid:${randomUUID()}`,
      network: settings.network,
      agreement: agreement.hash,
      from: settings.me,
      to: consent.to,
      sent: day,
      consent,
      credentials: [
        { id, achievement: need(given, 'achievement'), ...(edition === undefined ? {} : { edition }), digest: hash(content), content },
      ],
    },
    'transfer',
  )
  requireSound(made, { agreement, hash })
  memberOn(folder.directory, made.to, day)
  const signer = await ownSigner(folder, given, day)
  const place = at('transfers', `${made.id.slice(9)}.jws`)
  writeWhole(place, `${await signPayload(made, networkTypes.transfer, signer)}\n`, 0o600)
  addToLedger(folder, { day, kind: 'sent', transfer: made.id, from: made.from, to: made.to, credits: 0, hours: 0, tokens: [] })
  output.data({ transfer: made.id, file: place })
  output.say(`Send ${visible(place)} to ${visible(made.to)}: it holds the credential, so by a safe way.`)
  return 0
}

async function receive(given: Given, output: Output): Promise<number> {
  const folder = openFolder(given)
  const { settings, directory, at } = folder
  const day = dayOf(given)
  const signed = await openSigned(await bytesAt(given.operands[0]!, given), networkTypes.transfer)
  const named = parseAs(Transfer, signed.payload, 'transfer')
  const agreement = await agreementOf(folder, named.agreement)
  const mac = macOf(folder)
  const refusal = given.text('refuse')
  const place = at('answers', `${named.id.replace(/[^A-Za-z0-9-]/g, '_')}.jws`)
  const before = given.has('again') ? answerAt(place) : undefined
  if (given.has('again') && before === undefined) throw new UsageError('There is no answer yet that another could take the place of.')
  // A refusal uses nothing up, so that what was used before may be refused in due form; what the answer before used is free for this one.
  const used = refusal === undefined ? await usedTokens(folder, (bytes) => readUsed(bytes, directory)) : new Set<string>()
  for (const { tokens } of ledgerOf(folder).filter(({ transfer }) => transfer === named.id)) for (const token of tokens) used.delete(token)
  const arrived = readTransfer(signed, { directory, agreement, me: settings.me, day, used, hash, mac })
  const grants = refusal === undefined ? grantsFor(arrived, agreement.agreement) : []
  if (refusal === undefined && grants.length === 0)
    throw new ProblemError(
      'network.not-in-force',
      'No line of the agreement covers this credential: decide by the own policy, or --refuse REASON.',
    )
  const confirmedBy = given.text('confirmed-by')
  if (refusal !== undefined && confirmedBy === undefined) throw new UsageError('A person confirms a refusal: give --confirmed-by ROLE.')
  const answer = parseAs(
    TransferAnswer,
    {
      transfer: arrived.id,
      network: settings.network,
      agreement: agreement.hash,
      from: settings.me,
      to: arrived.from,
      answered: day,
      outcome: refusal === undefined ? 'recognised' : 'refused',
      grants,
      reasons: [refusal ?? `AGREEMENT_${agreement.hash}`],
      ...(confirmedBy === undefined ? {} : { confirmedBy }),
      appealTo: given.text('appeal-to') ?? memberOn(directory, settings.me, day).contact,
      ...(before === undefined ? {} : { corrects: hash(before) }),
    },
    'answer',
  )
  const signer = await ownSigner(folder, given, day)
  const tokens = answer.outcome === 'recognised' ? useTokens(arrived, agreement.agreement, mac) : []
  const pair = { transfer: arrived.id, from: arrived.from, to: arrived.to }
  const answered = await signPayload(answer, networkTypes.answer, signer)
  if (before === undefined) addToLedger(folder, { ...pair, day: arrived.sent, kind: 'sent', credits: 0, hours: 0, tokens: [] })
  addToLedger(folder, { ...pair, day, kind: answer.outcome, ...amountsOf(grants), tokens }, { again: before !== undefined })
  keepAnswer(place, answered)
  const list = { network: settings.network, member: settings.me, issued: day, tokens: [...usedIn(ledgerOf(folder))].sort() }
  writeWhole(at('public', 'used.jws'), `${await signPayload(list, networkTypes.used, signer)}\n`)
  output.data({ transfer: arrived.id, outcome: answer.outcome, grants, file: place })
  output.say(`${answer.outcome === 'recognised' ? 'Recognised' : 'Refused'}. Send ${visible(place)} back to ${visible(arrived.from)}.`)
  return 0
}

async function settle(given: Given, output: Output): Promise<number> {
  const folder = openFolder(given)
  const bytes = await bytesAt(given.operands[0]!, given)
  const signed = await openSigned(bytes, networkTypes.answer)
  const { transfer: id } = parseAs(TransferAnswer, signed.payload, 'answer')
  const place = folder.at('transfers', `${path.basename(id.slice(9))}.jws`)
  if (!existsSync(place)) throw new ProblemError('network.out-of-order', 'The transfer that this answers was not sent from here.')
  const own = await openSigned(readGiven(place), networkTypes.transfer)
  const sent = parseAs(Transfer, own.payload, 'transfer')
  const kept = folder.at('transfers', `${path.basename(id.slice(9))}.answer.jws`)
  const before = answerAt(kept)
  const last = before === undefined ? undefined : { text: before, answered: (await answerIn(before)).answered }
  const answer = readAnswer(signed, sent, { directory: folder.directory, last, hash })
  const { agreement } = await agreementOf(folder, sent.agreement)
  const tokens = answer.outcome === 'recognised' ? useTokens(sent, agreement, macOf(folder)) : []
  const pair = { transfer: sent.id, from: sent.from, to: sent.to }
  const event = { ...pair, day: answer.answered, kind: answer.outcome, ...amountsOf(answer.grants), tokens }
  addToLedger(folder, event, { again: last !== undefined })
  keepAnswer(kept, new TextDecoder().decode(bytes).trim())
  output.data({ transfer: sent.id, outcome: answer.outcome, grants: answer.grants })
  output.say(
    `${visible(answer.from)} answered: ${answer.outcome}. Give the answer to the learner; an appeal goes to ${visible(answer.appealTo)}.`,
  )
  return 0
}

/** The last answer as it is kept in a file, as it was signed. */
const answerAt = (place: string): string | undefined => (existsSync(place) ? new TextDecoder().decode(readGiven(place)).trim() : undefined)
const answerIn = async (text: string) =>
  parseAs(TransferAnswer, (await openSigned(new TextEncoder().encode(text), networkTypes.answer)).payload, 'answer')

/** Keeps an answer; the one that it takes the place of stays beside it, by number. */
function keepAnswer(place: string, text: string): void {
  const before = answerAt(place)
  if (before !== undefined) {
    let count = 1
    while (existsSync(place.replace(/jws$/, `${count}.jws`))) count++
    writeWhole(place.replace(/jws$/, `${count}.jws`), `${before}\n`)
  }
  writeWhole(place, `${text}\n`)
}
