/** A model of slots as a linear program: whole counts of like items in each slot, rows for every rule, and one row for each thing that can be maximised. */

import { ProblemError } from '../problems.ts'
import { BoxedSimplex, type Program, type ProgramRow } from './boxed-simplex.ts'
import type { SumRow } from './reach-sums.ts'
import type { OrderPair, Search } from './search.ts'
import { byCode, type Item, mayStand, mostOf, type SlotModel, slack, timesOf } from './slot-model.ts'
import type { SlotPart } from './slot-prices.ts'

/** Items that no rule can tell apart, best first: better grade, newer, id. */
export interface ItemClass {
  members: Item[]
  /** Indexes into the slots, with the column that counts how many stand there. */
  places: { slot: number; column: number }[]
  /** One column a member when they are told apart, in the same order. */
  memberColumns: number[]
  /** The row that counts how many stand, where more than one place is open and no columns tell the members apart. */
  row?: number
}

/** How the goals enter: as bounds, not at all, or with a column each that says unmet and one for the shortfall. */
export type GoalMode = { mode: 'bounds' } | { mode: 'none' } | { mode: 'elastic'; counted: number }

/** The program with the names of its rows. All amounts are in units of `1 / scale` credits. */
export interface SlotProgram {
  simplex: BoxedSimplex
  classes: ItemClass[]
  whole: number[]
  /** Columns that decide most and are branched on before others. */
  first: number[]
  orders: OrderPair[]
  sums: SumRow[]
  /** Each slot by itself. */
  parts: SlotPart[]
  scale: number
  rows: { credits: number; fewest: number; hours?: number; offers?: number; unmet?: number; shortfall?: number }
  /** Rows of goals, with their bound, to switch them on and off. */
  goalRows: { name: string; row: number; low: number; high: number }[]
  /** How fine the shortfall is. */
  shortfallGrain: number
  /** Rows that maximise weights of items; where members of a class differ they need a program with `members`. */
  rowsOf: ReadonlyMap<string, number>
}

/** Weights of items that are maximised, by name of the row. */
export type Weights = ReadonlyMap<string, (item: Item) => number>

/** What else goes into a program: the offers, a column for each member of a class, rows to maximise, and sets of items that never stand together again. */
export interface ProgramParts {
  offers?: boolean
  members?: boolean
  weights?: Weights
  never?: readonly (readonly string[])[]
}

/** More numbers than this in one table would need more memory than a page or a server should give to one case. */
const mostNumbers = 4_000_000

