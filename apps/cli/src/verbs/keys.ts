/** `cairn keys`: make, take in, list and try sealing keys. */
import { ProblemError } from '@cairn/core'
import { openKey, proveSigner, readAnyKey } from '@cairn/keys'
import { create } from '../keys/create.ts'
import { list } from '../keys/list.ts'
import { secretsFor } from '../keys/secrets.ts'
import { endNotice, keyLine, shown } from '../keys/shown.ts'
import { take } from '../keys/take.ts'
import type { Output } from '../output.ts'
import { problemLine, visible } from '../problem-line.ts'
import { type Given, UsageError, type Verb } from '../verb.ts'

const actions: Readonly<Record<string, (given: Given, output: Output) => Promise<number> | number>> = { create, import: take, list, test }

export const keys: Verb = {
  help: `cairn keys create --demo [--spec FILE | --institution FILE | --name NAME --identifier VATXX-123 --country XX] [--out DIR]
cairn keys create --module LIBRARY --token LABEL --key LABEL --name NAME --identifier VATXX-123 --country XX --out FILE.csr
cairn keys import FILE.p12 --out FILE [--label TEXT] [--purpose seal|status] [--algorithm NAME]
cairn keys import --module LIBRARY --token LABEL --key LABEL [--certificate FILE] --out FILE
cairn keys import --service ADDRESS --client ID --credential ID --out FILE
cairn keys list FILE|DIR… | --module LIBRARY [--token LABEL] | --service ADDRESS --client ID
cairn keys test FILE…

create --demo  makes a certificate authority for trying, a seal key and a status key under it, and the matching trust file:
               DIR/seal-key.json, DIR/status-key.json and DIR/trust.json (default DIR: cairn-demo-key). Never qualified.
               The keys name the institution of a specification (--spec), of a JSON file (--institution), or the one you name.
create --module  makes a key in a device (PKCS#11), which never leaves it, and the request for its certificate (PKCS#10).
import         takes in a PKCS#12 file and keeps the key encrypted under the same passphrase. A key in a device (PKCS#11) or at a remote
               service (CSC API v2) stays there: its file names the place, holds no secret, and is used like any other.
               --certificate FILE gives the certificates, leaf first, where the token has none.
list           shows whom keys name and until when, or what is in a device or at a service.
test           opens keys, signs something and checks the signature.

The passphrase or PIN comes from --passphrase-file FILE or CAIRN_KEY_PASSPHRASE, the secret of a service's client from
--client-secret-file FILE or CAIRN_CLIENT_SECRET, never from an argument.
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
    module: { type: 'string' },
    token: { type: 'string' },
    key: { type: 'string' },
    certificate: { type: 'string' },
    service: { type: 'string' },
    client: { type: 'string' },
    credential: { type: 'string' },
    'client-secret-file': { type: 'string' },
  },
  run(given, output) {
    const [action = '', ...operands] = given.operands
    if (!Object.hasOwn(actions, action)) throw new UsageError('What to do with keys: create, import, list or test?')
    return actions[action]!({ ...given, operands }, output)
  },
}

async function test(given: Given, output: Output): Promise<number> {
  if (given.operands.length === 0) throw new UsageError('Which key file?')
  let bad = false
  for (const file of given.operands) {
    try {
      const key = readAnyKey(file)
      const signer = await openKey(key, secretsFor(key, given))
      await proveSigner(signer)
      const notice = endNotice(key, new Date())
      output.data({ file, ok: true, ...shown(key), ...(notice ? { notice } : {}) })
      output.say(`${visible(file)}: opens and signs. ${keyLine(key)}`)
      if (notice) output.say(`  ${notice}`)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      bad = true
      output.data({ file, ok: false, problems: error.problems })
      output.say(`${visible(file)}: ${problemLine(error.problem)}`)
    }
  }
  return bad ? 1 : 0
}
