/** Stacking: the worked answers, our own cases by hand, bad input, and properties against brute force. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../json.ts'
import { ProblemError } from '../problems.ts'
import { readLibrary } from '../recognition/library.ts'
import { checkStack } from './check-stack.ts'
import { measureAssignment } from './measure-assignment.ts'
import { readStackingCase } from './read-stacking-case.ts'
import { slotModel } from './slot-model.ts'
import { solveStack, stack } from './stack.ts'
import type { StackAnswer } from './stack-answer.ts'
import type { SlotCase } from './stacking-case.ts'
import { anyCase, credential } from './vectors/any-slots.ts'
import { workedHours, workedLadders, workedLibrary, workedSlots } from './vectors/worked.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors/recognition/worked-cases.json')
const library = readLibrary(workedLibrary as Json)
const read = (json: unknown) => readStackingCase(JSON.parse(JSON.stringify(json)) as Json)

interface Published {
  id: string
  type: string
  expected: StackAnswer & { assignmentAnyOf?: unknown[]; unusedAnyOf?: unknown[]; bestPlan?: unknown; notBest?: unknown; advice?: unknown }
  why: string
}

describe('recognition-format.md, stacking', () => {
  const missing = !existsSync(vectors)
  test.skipIf(missing)(`worked answers, all members equal${missing ? ' (skipped: the shared vectors are not here)' : ''}`, () => {
    const file = JSON.parse(readFileSync(vectors, 'utf8')) as { cases: Published[] }
    const published = readLibrary(file as unknown as Json)
    const cases = file.cases.filter((one) => one.type === 'stacking')
    expect(cases.length).toBeGreaterThanOrEqual(5)
    for (const { expected, why, ...given } of cases) {
      const stacking = read(given)
      const answer = stack(stacking, published)
      const { assignmentAnyOf, unusedAnyOf, bestPlan, notBest: _, advice: __, ...plain } = expected
      expect(answer, why).toMatchObject(plain)
      if (assignmentAnyOf) expect(assignmentAnyOf, given.id).toContainEqual(answer.assignment)
      if (unusedAnyOf) expect(unusedAnyOf, given.id).toContainEqual(answer.unused)
      if (bestPlan) expect(answer.plans?.[0], given.id).toEqual(bestPlan)
      expect(checkStack(stacking, answer, { library: published }), given.id).toEqual([])
    }
  })
  for (const worked of [...workedSlots, ...workedLadders, ...workedHours])
    test(`by hand: ${worked.id}`, () => {
      const stacking = read(worked.case)
      const { answer, optimal, proof } = solveStack(stacking, library)
      for (const [name, value] of Object.entries(worked.expected)) expect(answer[name as keyof StackAnswer], worked.why).toEqual(value)
      expect(optimal).toBe(true)
      expect(checkStack(stacking, answer, { library, proof })).toEqual([])
    })
})

describe('what contradicts itself is a problem with its place', () => {
  const base = () => structuredClone(workedSlots.find((one) => one.id === 'order-same-day')!.case) as SlotCase
  const faults: [string, (stacking: SlotCase) => void, string, string][] = [
    ['a circle of slots', (one) => (one.pathway.slots[1]!.afterSlots = ['CAP']), 'stacking.slots-cyclic', '/pathway/slots/0/afterSlots'],
    [
      'a slot that is not there',
      (one) => (one.pathway.slots[0]!.afterSlots = ['X']),
      'stacking.slot-unknown',
      '/pathway/slots/0/afterSlots/0',
    ],
    ['least above most', (one) => (one.pathway.slots[0]!.maxCount = 0), 'stacking.limits-contradict', '/pathway/slots/0/minCount'],
    ['negative credits', (one) => (one.credentials[0]!.credits = -1), 'input.invalid', '/credentials/0/credits'],
    ['an id twice', (one) => (one.credentials[1]!.id = 'p'), 'stacking.id-twice', '/credentials/1/id'],
    ['an unknown rule', (one) => Object.assign(one.pathway.rules!, { magic: 1 }), 'input.invalid', '/pathway/rules/magic'],
    ['an unknown member', (one) => Object.assign(one.credentials[0]!, { colour: 'red' }), 'input.invalid', '/credentials/0/colour'],
    ['a day that is none', (one) => (one.asOf = '2026-02-30'), 'input.invalid', '/asOf'],
    ['two forms at once', (one) => Object.assign(one.pathway, { ladder: { modules: {} } }), 'stacking.pathway-form', '/pathway'],
    ['no form', (one) => Reflect.deleteProperty(one.pathway, 'slots'), 'stacking.pathway-form', '/pathway'],
  ]
  test.each(faults)('%s', (_, spoil, code, pointer) => {
    const stacking = base()
    spoil(stacking)
    expect(() => read(stacking)).toThrowError(ProblemError)
    try {
      read(stacking)
    } catch (error) {
      expect((error as ProblemError).problem).toMatchObject({ code, pointer })
    }
  })
  test('hours by a policy that is not there, or not in force', () => {
    const hours = structuredClone(workedHours[0]!.case) as { asOf: string; pathway: { accumulate: { policy: string } } }
    hours.asOf = '2024-12-31'
    expect(() => stack(read(hours), library)).toThrowError(/stacking.policy-not-in-force/)
    hours.pathway.accumulate.policy = 'Q'
    expect(() => stack(read(hours), library)).toThrowError(/stacking.not-in-library/)
  })
})

/** The best of all assignments, one by one, by the words of domain rules 3.4. */
function bruteForce(stacking: SlotCase): (number | string)[] {
  const model = slotModel(stacking)
  let best: (number | string)[] | undefined
  const better = (a: (number | string)[], b: (number | string)[]) => {
    const at = a.findIndex((value, index) => value !== b[index])
    return at >= 0 && a[at]! < b[at]!
  }
  const place = (index: number, placed: Map<string, string>): void => {
    const item = model.items[index]
    if (item) {
      place(index + 1, placed)
      for (const slot of model.slots) place(index + 1, new Map([...placed, [item.id, slot.id]]))
      return
    }
    const { counted, states, broken } = measureAssignment(model, placed)
    if (broken !== undefined) return
    const used = model.items.filter((one) => placed.has(one.id))
    const unmet = states.filter((state) => !state.met)
    const round = (value: number) => Math.round(value * 1e6) / 1e6
    const tail = [
      used.length,
      round(-used.reduce((sum, one) => sum + one.grade, 0)),
      -used.reduce((sum, one) => sum + one.day!, 0),
      used.map((one) => one.id).join(),
    ]
    const score =
      unmet.length === 0
        ? [0, 0, 0, 0, ...tail]
        : [1, -counted, unmet.length, round(unmet.reduce((sum, one) => sum + one.need - one.have, 0)), ...tail]
    if (!best || better(score, best)) best = score
  }
  place(0, new Map())
  return best!
}

