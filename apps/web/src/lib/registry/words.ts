/** Entries of the trust registry in words. */
import type { TrustChange } from '@cairn/api'
import type { Kind, TrustEntry, TrustKind } from '@cairn/core'
import { sayDay } from '#lib/page/dates.ts'
import { kindNames } from '#lib/page/names.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'

/** What an entry stands for. */
export const trustKindNames: Record<TrustKind, () => string> = {
  issuer: m.reg_kind_issuer,
  authority: m.reg_kind_authority,
  'time-stamps': m.reg_kind_time_stamps,
}

/** What it may seal, in one line. */
export function sayLimits({ kinds, levels, fields, places }: TrustEntry): string {
  const countries = new Intl.DisplayNames([getLocale()], { type: 'region' })
  const list = new Intl.ListFormat(getLocale(), { type: 'unit' })
  const parts = [
    (kinds ?? []).map((kind) => kindNames[kind as Kind]?.() ?? kind),
    (levels ?? []).map((level) => `EQF ${level}`),
    (fields ?? []).map((field) => `ISCED-F ${field}`),
    (places ?? []).map((place) => countries.of(place) ?? place),
  ]
  return (
    parts
      .filter((part) => part.length > 0)
      .map((part) => list.format(part))
      .join(' · ') || m.reg_everything()
  )
}

/** The days it holds. */
export function sayDays({ from, to }: Pick<TrustEntry, 'from' | 'to'>): string {
  if (from && to) return m.reg_from_to({ from: sayDay(from), to: sayDay(to) })
  return from ? m.reg_since({ from: sayDay(from) }) : to ? m.reg_until({ to: sayDay(to) }) : m.reg_always()
}

/** Who proposed it, when, and where it came from. */
export function sayProposed({ source, proposed: { name, at } }: TrustChange): string {
  const date = sayDay(at)
  if (source === 'before') return m.reg_proposed_system({ date })
  const by = name ? m.reg_proposed_by({ name, date }) : date
  const from = { key: m.reg_source_key, file: m.reg_source_file, demonstration: m.reg_source_demo, person: undefined }[source]
  return from ? `${by}, ${from()}` : by
}

/** Who decided, and when. */
export function sayDecided({ source, decided }: TrustChange): string {
  if (!decided) return m.reg_still_waiting()
  const { decision, alone, name } = decided
  if (source === 'key' || source === 'demonstration') return m.reg_approved_key()
  if (source === 'before') return ''
  const given = { name, date: sayDay(decided.at) }
  return decision === 'refused' ? m.reg_refused_by(given) : alone ? m.reg_approved_alone(given) : m.reg_approved_by(given)
}
