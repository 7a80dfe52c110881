/** A report in words: which of the four tones, one sentence, what to do now, and five quiet lines. The only place that does this. */
import { type Finding, type Outcome, type Report, type Results, type VerdictKind, verdictKindOf } from '@cairn/core'
import { sayDay, sayMoment } from '#lib/page/dates.ts'
import { m } from '#lib/paraglide/messages.js'
import { sayProblem } from './report-words.ts'
import { sayNote } from './say-note.ts'

/** The four tones of a verdict; each has a colour, a shape and words. */
export type Tone = 'genuine' | 'stale' | 'unknown' | 'broken'

/** One check as a line: what was asked, what came of it, how often where it is more than once, and by which clause. */
export interface Reason {
  check: string
  tone: Tone
  said: string
  times?: number
  clause?: string
}

/** One of the five results with its reasons. */
export interface Line {
  name: keyof Results
  label: string
  tone: Tone
  said: string
  reasons: readonly Reason[]
}

/** Everything that a page shows of a report. */
export interface Said {
  tone: Tone
  sentence: string
  now: string
  lines: readonly Line[]
  /** What was handed in, in words; absent when it is nothing that we know. */
  form?: string
}

const tones: Record<Outcome, Tone> = { passed: 'genuine', failed: 'broken', unknown: 'unknown' }
const checks: Readonly<Record<string, () => string>> = {
  'seal.intact': m.check_seal_intact,
  'seal.time-stamp': m.check_seal_time_stamp,
  'seal.counter-signature': m.check_seal_counter,
  'seal.level': m.check_seal_level,
  'seal.sheet': m.check_seal_sheet,
  'seal.sheet-sealer': m.check_seal_sheet_sealer,
  'seal.period': m.check_seal_period,
  'issuer.bound': m.check_issuer_bound,
  'issuer.allowed': m.check_issuer_allowed,
  'issuer.certificate': m.check_issuer_certificate,
  'issuer.known': m.check_issuer_known,
  'issuer.logged': m.check_issuer_logged,
  'issuer.named': m.check_issuer_named,
  'issuer.path': m.check_issuer_path,
  'issuer.revocation': m.check_issuer_revocation,
  'issuer.scope': m.check_issuer_scope,
  'accreditation.covers': m.check_accreditation_covers,
  'holder.proven': m.check_holder,
  'holder.subject': m.check_holder_subject,
  'seal.document': m.check_report_document,
  'seal.reported': m.check_reported,
  'issuer.reported': m.check_reported,
  'validity.reported': m.check_reported,
  'status.reported': m.check_reported,
  'validity.until': m.check_validity_until,
  'validity.from': m.check_validity_from,
  'status.entry': m.check_status_entry,
  'status.refresh': m.check_status_refresh,
  'type.claims': m.check_type_claims,
  'type.known': m.check_type_known,
  'format.readable': m.check_format,
  'format.shape': m.check_format_shape,
}
const levels: Readonly<Record<string, () => string>> = {
  'B-B': m.level_b_b,
  'B-T': m.level_b_t,
  'B-LT': m.level_b_lt,
  'B-LTA': m.level_b_lta,
}
const forms: Readonly<Record<string, () => string>> = {
  'elm-jades': m.handed_elm,
  jwt: m.handed_elm,
  'open-badge': m.handed_open_badge,
  'open-badge-jwt': m.handed_open_badge_token,
  'verifiable-credential': m.handed_credential,
  'vc-jwt': m.handed_credential_token,
  'sd-jwt': m.handed_sd_jwt,
  decision: m.handed_decision,
  pathway: m.handed_pathway,
  'stack-receipt': m.handed_receipt,
  png: m.handed_picture,
  svg: m.handed_picture,
  pdf: m.handed_pdf,
  'verification-report': m.handed_report,
}

/** Says a report. A pure function of the report and the language. */
export function sayReport(report: Report): Said {
  const form = report.sheet?.seal === 'passed' ? m.handed_pdf_sealed() : forms[report.format]?.()
  const [tone, sentence, now] = verdicts[verdictKindOf(report)]
  return { tone, sentence: sentence(), now: now(), lines: linesOf(report), ...(form ? { form } : {}) }
}

const verdicts: Readonly<Record<VerdictKind, readonly [Tone, sentence: () => string, now: () => string]>> = {
  genuine: ['genuine', m.verdict_genuine, m.now_genuine],
  unsealed: ['broken', m.verdict_unsealed, m.now_altered],
  unreadable: ['broken', m.verdict_unreadable, m.now_unreadable],
  altered: ['broken', m.verdict_altered, m.now_altered],
  unjudged: ['broken', m.verdict_unjudged, m.now_altered],
  'time-altered': ['unknown', m.verdict_time_altered, m.now_altered],
  impostor: ['broken', m.verdict_impostor, m.now_altered],
  'key-open': ['unknown', m.verdict_key_open, m.now_key_open],
  'status-open': ['unknown', m.verdict_status_open, m.now_open],
  open: ['unknown', m.verdict_open, m.now_open],
  stranger: ['unknown', m.verdict_stranger, m.now_stranger],
  'stranger-not-current': ['unknown', m.verdict_stranger_not_current, m.now_stranger],
  superseded: ['stale', m.verdict_superseded, m.now_superseded],
  revoked: ['stale', m.verdict_revoked, m.now_revoked],
  suspended: ['stale', m.verdict_suspended, m.now_revoked],
  'not-yet': ['stale', m.verdict_not_yet, m.now_not_yet],
  ended: ['stale', m.verdict_ended, m.now_ended],
  holder: ['broken', m.verdict_holder, m.now_holder],
  false: ['broken', m.verdict_false, m.now_altered],
}

