/** Whether the body was accredited for this at the time: level, field, place and kind of programme (domain rules, 6.2). */
import { type AwardScope, scopeWithin } from '../award-scope.ts'
import type { AccreditationStanding, Outcome } from '../report.ts'
import type { AccreditationRecord, AccreditationSnapshot, AccreditedBody } from './accreditation-snapshot.ts'

/** A judgement, with the record that it rests on where there is one. */
export interface AccreditationFound {
  standing: AccreditationStanding
  outcome: Outcome
  record?: AccreditationRecord
}

/** What is unknown stays unknown: only a registry that speaks for the body and says otherwise makes a failure. */
const outcomes: Record<AccreditationStanding, Outcome> = {
  covered: 'passed',
  'with-conditions': 'passed',
  'ended-since': 'passed',
  'not-then': 'failed',
  outside: 'failed',
  'scope-unknown': 'unknown',
  'body-unknown': 'unknown',
  silent: 'unknown',
}

/** Judges an award that was issued `on` a day, as seen `today` (both `2026-05-12`). */
export function judgeAccreditation(snapshot: AccreditationSnapshot, scope: AwardScope, on: string, today: string): AccreditationFound {
  const told = (standing: AccreditationStanding, record?: AccreditationRecord): AccreditationFound => ({
    standing,
    outcome: outcomes[standing],
    ...(record ? { record } : {}),
  })
  if (scope.levels.length > 0 && scope.levels.every((level) => level < snapshot.lowestLevel)) return told('silent')
  const own = bodiesNamed(
    snapshot,
    scope.bodies.flatMap(({ id, identifiers }) => (id === undefined ? identifiers : [id, ...identifiers])),
  )
  if (own.length === 0) return told('body-unknown')
  const bodies = standingFor(snapshot.bodies, own, on)
  const records = snapshot.records.filter(
    (record) =>
      record.obligatory &&
      !record.flagged &&
      record.decision.startsWith('positive') &&
      record.bodies.some((id) => bodies.has(id)) &&
      isAbout(record, scope),
  )
  if (records.length === 0) return told('silent')
  const then = records.filter(({ from, to }) => from <= on && on <= to)
  if (then.length === 0) {
    // That another body's accreditation had ended says nothing against this one.
    const before = records.filter((record) => own.some(({ id }) => record.bodies.includes(id)))
    return before.length > 0 ? told('not-then', nearest(before, on)) : told('silent')
  }
  const judged = then.map((record) => ({ record, within: scopeWithin(record, scope) }))
  const within = judged.filter((each) => each.within === 'within').map(({ record }) => record)
  const best =
    within.find(({ decision, to }) => decision === 'positive' && today <= to) ?? within.find(({ to }) => today <= to) ?? within[0]
  if (best) return told(best.to < today ? 'ended-since' : best.decision === 'positive' ? 'covered' : 'with-conditions', best)
  const open = judged.find((each) => each.within === 'unknown')
  return open ? told('scope-unknown', open.record) : told('outside', then[0])
}

/** The part of a snapshot that a judgement on bodies of these ids and numbers can rest on: themselves, what is above them and what became them. */
export function snapshotAbout(snapshot: AccreditationSnapshot, numbers: readonly string[]): AccreditationSnapshot {
  const { bodies, records } = indexOf(snapshot)
  const waiting = bodiesNamed(snapshot, numbers).map(({ id }) => id)
  const found = new Set<string>()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    const body = bodies.get(id)
    waiting.push(...[...(body?.partOf ?? []), ...(body?.succeeds ?? [])].map((each) => each.body))
  }
  const places = new Set([...found].flatMap((id) => records.get(id) ?? []))
  return {
    ...snapshot,
    bodies: [...found].flatMap((id) => bodies.get(id) ?? []),
    records: [...places].sort((one, other) => one - other).map((at) => snapshot.records[at]!),
  }
}

/** A registry has twenty thousand bodies, and a judgement asks for a few: where each stands is found once. Of two bodies of one id the last stands. */
interface Index {
  bodies: Map<string, AccreditedBody>
  /** Bodies by their ids and official numbers, plainly written. */
  named: Map<string, AccreditedBody[]>
  /** Places of records in the snapshot, by body. */
  records: Map<string, number[]>
}
const indexes = new WeakMap<AccreditationSnapshot, Index>()
function indexOf(snapshot: AccreditationSnapshot): Index {
  const known = indexes.get(snapshot)
  if (known) return known
  const named = new Map<string, AccreditedBody[]>()
  for (const body of snapshot.bodies)
    for (const name of new Set([body.id, ...body.identifiers].map(plain))) named.set(name, [...(named.get(name) ?? []), body])
  const records = new Map<string, number[]>()
  for (const [at, { bodies }] of snapshot.records.entries())
    for (const id of new Set(bodies)) {
      const places = records.get(id)
      if (places) places.push(at)
      else records.set(id, [at])
    }
  const made = { bodies: new Map(snapshot.bodies.map((body) => [body.id, body])), named, records }
  indexes.set(snapshot, made)
  return made
}

/** A body is known by its id or an official number. A name is nobody's alone. */
function bodiesNamed(snapshot: AccreditationSnapshot, names: readonly string[]): AccreditedBody[] {
  const { named } = indexOf(snapshot)
  return [...new Set(names.flatMap((name) => named.get(plain(name)) ?? []))]
}
const plain = (identifier: string) => identifier.replace(/[\s.-]/g, '').toUpperCase()

/** Ids of the bodies whose accreditations speak for these on a day: themselves, those above them then, and those that became them by then. */
function standingFor(all: readonly AccreditedBody[], own: readonly AccreditedBody[], on: string): Set<string> {
  const known = new Map(all.map((body) => [body.id, body]))
  const found = new Set<string>()
  const waiting = own.map(({ id }) => id)
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    const body = known.get(id)
    for (const { body: above, from, to } of body?.partOf ?? []) if ((!from || from <= on) && (!to || on <= to)) waiting.push(above)
    for (const { body: before, on: since } of body?.succeeds ?? []) if (!since || since <= on) waiting.push(before)
  }
  return found
}

/** A decision on the whole body is about everything; one on programmes about those alone. */
function isAbout({ programmes }: AccreditationRecord, { achievement, titles }: AwardScope): boolean {
  if (programmes.length === 0) return true
  const named = new Set([...(achievement === undefined ? [] : [achievement]), ...titles].map(spoken))
  return programmes.some((programme) => named.has(spoken(programme)))
}
const spoken = (title: string) => title.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

/** The decision whose time is closest to a day, to say when it was. */
function nearest(records: readonly AccreditationRecord[], on: string): AccreditationRecord | undefined {
  const distance = ({ from, to }: AccreditationRecord) => Math.min(...[from, to].map((day) => Math.abs(Date.parse(day) - Date.parse(on))))
  return [...records].sort((one, other) => distance(one) - distance(other))[0]
}
