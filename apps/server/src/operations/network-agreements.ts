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
  listTargets,
  type NetworkRow,
  proposeAgreement,
  putAgreement,
  readAgreementRow,
  readInstitution,
  readNetwork,
  readTargetRow,
  type TargetRow,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { formOfTarget, hashText, urnOf } from '../recognition-case.ts'
import { agreementFile, agreementOf } from '../sharing/agreements.ts'
import { memberSigner } from '../sharing/membership.ts'
import { networkAnswer } from '../sharing/network-answer.ts'
import { fetchDocument, handIn } from '../sharing/peer-door.ts'

type Own = Pick<Handlers<Context>, 'network.partner' | 'network.draft' | 'network.sign'>

/** What flows of a credential: the whole of it, by the names that the learner reads. */
const data = ['title', 'outcomes', 'workload', 'level', 'assessment', 'award date', 'name of the learner']

/** What is granted for a target of this form. Raises `input.invalid` for one that an agreement gives no amount of. */
function grantFor(target: TargetRow, amount: number): Grant {
  switch (formOfTarget(target)) {
    case 'module':
      return { kind: 'specified-credit', amount, unit: 'ECTS', target: urnOf(target.id) }
    case 'post':
      return { kind: 'career-hours', amount, unit: 'hours', category: 'job-specific', target: urnOf(target.id) }
    default:
      throw new ProblemError('input.invalid', 'An agreement gives credit for a module or hours for a post.', '/lines')
  }
}

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

/** What a member offers, as it signed it. Raises `network.not-member`, `network.not-trusted`, `fetch.*`. */
export async function offersOf(
  context: Context,
  network: NetworkRow,
  member: string,
): Promise<{ name: string; offers: NetworkOffers['offers'] }> {
  const { address, name } = memberOn(network.directory, member, context.now.slice(0, 10))
  if (!address) throw new ProblemError('fetch.failed', 'This member has no server. Agree with it by files: cairn network agree.')
  const { payload, signer } = await openSigned(await fetchDocument(context, address, 'offers.jws'), networkTypes.offers)
  const { network: of, member: by, issued, offers } = readAs(NetworkOffers, payload)
  signedByMember(network.directory, member, signer, issued)
  if (of !== network.network || by !== member) throw new ProblemError('network.not-trusted', 'The offers are of another member.')
  return { name, offers }
}

export const agreementHandlers: Own = {
  'network.partner': async ({ id, member }, context) => {
    const network = await asTenant(context, async (tx) => found(await readNetwork(tx, id)))
    const { name, offers } = await offersOf(context, network, member)
    const targets = await asTenant(context, async (tx) => (await listTargets(tx)).filter(({ archived }) => !archived))
    return {
      id: member,
      name,
      offers: offers.map(({ achievement, title, hours, credits }) => ({
        achievement,
        title,
        ...(hours === undefined ? {} : { hours }),
        ...(credits === undefined ? {} : { credits }),
      })),
      targets: targets.flatMap((row) => {
        const form = formOfTarget(row)
        const { credits } = row.content as { credits?: number }
        return form === 'module' || form === 'post'
          ? [{ id: row.id, title: row.title, form, ...(credits === undefined ? {} : { credits }) }]
          : []
      }),
    }
  },

  'network.draft': async ({ id, member, from, to, lines, ...words }, context) => {
    const { offers } = await offersOf(context, await asTenant(context, async (tx) => found(await readNetwork(tx, id))), member)
    const titles = new Map(offers.map(({ achievement, title }) => [achievement, title]))
    const unknown = lines.findIndex(({ achievement }) => !titles.has(achievement))
    if (unknown >= 0) throw new ProblemError('input.invalid', 'The member does not offer this.', `/lines/${unknown}/achievement`)
    const { hash, signed } = await asTenant(context, async (tx) => {
      const network = found(await readNetwork(tx, id, true))
      memberOn(network.directory, network.me, context.now.slice(0, 10))
      const text = readAs(NetworkAgreement, {
        ...words,
        network: network.network,
        parties: [network.me, member].sort(),
        effective: [from, to ?? null],
        data,
        lines: await Promise.all(
          lines.map(async ({ achievement, target, amount }) => ({
            achievement,
            of: member,
            title: titles.get(achievement)!,
            gives: grantFor(found(await readTargetRow(tx, target)), amount),
          })),
        ),
      } as unknown as Json)
      const agreement = text as unknown as Json
      const hash = agreementHash(agreement, hashText)
      await putAgreement(tx, { network: id, hash, agreement, signatures: [], now: context.now })
      return { hash, signed: await signOrPropose(context, tx, network, hash) }
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
