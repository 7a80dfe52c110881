/** Hours that add up over certificates, by the numbers of a recognition policy. */
import { ProblemError } from '../problems.ts'
import type { Library } from '../recognition/library.ts'
import type { Policy } from '../recognition/policy.ts'
import type { Target } from '../recognition/target.ts'
import { addMonths } from '../time.ts'
import { byCode, slack, tidy } from './slot-model.ts'
import type { StackAnswer } from './stack-answer.ts'
import type { HoursCase, HoursCredential } from './stacking-case.ts'

type Post = Extract<Target, { form: 'post' }>

/**
 * Counts hours in order of issue date, then id. The policy's requirements were decided for each certificate; here only its numbers and the target are read.
 * Raises `stacking.not-in-library` for a policy or target that is not there or is none of hours, and `stacking.policy-not-in-force`.
 */
export function accumulateHours({ asOf, pathway, credentials }: HoursCase, library: Library): StackAnswer {
  const { needHours } = pathway.accumulate
  const policy = policyOf(pathway.accumulate.policy, asOf, library)
  const target = targetOf(pathway.accumulate.target ?? undefined, policy, library)
  const { typeFactor, minHours, generalCap, duplicateMonths } = policy.params
  if (typeFactor == null)
    throw new ProblemError('stacking.not-in-library', 'The policy does not say how kinds of award count.', '/pathway/accumulate/policy')
  const counted: HoursCredential[] = []
  const hoursOf = new Map<string, number>()
  const reasons = new Map<string, string>()
  let general = generalCap ?? Number.POSITIVE_INFINITY

  const judge = (credential: HoursCredential): { hours: number; reason?: string } => {
    const { issueDate, hours = 0 } = credential
    if (!isInPeriod(issueDate, target)) return { hours: 0, reason: 'OUT_OF_PERIOD' }
    const factor = (typeFactor as Record<string, number | undefined>)[credential.awardType ?? 'successful-completion'] ?? 0
    if (factor <= 0) return { hours: 0, reason: 'ATTENDANCE_ONLY' }
    if (hours === null || hours < (minHours ?? 0) - slack) return { hours: 0, reason: 'BELOW_MIN_HOURS' }
    if (duplicateMonths != null && counted.some((other) => isRepeat(credential, other, duplicateMonths)))
      return { hours: 0, reason: `DUPLICATE_WITHIN_${duplicateMonths}_MONTHS` }
    const full = hours * factor
    if (credential.competency == null || !target.competencies.includes(credential.competency)) {
      const given = Math.min(full, general)
      general -= given
      if (given < full - slack) return { hours: given, reason: 'GENERAL_HOURS_CAP' }
    }
    return factor < 1 ? { hours: full, reason: 'PARTICIPATION_HALF' } : { hours: full }
  }

  for (const credential of [...credentials].sort((a, b) => byCode(a.issueDate ?? '', b.issueDate ?? '') || byCode(a.id, b.id))) {
    const { hours, reason } = judge(credential)
    if (hours > 0) counted.push(credential)
    hoursOf.set(credential.id, tidy(hours))
    if (reason !== undefined) reasons.set(credential.id, reason)
  }
  const countedHours = tidy([...hoursOf.values()].reduce((sum, hours) => sum + hours, 0))
  const eligible = countedHours >= needHours - slack
  return {
    eligible,
    countedHours,
    gaps: eligible ? [] : [{ goal: 'needHours', have: countedHours, need: needHours }],
    perCredential: sorted(hoursOf),
    reasons: sorted(reasons),
  }
}

const sorted = <T>(map: ReadonlyMap<string, T>): Record<string, T> => Object.fromEntries([...map].sort((a, b) => byCode(a[0], b[0])))

function isInPeriod(issueDate: string | null | undefined, { period }: Post): boolean {
  if (period == null) return true
  return issueDate != null && issueDate >= period[0] && (period[1] === null || issueDate <= period[1])
}

/** The same achievement, or without one the same title, within the months before; the last day counts. */
function isRepeat(one: HoursCredential, other: HoursCredential, months: number): boolean {
  const same = one.achievement != null && other.achievement != null ? one.achievement === other.achievement : one.title === other.title
  if (!same || (one.achievement == null && one.title == null)) return false
  if (one.issueDate == null || other.issueDate == null) return false
  return addMonths(other.issueDate, months) >= one.issueDate
}

function policyOf(id: string, asOf: string, { policies }: Library): Policy {
  const policy = policies.get(id)
  const at = '/pathway/accumulate/policy'
  if (!policy) throw new ProblemError('stacking.not-in-library', 'The policy is not in the library.', at)
  const [from, to] = policy.effective
  if (asOf < from || (to !== null && asOf > to))
    throw new ProblemError('stacking.policy-not-in-force', 'The policy is not in force on the day of the case.', at)
  return policy
}

function targetOf(id: string | undefined, policy: Policy, { targets }: Library): Post {
  const at = '/pathway/accumulate/target'
  const own = [...targets.values()].filter((target) => target.body === policy.body)
  if (id === undefined && own.length !== 1)
    throw new ProblemError('stacking.not-in-library', 'The body of the policy has no target of its own, or several; name one.', at)
  const target = id === undefined ? own[0] : targets.get(id)
  if (target?.form !== 'post') throw new ProblemError('stacking.not-in-library', 'There is no post of this id in the library.', at)
  return target
}
