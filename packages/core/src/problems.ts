/** The one vocabulary of what can go wrong: `code -> { status, title }`, one entry a code. Codes are never renamed. */

/** Every problem the product can name. `status` is the HTTP status, `title` one plain sentence without data. */
export const problems = {
  'input.invalid': { status: 422, title: 'Some fields are not as they should be.' },
  'input.too-large': { status: 413, title: 'This is larger than we accept.' },
  'request.not-found': { status: 404, title: 'There is nothing here.' },
  'request.not-allowed': { status: 403, title: 'Your role does not allow this.' },
  'request.sign-in': { status: 401, title: 'Please sign in first.' },
  'request.too-many': { status: 429, title: 'Too many requests. Please wait a minute.' },
  'request.confirm-again': { status: 403, title: 'Please confirm that it is you, then do it again.' },
  'request.cross-origin': { status: 403, title: 'This request came from another site.' },
  'request.key-reused': { status: 422, title: 'This idempotency key was used for another request.' },
  'request.not-json': { status: 415, title: 'This address takes JSON.' },
  'request.in-progress': { status: 409, title: 'The same request is still being worked on.' },
  'request.conflict': { status: 409, title: 'This was changed or already done meanwhile.' },
  'server.unavailable': { status: 503, title: 'A part of the service is away for a moment. Nothing was lost.' },
  'server.in-use': { status: 409, title: 'Another process is using the data folder.' },
  'server.no-database': { status: 503, title: 'The database cannot be started.' },
  'server.disk-full': { status: 507, title: 'There is no room left to store this. Nothing was changed.' },
  'server.misconfigured': { status: 500, title: 'The configuration is not safe to start with.' },
  'server.internal': { status: 500, title: 'Something went wrong on our side.' },

  'fetch.refused': { status: 422, title: 'This address is not one that we fetch.' },
  'fetch.failed': { status: 502, title: 'The other server did not give what was asked for.' },

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
  'badge.unreadable': { status: 422, title: 'We cannot read this as a picture.' },
  'badge.not-safe': { status: 422, title: 'This drawing cannot be taken as it is.' },
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
  'sign-in.refused': { status: 401, title: 'Address and password do not fit together, or the link was used before.' },
  'account.password-wrong': { status: 422, title: 'This is not your present password.' },
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
  'issuer.time-not-proven': { status: 422, title: 'When it was sealed is not proven, and the issuer is not trusted today.' },
  'issuer.log-not-checked': { status: 422, title: 'The issuer promises a public log, which could not be checked.' },
  'validity.not-yet': { status: 422, title: 'The credential is not valid yet.' },
  'validity.ended': { status: 422, title: 'The credential is past its end.' },
  'validity.unreadable': { status: 422, title: 'A date of the credential cannot be read.' },
  'status.revoked': { status: 422, title: 'The issuer has revoked this credential.' },
  'status.suspended': { status: 422, title: 'The issuer has suspended this credential.' },
  'status.list-missing': { status: 422, title: 'The status list could not be read, so nobody can say whether it was revoked.' },
  'status.list-not-trusted': { status: 422, title: 'The status list is not one of the issuer.' },
  'status.list-too-old': { status: 422, title: 'The status list is too old to rely on.' },

  'annex1.learner-missing': { status: 422, title: 'The learner is not named.' },
  'annex1.learner-ambiguous': { status: 422, title: 'The learner could be mistaken for somebody of the same name.' },
  'annex1.birth-date-form': { status: 422, title: 'The birth date is not a plain day.' },
  'annex1.birth-date-implausible': { status: 422, title: 'The birth date cannot be right.' },
  'annex1.title-missing': { status: 422, title: 'There is no title.' },
  'annex1.title-full-award': { status: 422, title: 'The title sounds like a full award.' },
  'annex1.title-code': { status: 422, title: 'The title is a code.' },
  'annex1.kind-label': { status: 422, title: 'The title says micro-credential, and it is none.' },
  'annex1.language-missing': { status: 422, title: 'A text is missing in the primary language.' },
  'annex1.language-script': { status: 422, title: 'A text does not look like its language.' },
  'annex1.country-missing': { status: 422, title: 'The country is missing.' },
  'annex1.awarding-body-missing': { status: 422, title: 'The awarding body is not named.' },
  'annex1.awarding-body-number-missing': { status: 422, title: 'The awarding body has no official number.' },
  'annex1.mandate-missing': { status: 422, title: 'Nothing shows a mandate to seal for the awarding body.' },
  'annex1.data-beyond-need': { status: 422, title: 'There is more personal data than a reader needs.' },
  'annex1.self-issued': { status: 422, title: 'The learner and the awarding body have the same name.' },
  'annex1.issue-date-missing': { status: 422, title: 'The date of issuing is missing.' },
  'annex1.issue-date-future': { status: 422, title: 'The date of issuing lies in the future.' },
  'annex1.date-unreadable': { status: 422, title: 'A date cannot be read.' },
  'annex1.dates-order': { status: 422, title: 'Two dates are in the wrong order.' },
  'annex1.validity-reason': { status: 422, title: 'An end of validity needs a reason.' },
  'annex1.validity-none': { status: 422, title: 'A safety-critical skill has no end of validity.' },
  'annex1.outcomes-missing': { status: 422, title: 'There are no learning outcomes.' },
  'annex1.outcomes-summary-only': { status: 422, title: 'The learning outcomes are one summary.' },
  'annex1.outcome-not-assessed': { status: 422, title: 'A learning outcome is not assessed.' },
  'annex1.outcome-is-title': { status: 422, title: 'A learning outcome repeats the title.' },
  'annex1.outcome-verb': { status: 422, title: 'A learning outcome does not say what the learner does.' },
  'annex1.outcome-vague': { status: 422, title: 'A learning outcome has a verb that nobody can watch.' },
  'annex1.outcome-several': { status: 422, title: 'A learning outcome is several in one.' },
  'annex1.outcomes-many': { status: 422, title: 'There are many outcomes for the size.' },
  'annex1.outcomes-few': { status: 422, title: 'There are few outcomes for the size.' },
  'annex1.workload-missing': { status: 422, title: 'The workload is missing.' },
  'annex1.workload-basis': { status: 422, title: 'Only contact hours are said.' },
  'annex1.workload-contact': { status: 422, title: 'Contact hours are more than all hours.' },
  'annex1.workload-ratio': { status: 422, title: 'Hours and credits do not fit one another.' },
  'annex1.workload-ects-wanted': { status: 422, title: 'ECTS credits are missing.' },
  'annex1.workload-unassessed-ects': { status: 422, title: 'Credits are given without an assessment.' },
  'annex1.workload-calendar': { status: 422, title: 'A workload is given in calendar time.' },
  'annex1.workload-unreadable': { status: 422, title: 'A workload cannot be read.' },
  'annex1.workload-not-small': { status: 422, title: 'This is not a small volume of learning.' },
  'annex1.level-missing': { status: 422, title: 'The level is missing.' },
  'annex1.level-unknown': { status: 422, title: 'There is no such level.' },
  'annex1.level-cycle': { status: 422, title: 'Level and cycle do not fit one another.' },
  'annex1.level-nqf-country': { status: 422, title: "The national level is another country's." },
  'annex1.level-nqf-eqf': { status: 422, title: 'National level and EQF level do not fit one another.' },
  'annex1.level-verbs': { status: 422, title: 'The outcomes are below the level.' },
  'annex1.assessment-missing': { status: 422, title: 'There is no assessment.' },
  'annex1.assessment-type-missing': { status: 422, title: 'The type of an assessment is missing.' },
  'annex1.assessment-unlisted': { status: 422, title: 'The type of an assessment is not of the EU list.' },
  'annex1.assessment-attendance': { status: 422, title: 'Attendance alone is no assessment.' },
  'annex1.assessment-criteria': { status: 422, title: 'The criteria of an assessment are missing.' },
  'annex1.assessment-scheme': { status: 422, title: 'A grade needs a grading scheme.' },
  'annex1.assessment-unsuited': { status: 422, title: 'An assessment may not show the outcome.' },
  'annex1.supervision-weak': { status: 422, title: 'An assessment is neither supervised nor verified.' },
  'annex1.participation-missing': { status: 422, title: 'The form of participation is missing.' },
  'annex1.participation-unlisted': { status: 422, title: 'The form of participation is not of the EU list.' },
  'annex1.quality-missing': { status: 422, title: 'The type of quality assurance is missing.' },
  'annex1.quality-none': { status: 422, title: 'There is no quality assurance.' },
  'annex1.quality-record-missing': { status: 422, title: 'External quality assurance has no record.' },
  'annex1.quality-not-covered': { status: 422, title: 'The accreditation does not cover this.' },
  'annex1.quality-review': { status: 422, title: 'The next review is far away.' },
  'annex1.setting-not-accredited': { status: 422, title: 'Formal learning has no accreditation.' },
  'annex1.body-not-accredited': { status: 422, title: 'The awarding body is not accredited for this.' },
  'annex1.stackability-target': { status: 422, title: 'Stackable towards what is not said.' },
  'annex1.key-twice': { status: 422, title: 'Two entries have the same key.' },
  'annex1.parts-missing': { status: 422, title: 'There are no parts.' },
  'annex1.description-missing': { status: 422, title: 'There is no description.' },
  'annex1.principle-open': { status: 422, title: 'A question of Annex II is open.' },

  'elm.type-missing': { status: 422, title: 'This is not typed as a European Digital Credential.' },
  'elm.type-wrong': { status: 422, title: 'Something is not of the type it should be.' },
  'elm.context': { status: 422, title: 'The context is not that of a European Digital Credential.' },
  'elm.property-missing': { status: 422, title: 'A property that the format demands is missing.' },
  'elm.property-many': { status: 422, title: 'A property has more values than the format allows.' },
  'elm.term-unknown': { status: 422, title: 'A term is not known to the format.' },
  'elm.term-misplaced': { status: 422, title: 'A property stands where the format has none.' },
  'elm.value-form': { status: 422, title: 'A value is not written as the format wants it.' },
  'elm.scheme': { status: 422, title: 'A concept does not name the list it comes from.' },
  'elm.concept-unlisted': { status: 422, title: 'A concept is not in the list we know.' },
  'elm.language-tag': { status: 422, title: 'A language tag is not clean.' },
  'elm.id-missing': { status: 422, title: 'A node has no id.' },
  'elm.id-conflict': { status: 422, title: 'One id stands for two different things.' },
  'elm.issuer-identifier': { status: 422, title: 'The issuer has no eIDAS identifier.' },
  'elm.display-language': { status: 422, title: 'The primary language is not among the languages.' },
} as const satisfies Record<string, { status: number; title: string }>

/**
 * What stands before the code in the `type` of a problem document (RFC 9457). A name, not an address: it is the same on every installation, and
 * `example` is reserved (RFC 2606), so that nobody can ever own it and answer in our place.
 */
export const problemTypeBase = 'https://cairn.example/problems/'

/** The stable name of a problem. */
export type ProblemCode = keyof typeof problems

/** A problem as data: thrown inside a {@link ProblemError} or carried in a finding. `detail` never quotes personal data. */
export interface Problem {
  code: ProblemCode
  detail: string
  /** JSON Pointer (RFC 6901) to the place it means. */
  pointer?: string
}

const mark: unique symbol = Symbol.for('cairn.problem') as never

/**
 * The one error class for expected wrongs. Surprises stay plain `Error`s and are shown as `server.internal`.
 * @example throw new ProblemError('request.not-found', 'No specification has this id.')
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly [mark] = true
  /** By a mark and not by the class: built pages hold a copy of this file beside the server's own, and a problem of the one is a problem of the other. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && mark in value
  }
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