/** Builds the program over the held items, and over the offers when asked. Raises `stacking.too-large`. */
export function slotProgram(
  model: SlotModel,
  goals: GoalMode,
  { offers = false, members = false, weights = new Map(), never = [] }: ProgramParts = {},
): SlotProgram {
  const items = offers ? [...model.items, ...model.offers] : model.items
  const scale = scaleOf(model, items)
  const low: number[] = []
  const high: number[] = []
  const rows: ProgramRow[] = []
  const addColumn = (most: number, least = 0) => {
    low.push(least)
    high.push(most)
    return low.length - 1
  }
  const addRow = (entries: readonly (readonly [number, number])[], least = -Infinity, most = Infinity) => {
    const filled = entries.filter(([, value]) => value !== 0)
    rows.push({ columns: filled.map(([column]) => column), values: filled.map(([, value]) => value), low: least, high: most })
    return rows.length - 1
  }
  const credits = (item: Item) => Math.round(item.credits * scale)
  const classes = classesOf(model, items)
  for (const group of classes)
    for (const place of group.places) {
      const slot = model.slots[place.slot]!
      const most = mostOf(slot)
      const size = credits(group.members[0]!)
      const fit = size === 0 ? Infinity : Math.floor(floorOf(most.credits, scale) / size)
      place.column = addColumn(Math.min(group.members.length, most.count, fit))
    }
  const whole = low.map((_, column) => column)
  const each = (weight: (item: Item) => number, slot?: number) =>
    classes.flatMap((group) =>
      group.places
        .filter((place) => slot === undefined || place.slot === slot)
        .map((place) => [place.column, weight(group.members[0]!)] as const),
    )
  for (const group of classes) {
    const places = group.places.map((place) => [place.column, 1] as const)
    if (members && group.members.length > 1) {
      group.memberColumns = group.members.map(() => addColumn(1))
      whole.push(...group.memberColumns)
      addRow([...places, ...group.memberColumns.map((column) => [column, -1] as const)], 0, 0)
    } else if (places.length > 1) group.row = addRow(places, 0, group.members.length)
  }
  for (const group of joinGroups(model.overlaps, new Set(items.map((item) => item.id)))) {
    const ids = new Set(group)
    addRow(
      classes.flatMap((one) => (ids.has(one.members[0]!.id) ? one.places.map((place) => [place.column, 1] as const) : [])),
      0,
      1,
    )
  }
  for (const set of never) {
    const ids = new Set(set)
    addRow(
      classes.flatMap((one) => (ids.has(one.members[0]!.id) ? one.places.map((place) => [place.column, 1] as const) : [])),
      0,
      set.length - 1,
    )
  }
  for (const cap of model.caps)
    addRow(
      each((item) => (cap.covers(item) ? credits(item) : 0)),
      0,
      floorOf(cap.most, scale),
    )
  const goalRows: SlotProgram['goalRows'] = []
  const unmet: number[] = []
  const sums: SumRow[] = []
  const parts: SlotPart[] = []
  const short: (readonly [number, number])[] = []
  let shortfallGrain = 1
  const addGoal = (name: string, entries: (readonly [number, number])[], need: number, exact: number, unit: number): number | undefined => {
    if (goals.mode === 'bounds') goalRows.push({ name, row: addRow(entries, need), low: need, high: Number.POSITIVE_INFINITY })
    if (goals.mode !== 'elastic' || need <= 0) return undefined
    const flag = addColumn(1)
    whole.push(flag)
    unmet.push(flag)
    addRow([...entries, [flag, need]], need)
    const gap = addColumn(Math.max(exact, 0))
    short.push([gap, unit])
    addRow([...entries, [gap, 1]], exact)
    if (Math.abs(exact - Math.round(exact)) > 1e-9) shortfallGrain = 1e-5
    return flag
  }
  for (const [index, slot] of model.slots.entries()) {
    const most = mostOf(slot)
    const mine = model.goals.filter((goal) => goal.slot === slot.id)
    const counts = mine.find((goal) => goal.kind === 'count')
    const amounts = mine.find((goal) => goal.kind === 'credits')
    const ones = each(() => 1, index)
    const sizes = each(credits, index)
    const countRows: number[] = []
    const sumRows: number[] = []
    parts.push({ columns: ones.map(([column]) => column), sizes: sizes.map(([, size]) => size), sumRows, countRows })
    if (Number.isFinite(most.count)) countRows.push(addRow(ones, 0, most.count))
    if (counts) {
      addGoal(counts.name, ones, counts.need, counts.need, scale)
      if (goals.mode === 'bounds') countRows.push(rows.length - 1)
    }
    const need = amounts ? ceilOf(amounts.need, scale) : 0
    const limited = Number.isFinite(most.credits)
    if (limited) {
      const least = goals.mode === 'bounds' ? need : 0
      const row = addRow(sizes, least, floorOf(most.credits, scale))
      if (amounts && goals.mode === 'bounds') goalRows.push({ name: amounts.name, row, low: least, high: rows[row]!.high })
      sumRows.push(row)
      sums.push({ row, columns: rows[row]!.columns, sizes: rows[row]!.values })
    }
    if (!amounts || (limited && goals.mode === 'bounds')) continue
    const flag = addGoal(amounts.name, sizes, need, amounts.need * scale, 1)
    if (goals.mode === 'bounds') sumRows.push(rows.length - 1)
    if (limited && flag !== undefined) sums.at(-1)!.unless = { flag, need }
  }
  for (const goal of model.goals) {
    if (goal.slot !== undefined) continue
    const weight = (item: Item) => Math.round(goal.weight!(item) * scale)
    if (goal.shareOfCounted === undefined) addGoal(goal.name, each(weight), ceilOf(goal.need, scale), goal.need * scale, 1)
    else if (goals.mode === 'elastic') {
      const need = goal.shareOfCounted * goals.counted
      addGoal(goal.name, each(weight), ceilOf(need, scale), need * scale, 1)
    } else
      addGoal(
        goal.name,
        // A thousandfold, so that the tolerance of the relaxation stays far below that of amounts.
        each((item) => 1000 * (weight(item) - goal.shareOfCounted! * credits(item))),
        -slack * scale * 1000,
        0,
        1,
      )
  }
  const named: SlotProgram['rows'] = { credits: addRow(each(credits)), fewest: addRow(each(() => -1)) }
  if (offers) {
    named.hours = addRow(each((item) => -Math.round((item.hours ?? 0) * scale)))
    named.offers = addRow(each((item) => (item.hours === undefined ? 0 : -1)))
  }
  if (goals.mode === 'elastic') {
    named.unmet = addRow(unmet.map((column) => [column, -1] as const))
    named.shortfall = addRow(short.map(([column, unit]) => [column, -unit] as const))
  }
  const rowsOf = new Map<string, number>()
  for (const [name, weight] of weights)
    rowsOf.set(
      name,
      addRow(
        classes.flatMap((group) =>
          group.memberColumns.length > 0
            ? group.memberColumns.map((column, at) => [column, weight(group.members[at]!)] as const)
            : group.places.map((place) => [place.column, weight(group.members[0]!)] as const),
        ),
      ),
    )
  const program: Program = { low, high, rows }
  if (low.length * rows.length > mostNumbers)
    throw new ProblemError('stacking.too-large', 'There are too many different credentials for so many slots.', '/credentials')
  return {
    simplex: new BoxedSimplex(program),
    classes,
    whole,
    first: unmet,
    orders: ordersOf(model, classes),
    sums,
    parts,
    scale,
    rows: named,
    goalRows,
    shortfallGrain,
    rowsOf,
  }
}

