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

  'specification.not-complete': { status: 422, title: 'This cannot be published yet: something that must be said is missing.' },
  'batch.rows-wrong': { status: 422, title: 'Some rows need attention before anything can be sealed.' },
  'batch.same-person': { status: 403, title: 'A second person has to approve this.' },
  'sheet.unreadable': { status: 422, title: 'We cannot read this as a table.' },
  'key.missing': { status: 409, title: 'There is no sealing key that can be used.' },
  'key.unreadable': { status: 422, title: 'We cannot read this as a key.' },
  'key.passphrase-wrong': { status: 422, title: 'The passphrase does not open this key.' },
  'key.organisation-mismatch': { status: 422, title: 'The certificate belongs to another organisation.' },
  'key.expired': { status: 422, title: 'The certificate is not valid today.' },
  'key.expires-soon': { status: 422, title: 'The certificate ends soon.' },
  'credential.no-address': { status: 422, title: 'There is no e-mail address for this learner.' },
  'people.own-rights': { status: 403, title: 'Nobody changes their own rights.' },
  'people.last-owner': { status: 409, title: 'An institution needs at least one owner.' },
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
