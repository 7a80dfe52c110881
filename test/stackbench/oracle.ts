/** An independent judge: the same cases as mixed integer programs for HiGHS, one yes-or-no variable for each credential and slot. It shares no code with the engine. */
import type { SlotCase, StackingCredential, StackingOffer, StackingSlot } from '@cairn/core'
import * as loader from 'highs'

/** What the judge says of a case: the value of every choice of domain rules 3.4 down to the dates, and the hours of the best plan. */
export interface Judgement {
  eligible: boolean
  counted: number
  unmet: number
  shortfall: number
  credentials: number
  grade: number
  days: number
  planHours?: number | null
}

type Term = readonly [string, number]
interface Held {
  id: string
  credits: number
  tags: readonly string[]
  date: string
  provider: string
  eqf: number
  grade: number
  shared: boolean
  assessed: boolean
  hours?: number
}

// The package is CommonJS to the type checker and a module to Node: both have a default.
const highs = await (loader.default as unknown as () => Promise<loader.LegacyHighs>)()
const sumText = (terms: readonly Term[]) =>
  terms.length === 0 ? '0 nothing' : terms.map(([name, value]) => `${value < 0 ? '-' : '+'} ${Math.abs(value)} ${name}`).join(' ')

/** Less than two amounts of credits differ by, and more than the solver rounds by. */
const slack = 1e-4

/** Solves, or answers `undefined` when there is no solution. */
function optimise(maximise: readonly Term[], rows: readonly string[], binary: readonly string[], others: readonly string[]) {
  const text = `Maximize\n obj: ${sumText(maximise)}\nSubject To\n${rows.map((row, at) => ` r${at}: ${row}`).join('\n')}\nBounds\n nothing = 0\n${others
    .map((name) => ` ${name} >= 0`)
    .join('\n')}\nBinary\n ${binary.join(' ')}\nEnd\n`
  const options = { mip_rel_gap: 0, mip_abs_gap: 1e-7, output_flag: false } as const
  let solved = highs.solve(text, options)
  // Its first look at a program has been seen to call one infeasible that it had a solution of.
  if (solved.Status === 'Infeasible') solved = highs.solve(text, { ...options, presolve: 'off' })
  if (solved.Status === 'Infeasible') return undefined
  if (solved.Status !== 'Optimal') throw new Error(`The oracle ended with ${solved.Status}.`)
  return solved.ObjectiveValue
}

const held = (one: StackingCredential): Held => ({
  id: one.id,
  credits: one.credits ?? 0,
  tags: one.tags ?? [],
  date: one.issueDate ?? '',
  provider: one.provider ?? '',
  eqf: one.eqf ?? 0,
  grade: one.grade ?? 0,
  shared: (one.usedIn ?? []).length > 0,
  assessed: one.assessed !== false,
})
const offered = (one: StackingOffer): Held => ({
  id: one.id,
  credits: one.credits,
  tags: one.tags,
  date: '9999-12-31',
  provider: one.provider ?? 'OWN',
  eqf: one.eqf ?? 0,
  grade: 0,
  shared: false,
  assessed: true,
  hours: one.hours,
})

function fits(slot: StackingSlot, one: Held, asOf: string): boolean {
  if (!one.assessed || !(slot.accept.includes('any') || slot.accept.some((tag) => one.tags.includes(tag)))) return false
  if (slot.currencyYears == null || one.hours !== undefined) return true
  return `${Number(one.date.slice(0, 4)) + slot.currencyYears}${one.date.slice(4)}` >= asOf
}

interface Goal {
  terms: Term[]
  need: number
  shareOfCounted?: number
}

