/** The one vocabulary of what can go wrong: `code -> { status, title }`, one entry a code. Codes are never renamed. */

/** Every problem the product can name. `status` is the HTTP status, `title` one plain sentence without data. */
export const problems = {
  'input.invalid': { status: 422, title: 'Some fields are not as they should be.' },
  'input.too-large': { status: 413, title: 'This is larger than we accept.' },
  'request.not-found': { status: 404, title: 'There is nothing here.' },
  'request.not-allowed': { status: 403, title: 'Your role does not allow this.' },
  'request.sign-in': { status: 401, title: 'Please sign in first.' },
  'request.too-many': { status: 429, title: 'Too many requests. Please wait a minute.' },
  'request.conflict': { status: 409, title: 'This was changed or already done meanwhile.' },
  'server.unavailable': { status: 503, title: 'A part of the service is away for a moment. Nothing was lost.' },
  'server.internal': { status: 500, title: 'Something went wrong on our side.' },

  'json.not-utf8': { status: 422, title: 'The text is not UTF-8.' },
  'json.byte-order-mark': { status: 422, title: 'The text begins with a byte order mark.' },
  'json.syntax': { status: 422, title: 'This is not well-formed JSON.' },
  'json.duplicate-member': { status: 422, title: 'A member appears twice in one object.' },
  'json.forbidden-member': { status: 422, title: 'A member has a name that is never allowed.' },
  'json.number-range': { status: 422, title: 'A number is outside the range that can be read exactly.' },
  'json.too-deep': { status: 422, title: 'The document is nested too deeply.' },
  'json.too-large': { status: 413, title: 'The document is larger than we read.' },
  'format.unreadable': { status: 422, title: 'We cannot read this as a credential.' },

  'status.unreadable': { status: 422, title: 'We cannot read this status list.' },
  'status.too-large': { status: 413, title: 'The status list is larger than we read.' },
  'status.too-small': { status: 422, title: 'The status list is too small to hide anybody in.' },
  'status.index-outside': { status: 422, title: 'The status list has no such entry.' },

  'specification.not-complete': { status: 422, title: 'This cannot be published yet: something that must be said is missing.' },
  'batch.rows-wrong': { status: 422, title: 'Some rows need attention before anything can be sealed.' },
  'batch.same-person': { status: 403, title: 'A second person has to approve this.' },
  'sheet.unreadable': { status: 422, title: 'We cannot read this as a table.' },
  'sheet.too-many-rows': { status: 413, title: 'The file has more rows than we read at once.' },
  'sheet.column-missing': { status: 422, title: 'A column that is needed is missing, or stands there twice.' },
  'sheet.row-uneven': { status: 422, title: 'A row has more cells than the header.' },
  'sheet.cell-missing': { status: 422, title: 'A cell that is needed is empty.' },
  'sheet.cell-wrong': { status: 422, title: 'A cell cannot be read as what its column holds.' },
  'sheet.cell-too-long': { status: 422, title: 'A cell is longer than we read.' },
  'sheet.date-ambiguous': { status: 422, title: 'A date can be read in two ways.' },
  'sheet.name-split': { status: 422, title: 'A whole name was parted by guess.' },
  'sheet.duplicate': { status: 422, title: 'Two rows name the same learner.' },
  'key.missing': { status: 409, title: 'There is no sealing key that can be used.' },
  'key.unreadable': { status: 422, title: 'We cannot read this as a key.' },
  'key.passphrase-wrong': { status: 422, title: 'The passphrase does not open this key.' },
  'key.organisation-mismatch': { status: 422, title: 'The certificate belongs to another organisation.' },
  'key.expired': { status: 422, title: 'The certificate is not valid today.' },
  'key.expires-soon': { status: 422, title: 'The certificate ends soon.' },
  'credential.no-address': { status: 422, title: 'There is no e-mail address for this learner.' },
  'people.own-rights': { status: 403, title: 'Nobody changes their own rights.' },
  'people.last-owner': { status: 409, title: 'An institution needs at least one owner.' },

  'seal.malformed': { status: 422, title: 'This is not built as a seal has to be.' },
  'seal.broken': { status: 422, title: 'The document was altered after sealing, or the seal is not of it.' },
  'seal.algorithm-not-accepted': { status: 422, title: 'The algorithm of the seal is not accepted.' },
  'seal.critical-unknown': { status: 422, title: 'The seal demands something that we do not understand.' },
  'seal.certificate-missing': { status: 422, title: 'The seal does not bring the certificate of its sealer.' },
  'seal.certificate-mismatch': { status: 422, title: 'The seal names another certificate than the one it brings.' },
  'seal.already-finished': { status: 409, title: 'This seal was finished before.' },
  'seal.missing': { status: 422, title: 'The document is not sealed.' },
  'certificate.malformed': { status: 422, title: 'A certificate is not well-formed.' },
  'certificate.self-signed': { status: 422, title: 'The certificate vouches for itself and nobody else does.' },
  'certificate.no-path': { status: 422, title: 'No chain leads from the certificate to an authority that is known here.' },
  'certificate.weak-algorithm': { status: 422, title: 'A certificate is signed by an algorithm that is no longer accepted.' },
  'certificate.signature-wrong': { status: 422, title: 'A certificate was not signed by the authority it names.' },
  'certificate.not-an-authority': { status: 422, title: 'A certificate in the chain is no authority.' },
  'certificate.path-too-long': { status: 422, title: 'The chain is longer than an authority in it allows.' },
  'certificate.unknown-critical': { status: 422, title: 'A certificate demands something that we do not know.' },
  'certificate.wrong-usage': { status: 422, title: 'The certificate is not meant for sealing.' },
  'certificate.expired': { status: 422, title: 'A certificate is past its end.' },
  'certificate.not-yet-valid': { status: 422, title: 'A certificate has not begun yet.' },
  'timestamp.malformed': { status: 422, title: 'A time stamp is not well-formed.' },
  'timestamp.signer-missing': { status: 422, title: 'A time stamp does not bring the certificate of its signer.' },
  'timestamp.weak-algorithm': { status: 422, title: 'A time stamp rests on an algorithm that is no longer accepted.' },
  'timestamp.signature-wrong': { status: 422, title: 'The signature of a time stamp does not hold.' },
  'timestamp.wrong-usage': { status: 422, title: 'The certificate of a time stamp is not one for time stamps.' },
  'timestamp.imprint-mismatch': { status: 422, title: 'A time stamp was made for other bytes.' },
  'timestamp.not-checked': { status: 422, title: 'A time stamp could not be checked.' },
  'timestamp.authority-unknown': { status: 422, title: 'The authority of a time stamp is not known here.' },
  'certificate.test-authority': { status: 422, title: 'The certificate comes from an authority made for tests.' },
  'issuer.not-known': { status: 422, title: 'The issuer is not known to you.' },
  'issuer.not-bound-to-seal': { status: 422, title: 'The seal belongs to another issuer than the one named.' },
  'issuer.not-allowed': { status: 422, title: 'The issuer is known, but may not seal this.' },
  'issuer.log-not-checked': { status: 422, title: 'The issuer promises a public log, which could not be checked.' },
  'validity.not-yet': { status: 422, title: 'The credential is not valid yet.' },
  'validity.ended': { status: 422, title: 'The credential is past its end.' },
  'validity.unreadable': { status: 422, title: 'A date of the credential cannot be read.' },
  'status.revoked': { status: 422, title: 'The issuer has revoked this credential.' },
  'status.suspended': { status: 422, title: 'The issuer has suspended this credential.' },
  'status.list-missing': { status: 422, title: 'The status list could not be read, so nobody can say whether it was revoked.' },
  'status.list-not-trusted': { status: 422, title: 'The status list is not one of the issuer.' },
  'status.list-too-old': { status: 422, title: 'The status list is too old to rely on.' },
} as const satisfies Record<string, { status: number; title: string }>

/** The stable name of a problem. */
export type ProblemCode = keyof typeof problems

/** A problem as data: thrown inside a {@link ProblemError} or carried in a finding. `detail` never quotes personal data. */
export interface Problem {
  code: ProblemCode
  detail: string
  /** JSON Pointer (RFC 6901) to the place it means. */
  pointer?: string
}

/**
 * The one error class for expected wrongs. Surprises stay plain `Error`s and are shown as `server.internal`.
 * @example throw new ProblemError('request.not-found', 'No specification has this id.')
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problems: readonly Problem[]
  constructor(code: ProblemCode, detail: string, pointer?: string, others: readonly Problem[] = []) {
    super(`${code}: ${detail}`)
    this.problems = [problem(code, detail, pointer), ...others]
  }
  /** The first problem, which names the answer's status. */
  get problem(): Problem {
    return this.problems[0]!
  }
}

/** Makes a problem; leaves `pointer` out when there is none. */
export function problem(code: ProblemCode, detail: string, pointer?: string): Problem {
  return pointer === undefined ? { code, detail } : { code, detail, pointer }
}