function linesOf(report: Report): Line[] {
  const { results, findings, registry, view } = report
  const of = (name: string) => onceEach(findings.filter(({ check }) => check.startsWith(`${name}.`)).map(reasonOf))
  const line = (name: keyof Results, label: string, passed: string): Line => {
    const outcome = results[name] ?? 'unknown'
    const own = findings.filter(
      ({ check, problem }) => problem && (check.startsWith(`${name}.`) || (name === 'seal' && /^format\./.test(check))),
    )
    // What does not hold weighs more than what nobody could check.
    const wrong = own.find((each) => each.outcome === 'failed') ?? own.find((each) => each.outcome === outcome)
    const open = results.seal === 'failed' && name !== 'seal' ? m.said_not_asked() : sayOutcome(outcome)
    const said = outcome === 'passed' ? passed : wrong?.problem ? sayProblem(wrong.problem.code) : open
    return { name, label, tone: tones[outcome], said, reasons: of(name) }
  }
  const seal = line('seal', m.line_seal(), m.said_seal_passed())
  return [
    { ...seal, reasons: [...of('format'), ...seal.reasons, ...signaturesOf(report), ...of('type')] },
    line('issuer', m.line_issuer(), m.said_issuer_passed({ name: registry?.legalName ?? view?.issuer ?? '' })),
    line('validity', m.line_validity(), m.said_validity_passed()),
    line(
      'status',
      m.line_status(),
      findings.some(({ note }) => note === 'no status published') ? m.said_no_status() : m.said_status_passed(),
    ),
    ...(results.holder === undefined ? [] : [line('holder', m.line_holder(), m.said_holder_passed())]),
    // A declaration claims no quality of its own, and what was altered tells nothing: with no registry asked there is nothing to say.
    ...((view?.declaration || results.seal === 'failed') && !report.accreditation ? [] : [accreditationOf(report, line)]),
  ]
}

/** What a registry of accreditations says of the day of issue, with when it was read; else what the credential says of itself. */
function accreditationOf({ accreditation: told, view }: Report, line: (name: keyof Results, label: string, passed: string) => Line): Line {
  const label = m.line_accreditation()
  const own = (view?.qualityAssurance ?? []).map((said): Reason => ({ check: m.quality_title(), tone: 'unknown', said }))
  if (!told) return { name: 'accreditation', label, tone: 'unknown', said: m.said_accreditation_absent(), reasons: own }
  const { agency = '', from, to, source, retrievedAt } = told
  const given = { date: sayDay(told.on), agency }
  const passed: Partial<Record<typeof told.standing, string>> = {
    covered: m.said_accreditation_covered(given),
    'with-conditions': m.said_accreditation_conditions(given),
    'ended-since': m.said_accreditation_ended(given),
  }
  const said = line('accreditation', label, passed[told.standing] ?? m.said_passed())
  const covers = said.reasons.map((reason) =>
    agency
      ? {
          ...reason,
          said: `${reason.tone === 'genuine' ? '' : `${reason.said} `}${m.said_accreditation_when({ agency, from: sayDay(from), to: sayDay(to) })}`,
        }
      : reason,
  )
  const read: Reason = {
    check: m.check_accreditation_registry(),
    tone: said.tone,
    said: m.said_accreditation_read({ source, date: sayMoment(retrievedAt) }),
  }
  return { ...said, reasons: [...covers, read, ...own] }
}

/** Each signature with its level, when it was made as its sealer says, and since when it is proven to exist. */
function signaturesOf({ signatures = [] }: Report): Reason[] {
  return signatures.map(({ algorithm, level, claimedAt, provenAt }) => ({
    check: level ? m.signature_of({ level: levels[level]?.() ?? level }) : m.signature_plain(),
    tone: provenAt || level === 'B-B' || level === undefined ? 'genuine' : 'unknown',
    said: [
      algorithm,
      claimedAt ? m.signature_claimed({ date: sayMoment(claimedAt) }) : '',
      provenAt ? m.signature_proven({ date: sayMoment(provenAt) }) : m.signature_unproven(),
    ]
      .filter(Boolean)
      .join(' · '),
  }))
}

/** The same of several time stamps, or of several certificates, is said once, with how many there are. */
function onceEach(reasons: readonly Reason[]): Reason[] {
  const counted = new Map<string, Reason>()
  for (const reason of reasons) {
    const key = JSON.stringify(reason)
    const before = counted.get(key)
    counted.set(key, before ? { ...reason, times: (before.times ?? 1) + 1 } : reason)
  }
  return [...counted.values()]
}

function reasonOf({ check, outcome, problem, clause, note }: Finding): Reason {
  const said = problem ? sayProblem(problem.code) : note ? sayNote(note) : sayOutcome(outcome)
  return { check: checks[check]?.() ?? check, tone: tones[outcome], said, ...(clause ? { clause } : {}) }
}

function sayOutcome(outcome: Outcome): string {
  return outcome === 'passed' ? m.said_passed() : outcome === 'failed' ? m.said_failed() : m.said_unknown()
}
