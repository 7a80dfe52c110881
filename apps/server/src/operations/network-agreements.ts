/** Operations on agreements of a network: what could be agreed, the text, and who signs it. */
import type { Handlers } from '@cairn/api'
import {
  agreementHash,
  type Grant,
  type Json,
  memberOn,
  NetworkAgreement,
  NetworkOffers,
  networkTypes,
  ProblemError,
  readAs,
  signedByMember,
} from '@cairn/core'
import { openSigned, signPayload } from '@cairn/seals'
import {
  appendEvent,
  type NetworkRow,
  proposeAgreement,
  putAgreement,
  readAgreementRow,
  readInstitution,
  readNetwork,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { hashText } from '../recognition-case.ts'
import { agreementFile, agreementOf } from '../sharing/agreements.ts'
import { memberSigner } from '../sharing/membership.ts'
import { networkAnswer } from '../sharing/network-answer.ts'
import { ownOffers } from '../sharing/own-offers.ts'
import { fetchDocument, handIn } from '../sharing/peer-door.ts'

type Own = Pick<Handlers<Context>, 'network.partner' | 'network.draft' | 'network.sign'>

/** What flows of a credential: the whole of it, by the names that the learner reads. */
const data = ['title', 'outcomes', 'workload', 'level', 'assessment', 'award date', 'name of the learner']

type Target = NetworkOffers['targets'][number]

/** What is granted for a module or a post. */
const grantFor = ({ target, form }: Target, amount: number): Grant =>
  form === 'module'
    ? { kind: 'specified-credit', amount, unit: 'ECTS', target }
    : { kind: 'career-hours', amount, unit: 'hours', category: 'job-specific', target }

/** Signs where one person may, or asks for the second one; true when it was signed. */
async function signOrPropose(context: Context, tx: TenantTransaction, network: NetworkRow, hash: string): Promise<boolean> {
  const { fourEyes, organisation } = found(await readInstitution(tx))
  const row = found(await readAgreementRow(tx, network.id, hash))
  const state = await agreementOf(tx, network, hash, hashText)
  const { person = '', name = '' } = context.caller
  if (state.signed.includes(network.me)) throw new ProblemError('request.conflict', 'This institution has signed already.')
  if (fourEyes && !row.proposed) {
    await proposeAgreement(tx, network.id, hash, { person, name, now: context.now })
    await appendEvent(tx, { at: context.now, actor: person, name: 'agreement.propose', subject: network.id })
    return false
  }
  if (fourEyes && row.proposed?.by === person)
    throw new ProblemError('batch.same-person', 'A second person signs what the first one wants to sign.')
  const signer = await memberSigner(context, tx, organisation, network)
  const signature = { network: network.network, agreement: hash, party: network.me, signed: context.now.slice(0, 10) }
  const signed = await signPayload(signature, networkTypes.agreement, signer)
  await putAgreement(tx, { network: network.id, hash, agreement: row.agreement, signatures: [signed], now: context.now })
  await proposeAgreement(tx, network.id, hash, undefined)
  await appendEvent(tx, { at: context.now, actor: person, name: 'agreement.sign', subject: network.id })
  return true
}

/** Shows the other parties what was signed; one whose server is away asks for it later. */
async function showParties(context: Context, id: string, hash: string): Promise<void> {
  const { network, row, parties } = await asTenant(context, async (tx) => {
    const network = found(await readNetwork(tx, id))
    const { agreement } = await agreementOf(tx, network, hash, hashText)
    return { network, row: found(await readAgreementRow(tx, id, hash)), parties: agreement.parties }
  })
  for (const party of parties.filter((each) => each !== network.me)) {
    const address = network.directory.members.find((each) => each.id === party)?.address
    if (!address) continue
    try {
      await handIn(context, address, agreementFile(row))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      context.log.info({ network: id, code: error.problem.code }, 'a party did not take the agreement yet')
    }
  }
}

/** What a member offers and recognises for: as it signed it, and of this institution as it stands. Raises `network.not-member`, `network.not-trusted`, `fetch.*`. */
export async function offersOf(
  context: Context,
  network: NetworkRow,
  member: string,
): Promise<Pick<NetworkOffers, 'offers' | 'targets'> & { name: string }> {
  const today = context.now.slice(0, 10)
  const { address, name } = memberOn(network.directory, member, today)
  if (member === network.me) return { name, ...(await asTenant(context, (tx) => ownOffers(tx, network, today))) }
  if (!address) throw new ProblemError('fetch.failed', 'This member has no server. Agree with it by files: cairn network agree.')
  const { payload, signer } = await openSigned(await fetchDocument(context, address, 'offers.jws'), networkTypes.offers)
  const { network: of, member: by, issued, offers, targets } = readAs(NetworkOffers, payload)
  signedByMember(network.directory, member, signer, issued)
  if (of !== network.network || by !== member) throw new ProblemError('network.not-trusted', 'The offers are of another member.')
  return { name, offers, targets }
}

const networkOf = (context: Context, id: string) => asTenant(context, async (tx) => found(await readNetwork(tx, id)))

export const agreementHandlers: Own = {
  'network.partner': async ({ id, member }, context) => {
    const { name, offers, targets } = await offersOf(context, await networkOf(context, id), member)
    return {
      id: member,
      name,
      offers: offers.map(({ achievement, title, hours, credits }) => ({
        achievement,
        title,
        ...(hours === undefined ? {} : { hours }),
        ...(credits === undefined ? {} : { credits }),
      })),
      targets: targets.map(({ credits, ...target }) => ({ ...target, ...(credits === undefined ? {} : { credits }) })),
    }
  },

  'network.draft': async ({ id, members, from, to: end, lines, ...words }, context) => {
    const network = await networkOf(context, id)
    const parties = [...new Set([network.me, ...members])].sort()
    const known = new Map(await Promise.all(parties.map(async (party) => [party, await offersOf(context, network, party)] as const)))
    const agreed = lines.map(({ of, achievement, to, target, amount }, at) => {
      const offer = known.get(of)?.offers.find((each) => each.achievement === achievement)
      if (!offer) throw new ProblemError('input.invalid', 'That party does not offer this.', `/lines/${at}/achievement`)
      const wanted = known.get(to)?.targets.find((each) => each.target === target)
      if (!wanted) throw new ProblemError('input.invalid', 'That party does not recognise for this.', `/lines/${at}/target`)
      return { achievement, of, to, title: offer.title, gives: grantFor(wanted, amount) }
    })
    const { hash, signed } = await asTenant(context, async (tx) => {
      const locked = found(await readNetwork(tx, id, true))
      const text = { ...words, network: network.network, parties, effective: [from, end ?? null], data, lines: agreed } as unknown as Json
      const agreement = readAs(NetworkAgreement, text) as unknown as Json
      const own = agreementHash(agreement, hashText)
      await putAgreement(tx, { network: id, hash: own, agreement, signatures: [], now: context.now })
      return { hash: own, signed: await signOrPropose(context, tx, locked, own) }
    })
    if (signed) await showParties(context, id, hash)
    return asTenant(context, (tx) => networkAnswer(context, tx, id))
  },

  'network.sign': async ({ id, hash }, context) => {
    const signed = await asTenant(context, async (tx) => signOrPropose(context, tx, found(await readNetwork(tx, id, true)), hash))
    if (signed) await showParties(context, id, hash)
    return asTenant(context, (tx) => networkAnswer(context, tx, id))
  },
}