/** What is searched when a row of a program is maximised. */
export function searchOf({ whole, first, orders, sums, parts }: SlotProgram, objective: number, grain: number): Search {
  return { objective, whole, first, orders, sums, parts, grain }
}

const floorOf = (amount: number, scale: number) => Math.floor(amount * scale + slack * scale)
const ceilOf = (amount: number, scale: number) => Math.ceil(amount * scale - slack * scale)

/** The smallest of some scales at which every amount is whole; the finest tells amounts apart to six decimals. */
function scaleOf(model: SlotModel, items: readonly Item[]): number {
  const amounts = items.flatMap((item) => [item.credits, item.hours ?? 0]).concat(model.goals.map((goal) => goal.need))
  const fits = (scale: number) => amounts.every((amount) => Math.abs(amount * scale - Math.round(amount * scale)) <= slack * scale)
  return [1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 40, 60, 100, 120, 200, 1000, 10_000, 100_000].find(fits) ?? 1_000_000
}

/** Puts together the items that no rule tells apart. */
function classesOf(model: SlotModel, items: readonly Item[]): ItemClass[] {
  const ordered = new Set(model.slots.flatMap((slot) => (slot.afterSlots?.length ? [slot.id, ...slot.afterSlots] : [])))
  const groups = new Map<string, ItemClass>()
  const membership = new Map<string, number[]>()
  for (const [index, group] of model.overlaps.entries()) for (const id of group) membership.set(id, [...(membership.get(id) ?? []), index])
  for (const item of items) {
    const slots = model.slots.flatMap((slot, index) => (mayStand(slot, item, model.asOf) ? [index] : []))
    if (slots.length === 0) continue
    const facts = [
      slots,
      item.credits,
      item.hours === undefined ? '' : item.id,
      model.caps.map((cap) => cap.covers(item)),
      model.goals.map((goal) => goal.weight?.(item) ?? 0),
      membership.get(item.id) ?? [],
      slots.some((slot) => ordered.has(model.slots[slot]!.id)) ? (item.day ?? 'none') : '',
    ]
    const key = JSON.stringify(facts)
    const group = groups.get(key)
    if (group) group.members.push(item)
    else groups.set(key, { members: [item], places: slots.map((slot) => ({ slot, column: -1 })), memberColumns: [] })
  }
  for (const { members } of groups.values()) members.sort(byPreference)
  return [...groups.values()]
}

/** Better grade first, then newer, then id. */
export const byPreference = (a: Item, b: Item) =>
  b.grade - a.grade || (b.day ?? Number.NEGATIVE_INFINITY) - (a.day ?? Number.NEGATIVE_INFINITY) || byCode(a.id, b.id) || 0

/** Joins overlap groups whose members exclude each other anyway: one strong row instead of many weak ones. */
function joinGroups(overlaps: SlotModel['overlaps'], present: ReadonlySet<string>): string[][] {
  const groups = overlaps.map((group) => group.filter((id) => present.has(id))).filter((group) => group.length > 1)
  const rivals = new Map<string, Set<string>>()
  for (const group of groups)
    for (const id of group) {
      const set = rivals.get(id) ?? new Set()
      for (const other of group) if (other !== id) set.add(other)
      rivals.set(id, set)
    }
  const joined: string[][] = []
  for (const group of [...groups].sort((a, b) => b.length - a.length)) {
    if (joined.some((clique) => group.every((id) => clique.includes(id)))) continue
    const clique = [...group]
    for (const id of [...rivals.keys()].sort(byCode))
      if (!clique.includes(id) && clique.every((other) => rivals.get(other)!.has(id))) clique.push(id)
    joined.push(clique)
  }
  return joined
}

function ordersOf(model: SlotModel, classes: readonly ItemClass[]): OrderPair[] {
  const columns = (slot: number, side: 'asOlder' | 'asNewer') =>
    classes.flatMap((group) =>
      group.places
        .filter((place) => place.slot === slot)
        .map((place) => ({ column: place.column, time: timesOf(group.members[0]!)[side] })),
    )
  return model.slots.flatMap((slot, index) =>
    (slot.afterSlots ?? []).map((other) => ({
      before: columns(
        model.slots.findIndex((each) => each.id === other),
        'asOlder',
      ),
      after: columns(index, 'asNewer'),
    })),
  )
}
