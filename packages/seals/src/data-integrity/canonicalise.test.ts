import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { cpuClock } from '@cairn/testkit'
import { describe, expect, test } from 'vitest'
import { canonicalise, canonicalLimits } from './canonicalise.ts'
import type { Quad } from './quads.ts'
import { readNQuads } from './vectors/read-n-quads.ts'

const folder = path.resolve(import.meta.dirname, '../../../../../shared/vectors/rdf-canon')
const there = existsSync(folder)
const names = there
  ? readdirSync(folder)
      .filter((name) => name.endsWith('-in.nq'))
      .map((name) => name.slice(0, 7))
      .sort()
  : []
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')

describe.skipIf(!there)('W3C rdf-canon (needs ../shared/vectors)', () => {
  test.each(names)('%s', (name) => {
    const canonical = canonicalise(readNQuads(read(`${name}-in.nq`)), { ...canonicalLimits, workFactor: 3 })
    if (existsSync(path.join(folder, `${name}-rdfc10.nq`))) expect(canonical.lines.join('')).toBe(read(`${name}-rdfc10.nq`))
    if (existsSync(path.join(folder, `${name}-rdfc10map.json`))) {
      const labels = Object.fromEntries([...canonical.labels].map(([from, to]) => [from.slice(2), to.slice(2)]))
      expect(labels).toEqual(JSON.parse(read(`${name}-rdfc10map.json`)))
    }
  })
})

const clique = (size: number): Quad[] =>
  Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size] as const)
    .filter(([one, other]) => one !== other)
    .map(([one, other]) => ({ subject: `_:n${one}`, predicate: '<urn:p>', object: `_:n${other}`, graph: '' }))

test.each([5, 7, 10, 16, 100])('R-LIM-2: a poison graph of %i nodes that all look alike is refused at once', (size) => {
  const spent = cpuClock()
  expect(() => canonicalise(clique(size))).toThrow('proof.too-complex')
  expect(spent()).toBeLessThan(1000)
})

test('R-LIM-2: too many statements and too many blank nodes are refused', () => {
  const many = Array.from({ length: 10_001 }, (_, at) => ({ subject: `<urn:${at}>`, predicate: '<urn:p>', object: '<urn:o>', graph: '' }))
  expect(() => canonicalise(many)).toThrow('proof.too-complex')
  const blank = Array.from({ length: 257 }, (_, at) => ({ subject: `_:b${at}`, predicate: '<urn:p>', object: `<urn:${at}>`, graph: '' }))
  expect(() => canonicalise(blank)).toThrow('proof.too-complex')
  expect(canonicalise(blank.slice(1)).lines).toHaveLength(256)
})

test('RDFC-1.0, 4.4: lines stand in the order of code points, not of UTF-16', () => {
  const quad = (value: string): Quad => ({ subject: '<urn:s>', predicate: '<urn:p>', object: `"${value}"`, graph: '' })
  const { lines } = canonicalise([quad('\u{1F600}'), quad('\uFFFD')])
  expect(lines.join('').indexOf('\uFFFD')).toBeLessThan(lines.join('').indexOf('\u{1F600}'))
})
