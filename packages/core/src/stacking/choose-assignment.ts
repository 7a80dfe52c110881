/** The choice of domain rules 3.4: eligible; else most counted credits, fewest unmet goals, least shortfall; then fewest credentials, better grade, newer, id. */
import { searchBest } from './branch-and-bound.ts'
import { holdBest } from './hold-best.ts'
import { measureAssignment } from './measure-assignment.ts'
import type { SearchResult, WorkLimit } from './search.ts'
import { byCode, type Item, type SlotModel } from './slot-model.ts'
import type { SlotPrices } from './slot-prices.ts'
import { type SlotProgram, searchOf, slotProgram, type Weights } from './slot-program.ts'
import { smallestIds } from './smallest-ids.ts'
import type { StackBound, StackChoice } from './stack-answer.ts'

/** The assignment chosen, and the first choice that is not proven best, if any. */
export interface Chosen {
  eligible: boolean
  placed: Map<string, string>
  unproven?: StackBound
}

/** Finds the best assignment of the held items; spends at most the nodes of the limit. */
export function chooseAssignment(model: SlotModel, limit: WorkLimit): Chosen {
  const whole = slotProgram(model, { mode: 'bounds' })
  const first = searchBest(whole.simplex, searchOf(whole, whole.rows.fewest, 1), limit)
  if (first.columns) {
    const stages = new Stages(model, limit, placementOf(model, whole, first.columns))
    stages.note('credentials', first.value, first.bound, first.proven, -1)
    const program = slotProgram(model, { mode: 'bounds' }, { members: true, weights: tieBreaks(model) })
    holdRow(program, program.rows.fewest, 1, first)
    stages.breakTies(program)
    return stages.chosen(true)
  }
  const open = slotProgram(model, { mode: 'none' })
  const most = searchBest(open.simplex, { ...searchOf(open, open.rows.credits, 1), known: 0 }, limit)
  const stages = new Stages(model, limit, most.columns ? placementOf(model, open, most.columns) : new Map())
  if (!first.proven) stages.note('eligible', 0, 1, false, 1)
  stages.note('countedCredits', most.value, most.bound, most.proven, 1 / open.scale)
  const counted = Math.max(most.value, 0)
  const goals = { mode: 'elastic', counted: counted / open.scale } as const
  const elastic = slotProgram(model, goals)
  holdRow(elastic, elastic.rows.credits, 1, { ...most, value: counted })
  const unmet = stages.improve(elastic, 'unmetGoals', elastic.rows.unmet!, 1, -1)
  const grain = elastic.shortfallGrain
  const shortfall = stages.improve(elastic, 'shortfall', elastic.rows.shortfall!, grain, -1 / elastic.scale)
  const fewest = stages.improve(elastic, 'credentials', elastic.rows.fewest, 1, -1)
  const ties = slotProgram(model, goals, { members: true, weights: tieBreaks(model) })
  holdRow(ties, ties.rows.credits, 1, { ...most, value: counted })
  holdRow(ties, ties.rows.unmet!, 1, unmet)
  holdRow(ties, ties.rows.shortfall!, grain, shortfall)
  holdRow(ties, ties.rows.fewest, 1, fewest)
  stages.breakTies(ties)
  return stages.chosen(false)
}

/** One choice after the other, each within what the earlier ones reached. */
class Stages {
  readonly #model: SlotModel
  readonly #limit: WorkLimit
  #placed: Map<string, string>
  #unproven: StackBound | undefined

  constructor(model: SlotModel, limit: WorkLimit, placed: Map<string, string>) {
    this.#model = model
    this.#limit = limit
    this.#placed = placed
  }