function formulate(stacking: SlotCase, items: readonly Held[]) {
  const { slots, rules } = stacking.pathway
  const places = slots.flatMap((slot, s) =>
    items.flatMap((one, c) => (fits(slot, one, stacking.asOf) ? [{ name: `x${c}_${s}`, slot, one, c, s }] : [])),
  )
  const rows: string[] = []
  const sum = (weight: (one: Held) => number, where: (place: (typeof places)[number]) => boolean = () => true): Term[] =>
    places.filter(where).flatMap((place) => (weight(place.one) === 0 ? [] : [[place.name, weight(place.one)] as const]))
  const limit = (terms: readonly Term[], most: number) => {
    if (terms.length > 0) rows.push(`${sumText(terms)} <= ${most}`)
  }
  const one = () => 1
  const credits = (each: Held) => each.credits
  for (const c of items.keys())
    limit(
      sum(one, (place) => place.c === c),
      1,
    )
  const goals: Goal[] = []
  for (const [s, slot] of slots.entries()) {
    const here = (place: { s: number }) => place.s === s
    const most = slot.maxCount ?? slot.minCount
    if (most != null) limit(sum(one, here), most)
    if (slot.maxCredits != null) limit(sum(credits, here), slot.maxCredits)
    if (slot.minCount) goals.push({ terms: sum(one, here), need: slot.minCount })
    if (slot.minCredits) goals.push({ terms: sum(credits, here), need: slot.minCredits })
    for (const earlier of slot.afterSlots ?? [])
      for (const late of places.filter(here))
        for (const early of places.filter((place) => place.slot.id === earlier)) {
          const bothOffers = late.one.hours !== undefined && early.one.hours !== undefined
          if (late.c !== early.c && !bothOffers && late.one.date <= early.one.date) rows.push(`${late.name} + ${early.name} <= 1`)
        }
  }
  for (const group of rules?.overlapGroups ?? [])
    limit(
      sum(one, (place) => group.includes(place.one.id)),
      1,
    )
  if (rules?.externalMax != null)
    limit(
      sum((each) => (each.provider === 'OWN' ? 0 : each.credits)),
      rules.externalMax,
    )
  if (rules?.sharedMax != null)
    limit(
      sum((each) => (each.shared ? each.credits : 0)),
      rules.sharedMax,
    )
  for (const [provider, most] of Object.entries(rules?.providerMax ?? {}))
    limit(
      sum((each) => (each.provider === provider ? each.credits : 0)),
      most,
    )
  const total = rules?.totalMin
  const share = (part: number) => (total == null ? { need: 0, shareOfCounted: part } : { need: part * total })
  if (total) goals.push({ terms: sum(credits), need: total })
  if (rules?.residencyMin) goals.push({ terms: sum((each) => (each.provider === 'OWN' ? each.credits : 0)), need: rules.residencyMin })
  if (rules?.levelMin) {
    const { eqf, credits: amount, share: part } = rules.levelMin
    goals.push({ terms: sum((each) => (each.eqf >= eqf ? each.credits : 0)), ...(amount == null ? share(part ?? 0) : { need: amount }) })
  }
  if (rules?.categoryMin) {
    const { tag, share: part } = rules.categoryMin
    goals.push({ terms: sum((each) => (each.tags.includes(tag) ? each.credits : 0)), ...share(part) })
  }
  const relative = (goal: Goal): Term[] => {
    const own = new Map(goal.terms)
    return places.map((place) => [place.name, (own.get(place.name) ?? 0) - goal.shareOfCounted! * place.one.credits] as const)
  }
  const met = goals.map((goal) =>
    goal.shareOfCounted === undefined ? `${sumText(goal.terms)} >= ${goal.need - 1e-7}` : `${sumText(relative(goal))} >= -0.0000001`,
  )
  return { places, rows, sum, goals, met, binary: places.map((place) => place.name) }
}

/** Judges a case of slots; `deep` goes on to grades and dates. */
export function judge(stacking: SlotCase, deep = true): Judgement {
  const items = stacking.credentials.map(held)
  const { rows, sum, goals, met, binary } = formulate(stacking, items)
  const day = (one: Held) => Math.round((Date.parse(one.date) - Date.parse('2014-01-01')) / 86_400_000)
  const grade = (one: Held) => Math.round(one.grade * 100)
  const judgement: Judgement = { eligible: true, counted: 0, unmet: 0, shortfall: 0, credentials: 0, grade: 0, days: 0 }
  const others: string[] = []
  const all = [...rows]
  const flags: string[] = []
  const least =
    binary.length === 0
      ? met.some((row) => row.startsWith('0 nothing') && !/>= -/.test(row))
        ? undefined
        : 0
      : optimise(
          sum(() => -1),
          [...rows, ...met],
          binary,
          [],
        )
  if (least === undefined) {
    judgement.eligible = false
    judgement.counted =
      optimise(
        sum((one) => one.credits),
        rows,
        binary,
        [],
      ) ?? 0
    all.push(`${sumText(sum((one) => one.credits))} >= ${judgement.counted - slack}`)
    const gaps: string[] = []
    for (const [at, goal] of goals.entries()) {
      const need = goal.shareOfCounted === undefined ? goal.need : goal.shareOfCounted * judgement.counted
      if (need <= 0) continue
      flags.push(`m${at}`)
      gaps.push(`d${at}`)
      all.push(`${sumText(goal.terms)} + ${need} m${at} >= ${need - 1e-7}`, `${sumText(goal.terms)} + 1 d${at} >= ${need}`)
    }
    others.push(...gaps)
    const names = [...binary, ...flags]
    judgement.unmet = -optimise(
      flags.map((name) => [name, -1] as const),
      all,
      names,
      others,
    )!
    all.push(`${sumText(flags.map((name) => [name, 1] as const))} <= ${judgement.unmet + 0.01}`)
    judgement.shortfall = -optimise(
      gaps.map((name) => [name, -1] as const),
      all,
      names,
      others,
    )!
    all.push(`${sumText(gaps.map((name) => [name, 1] as const))} <= ${judgement.shortfall + slack}`)
  } else {
    judgement.credentials = -least
    all.push(...met)
  }
  if (!deep) return judgement
  const names = [...binary, ...flags]
  judgement.credentials = -(
    optimise(
      sum(() => -1),
      all,
      names,
      others,
    ) ?? Number.NaN
  )
  all.push(`${sumText(sum(() => 1))} <= ${judgement.credentials + 0.01}`)
  judgement.grade = optimise(sum(grade), all, names, others) ?? Number.NaN
  all.push(`${sumText(sum(grade))} >= ${judgement.grade - 0.01}`)
  judgement.days = optimise(sum(day), all, names, others) ?? Number.NaN
  return judgement
}

/** The hours of the cheapest plan, or `null` when the catalogue does not suffice. */
export function judgePlan(stacking: SlotCase): number | null {
  const items = [...stacking.credentials.map(held), ...(stacking.catalogue ?? []).map(offered)]
  const { rows, sum, met, binary } = formulate(stacking, items)
  const best = optimise(
    sum((one) => -(one.hours ?? 0)),
    [...rows, ...met],
    binary,
    [],
  )
  return best === undefined ? null : -best
}
