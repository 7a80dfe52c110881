/** `cairn network`: credit shared among institutions on plain files, two signatures and no centre. */
import { agree } from '../network/agree.ts'
import { transfer } from '../network/exchange.ts'
import { init, join, leave } from '../network/membership.ts'
import { balance } from '../network/settle-quarter.ts'
import type { Output } from '../output.ts'
import { type Given, UsageError, type Verb } from '../verb.ts'

const actions: Readonly<Record<string, (given: Given, output: Output) => Promise<number>>> = { init, join, agree, transfer, balance, leave }

export const network: Verb = {
  help: `cairn network init --folder DIR --network NAME --id ID --name NAME --contact MAIL --key FILE
cairn network join --folder DIR --directory FILE|ADDRESS --coordinator SHA256 --network-key FILE --id ID --name NAME --country XX --contact MAIL --key FILE [--offers FILE]
cairn network join --folder DIR --admit FILE|ADDRESS --key FILE [--compared]
cairn network join --folder DIR --renew --key NEW [--old-key OLD]
cairn network join --folder DIR --directory FILE|ADDRESS
cairn network agree --folder DIR FILE --key FILE
cairn network transfer --folder DIR send CREDENTIAL --agreement HASH --achievement ID [--edition N] --consent FILE --key FILE
cairn network transfer --folder DIR receive FILE --key FILE [--again] [--refuse REASON --confirmed-by ROLE] [--appeal-to TEXT]
cairn network transfer --folder DIR settle FILE
cairn network balance --folder DIR --with ID --quarter 2026-Q2 --key FILE [FILE]
cairn network leave --folder DIR --key FILE [FILE]

Credit shared among institutions, voluntary, without a centre. Each member has a folder; what is in public/ may be hosted as files anywhere,
the rest is copied from hand to hand.

init      the coordinator lays a network down: a signed directory, and a key that members share to compare tokens
join      makes the signed entry of a newcomer; --admit: the coordinator takes it in; --directory alone: takes a newer directory
          --renew: the entry of a member whose key changed, signed with the old one; without it the coordinator compares the new one and says --compared
agree     signs the hash of an agreement, and puts signatures of several copies together; in force when every party has signed
transfer  send: packs what a learner consented to; receive: checks everything, gives what the agreement's line says, signs the answer;
          --again: another answer after an appeal, which takes the place of the last one; settle: notes the answer at the source. A credential that may count once and was counted is refused; a person confirms a refusal
balance   counters of a pair for a quarter, signed; with the other side's file, where the books differ
leave     a member's signed word that it goes; with that file, the coordinator notes it. Decisions stay

  --at DAY  the day of the work, today when left out
  --allow ORIGIN  an origin on this machine or without TLS that may be fetched from

Tokens of other members: put their public/used.jws into DIR/used/. docs/NETWORK.md shows an afternoon.
The passphrase comes from --passphrase-file FILE or CAIRN_KEY_PASSPHRASE.
Exit codes: 0 good, 1 refused or differing, 64 not understood.`,
  options: {
    folder: { type: 'string' },
    network: { type: 'string' },
    id: { type: 'string' },
    name: { type: 'string' },
    country: { type: 'string' },
    contact: { type: 'string' },
    key: { type: 'string' },
    directory: { type: 'string' },
    coordinator: { type: 'string' },
    'network-key': { type: 'string' },
    offers: { type: 'string' },
    admit: { type: 'string' },
    compared: { type: 'boolean' },
    renew: { type: 'boolean' },
    'old-key': { type: 'string' },
    agreement: { type: 'string' },
    achievement: { type: 'string' },
    edition: { type: 'string' },
    consent: { type: 'string' },
    again: { type: 'boolean' },
    refuse: { type: 'string' },
    'confirmed-by': { type: 'string' },
    'appeal-to': { type: 'string' },
    with: { type: 'string' },
    quarter: { type: 'string' },
    at: { type: 'string' },
    allow: { type: 'string' },
    'passphrase-file': { type: 'string' },
    'client-secret-file': { type: 'string' },
  },
  run(given, output) {
    const [action = '', ...operands] = given.operands
    if (!Object.hasOwn(actions, action)) throw new UsageError('What to do in the network: init, join, agree, transfer, balance or leave?')
    return actions[action]!({ ...given, operands }, output)
  },
}