describe('properties', () => {
  const runs = { numRuns: 150 }
  test('every choice down to the id is that of brute force, and the checker agrees', () => {
    fc.assert(
      fc.property(anyCase, (stacking) => {
        const { answer, optimal } = solveStack(stacking, library)
        expect(optimal).toBe(true)
        expect(checkStack(stacking, answer)).toEqual([])
        const [unable, counted, unmet, , credentials, , , ids] = bruteForce(stacking.case as SlotCase)
        expect(answer.eligible).toBe(unable === 0)
        if (!answer.eligible) expect([-answer.countedCredits!, answer.gaps.length]).toEqual([counted, unmet])
        expect(Object.keys(answer.assignment!).length).toBe(credentials)
        expect(Object.keys(answer.assignment!).sort().join()).toBe(ids)
      }),
      runs,
    )
  })
  test('the order of the input does not matter', () => {
    fc.assert(
      fc.property(anyCase, (stacking) => {
        const turned = structuredClone(stacking)
        if (turned.way !== 'slots') return
        turned.case.credentials.reverse()
        turned.case.pathway.slots.reverse()
        expect(JSON.stringify(stack(turned, library))).toBe(JSON.stringify(stack(stacking, library)))
      }),
      runs,
    )
  })
  test('one more credential never makes an eligible case ineligible', () => {
    fc.assert(
      fc.property(anyCase, credential, (stacking, more) => {
        const larger = structuredClone(stacking)
        if (larger.way !== 'slots') return
        larger.case.credentials.push({ id: 'more', ...more })
        if (stack(stacking, library).eligible) expect(stack(larger, library).eligible).toBe(true)
      }),
      runs,
    )
  })
  test('the conflict set is minimal: not to be met, and to be met without any one member', () => {
    fc.assert(
      fc.property(anyCase, (stacking) => {
        const { eligible, conflictSet } = stack(stacking, library)
        if (eligible) return
        const only = (kept: readonly string[]) => {
          const copy = structuredClone(stacking)
          if (copy.way !== 'slots') return true
          for (const slot of copy.case.pathway.slots) if (!kept.includes(`slot:${slot.id}`)) slot.minCredits = undefined
          const rules = copy.case.pathway.rules!
          for (const name of ['totalMin', 'residencyMin', 'levelMin', 'categoryMin'] as const) {
            if (kept.includes(name)) continue
            // A share is of the total, which stays its measure when the total is no goal any more.
            if (name === 'totalMin' && rules.totalMin != null) return undefined
            rules[name] = undefined
          }
          return stack(copy, library).eligible
        }
        expect(only(conflictSet!) ?? false).toBe(false)
        for (const name of conflictSet!) expect(only(conflictSet!.filter((other) => other !== name)) ?? true, name).toBe(true)
      }),
      runs,
    )
  })
  test('where the work is limited, the bound is told and holds', () => {
    const many = read({
      ...(workedSlots[0]!.case as object),
      pathway: {
        award: 'A',
        slots: Array.from({ length: 4 }, (_, at) => ({ id: `S${at}`, accept: ['any'], minCredits: 23, maxCredits: 23 })),
        rules: {},
      },
      credentials: Array.from({ length: 16 }, (_, at) => ({ id: `c${at}`, credits: [4, 5, 6, 7][at % 4], grade: (at % 7) / 10 })),
    })
    const { answer, optimal, bound, nodes } = solveStack(many, library, 2)
    expect(nodes).toBeLessThanOrEqual(4)
    expect([optimal, answer.optimal]).toEqual([false, false])
    expect(bound).toEqual(answer.bound)
    expect(checkStack(many, answer)).toEqual([])
    expect(solveStack(many, library).optimal).toBe(true)
  })
  test('a case that is too large is a problem, and a large one of like credentials is none', () => {
    const slots = Array.from({ length: 60 }, (_, at) => ({ id: `S${at}`, accept: ['any'], minCredits: 10, maxCredits: 10 }))
    const large = (differ: boolean) =>
      read({
        ...(workedSlots[0]!.case as object),
        pathway: { award: 'A', slots, rules: {} },
        credentials: Array.from({ length: 400 }, (_, at) => ({ id: `c${at}`, credits: differ ? 1 + at / 100 : 5 })),
      })
    expect(() => stack(large(true), library)).toThrowError(/stacking.too-large/)
    expect(stack(large(false), library)).toMatchObject({ eligible: true, countedCredits: 600 })
  })
})
