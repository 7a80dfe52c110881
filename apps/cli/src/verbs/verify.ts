/** `cairn verify`: the full report on anything. What judges is loaded when there is something to judge. */
import { UsageError, type Verb } from '../verb.ts'

export const verifyVerb: Verb = {
  help: `cairn verify FILE|URL… [--trust FILE] [--at DATE] [--evidence FILE] [--offline]

Checks credentials: is the seal intact, who sealed, does it count at this time, was it revoked. Of an archive and of a
presentation each credential is checked, and of a presentation the proof of whoever presents. An evidence package
(cairn export) is checked with what is in it; without --trust the registry in it speaks, which is that of whoever made it.

  --trust FILE     who may seal what: anchors and issuers, as JSON; its trustedLists (files beside it, or addresses) are read when
                   they are signed by one of its trustedListSigners
  --evidence FILE  trust, status lists and statements on revocation gathered before, as JSON; nothing is fetched then
  --save-evidence FILE
                   what was gathered, to be given back with --evidence: the report is then the same anywhere
  --detached FILE  what a seal covers that lies in a file of its own (several with a comma between them), or the document of a signed report
  --accreditation FILE
                   what a registry of accreditations said: answers of DEQAR kept in a file with source and retrievedAt
  --allow ORIGIN   fetch from here although it is this machine or plain http, such as http://localhost:8080
  --report-key FILE
                   signs the report with this key, so that it can be handed on; "cairn verify" reads it like any document
  --report FILE    where the signed report goes (default: beside you, named after the file, ending in .report.jwt)
  --parts FILE,FILE  the credentials that a stack receipt names, and the larger one where it is at hand: each is verified, and the receipt is
                   checked against them
  --offline        nothing is fetched: a status that is published elsewhere stays unknown
  --at DATE        judged at this moment, a day (its beginning in UTC) or 2026-05-12T10:00:00Z (default: now)
  --audience URL   a presentation has to be made for this verifier, and
  --nonce TEXT     for this question; either asks for the holder's proof, as does
  --require-key-binding
  --json           one line a file, or a part of one: the report

Exit codes: 0 valid, 1 invalid, 2 undecided, 64 not understood.`,
  options: {
    trust: { type: 'string' },
    evidence: { type: 'string' },
    'save-evidence': { type: 'string' },
    allow: { type: 'string' },
    'report-key': { type: 'string' },
    report: { type: 'string' },
    'passphrase-file': { type: 'string' },
    'client-secret-file': { type: 'string' },
    offline: { type: 'boolean' },
    at: { type: 'string' },
    detached: { type: 'string' },
    accreditation: { type: 'string' },
    parts: { type: 'string' },
    audience: { type: 'string' },
    nonce: { type: 'string' },
    'require-key-binding': { type: 'boolean' },
  },
  async run(given, output) {
    if (given.operands.length === 0) throw new UsageError('Which file?')
    return (await import('../verify-files.ts')).verifyFiles(given, output)
  },
}
