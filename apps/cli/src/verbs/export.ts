/** `cairn export`: one file with everything that is needed to verify a credential when nobody can be asked any more. */
import { UsageError, type Verb } from '../verb.ts'

export const exportVerb: Verb = {
  help: `cairn export FILE --out FILE [--trust FILE] [--evidence FILE] [--offline]

Makes an evidence package: the sealed credential, the certificates behind it, what authorities said of them, its time stamps, its status list as last
signed, who was trusted, the rules and the report, and a description of every format in plain words. cairn verify reads it in any year, offline.

  --out FILE       where the package is written; nothing is written over
  --trust FILE     who may seal what: anchors and issuers, as JSON
  --evidence FILE  evidence gathered before; nothing is fetched then
  --allow ORIGIN   fetch from here although it is this machine or plain http, such as http://localhost:8080
  --offline        nothing is fetched
  --json           the verdict in the package, and what holds until when

Exit codes: 0 the package says valid, 2 it says undecided, 1 the credential is not valid and nothing was written, 64 not understood.`,
  options: {
    out: { type: 'string' },
    trust: { type: 'string' },
    evidence: { type: 'string' },
    allow: { type: 'string' },
    offline: { type: 'boolean' },
  },
  async run(given, output) {
    if (given.operands.length !== 1) throw new UsageError('Which file? One at a time.')
    if (given.text('out') === undefined) throw new UsageError('Where to? --out FILE.')
    return (await import('../export-file.ts')).exportFile(given, output)
  },
}