  /** Remembers the first choice that is not proven; `unit` turns the row's value into what people count. */
  note(choice: StackChoice, value: number, bound: number, proven: boolean, unit: number): void {
    if (proven || this.#unproven) return
    const limit = Math.abs(bound) > 1e15 ? (unit < 0 ? 0 : value) : bound
    this.#unproven = { choice, value: value * unit || 0, bound: limit * unit || 0 }
  }

  /** Maximises a row and holds it there; answers what it came to. */
  improve(
    program: SlotProgram,
    choice: StackChoice,
    row: number,
    grain: number,
    unit: number,
    weight?: (item: Item) => number,
  ): SearchResult {
    const known = weight ? this.#sum(weight) : this.#valueOf(program, choice)
    const found = searchBest(
      program.simplex,
      { ...searchOf(program, row, grain), known, knownColumns: columnsOf(this.#model, program, this.#placed) },
      this.#limit,
    )
    if (found.columns) this.#placed = placementOf(this.#model, program, found.columns)
    this.note(choice, found.value, found.bound, found.proven, unit)
    const value = found.columns && grain < 1 ? this.#valueOf(program, choice) : found.value
    const reached = { ...found, value }
    holdRow(program, row, grain, reached, found.prices)
    return reached
  }

  /** Better grade, newer, id: within the members of the program. */
  breakTies(program: SlotProgram): void {
    const weights = tieBreaks(this.#model)
    const items = program.classes.flatMap((group) => group.members)
    let last = { row: program.rows.fewest, value: -this.#placed.size }
    for (const [name, row] of program.rowsOf) {
      const weight = weights.get(name)!
      // Where all weigh the same, the number of credentials has decided already.
      if (items.every((item) => weight(item) === weight(items[0]!))) continue
      last = { row, value: this.improve(program, name as StackChoice, row, 1, 1, weight).value }
    }
    if (this.#unproven) return
    const ids = items.map((item) => item.id)
    const even = { search: searchOf(program, last.row, 1), value: last.value, ids }
    const found = smallestIds(program, even, columnsOf(this.#model, program, this.#placed), this.#limit)
    this.#placed = placementOf(this.#model, program, found.columns)
    this.note('id', found.decided, ids.length, found.decided === ids.length, 1)
  }

  chosen(eligible: boolean): Chosen {
    return this.#unproven ? { eligible, placed: this.#placed, unproven: this.#unproven } : { eligible, placed: this.#placed }
  }

  #sum(weight: (item: Item) => number): number {
    return this.#model.items.reduce((all, item) => all + (this.#placed.has(item.id) ? weight(item) : 0), 0)
  }

  #valueOf(program: SlotProgram, choice: StackChoice): number {
    if (choice === 'credentials') return -this.#placed.size
    const unmet = measureAssignment(this.#model, this.#placed).states.filter((state) => !state.met)
    if (choice === 'unmetGoals') return -unmet.length
    return -unmet.reduce((all, { have, need }) => all + Math.max(need - have, 0) * program.scale, 0)
  }
}

/** Holds a row at what was reached, and narrows the program to what can reach it; where it is proven that no more can be had, nothing more is admitted. */
function holdRow(program: SlotProgram, row: number, grain: number, { value, proven }: SearchResult, prices?: SlotPrices): void {
  const room = grain < 1 ? 1e-6 : 0
  program.simplex.boundRow(row, value - room, proven ? value + room : Number.POSITIVE_INFINITY)
  if (proven) holdBest(program.simplex, searchOf(program, row, grain), value - room, prices)
}

/** Better grade and newer, as weights. */
function tieBreaks(model: SlotModel): Weights {
  const scale =
    [1, 10, 100, 1000].find((each) => model.items.every(({ grade }) => Math.abs(grade * each - Math.round(grade * each)) < 1e-9)) ?? 1e6
  const days = model.items.flatMap((item) => (item.day === undefined ? [] : [item.day]))
  const oldest = days.length > 0 ? Math.min(...days) : 0
  return new Map<string, (item: Item) => number>([
    ['grade', (item) => Math.round(item.grade * scale)],
    ['issueDate', (item) => (item.day ?? oldest) - oldest],
  ])
}

/** Who stands where: in each class the members chosen, or its best ones, by id over the slots in their order. */
export function placementOf(model: SlotModel, program: SlotProgram, columns: Float64Array): Map<string, string> {
  const placed = new Map<string, string>()
  for (const { members, memberColumns, places } of program.classes) {
    const count = places.reduce((all, place) => all + columns[place.column]!, 0)
    const chosen = memberColumns.length > 0 ? members.filter((_, at) => columns[memberColumns[at]!]! > 0.5) : members.slice(0, count)
    const queue = chosen.map((item) => item.id).sort(byCode)
    for (const place of places)
      for (let left = columns[place.column]!; left > 0; left--) placed.set(queue.shift()!, model.slots[place.slot]!.id)
  }
  return new Map([...placed].sort((a, b) => byCode(a[0], b[0])))
}

/** The columns of an assignment in a program; those of goals are left at 0. */
function columnsOf(model: SlotModel, program: SlotProgram, placed: ReadonlyMap<string, string>): Float64Array {
  const columns = new Float64Array(program.simplex.columns)
  for (const { members, memberColumns, places } of program.classes) {
    for (const place of places) columns[place.column] = members.filter((item) => placed.get(item.id) === model.slots[place.slot]!.id).length
    for (const [at, column] of memberColumns.entries()) columns[column] = placed.has(members[at]!.id) ? 1 : 0
  }
  return columns
}
