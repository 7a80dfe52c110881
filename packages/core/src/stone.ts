/**
 * Stones: the picture of a specification, drawn from its facts and from nothing else. Width says workload, hue the field, grain lines the EQF level,
 * notches the outcomes, the silhouette comes from the id. The same specification gives the same stone everywhere.
 */
import { keepLast } from './keep-last.ts'
import type { SignedView } from './report.ts'
import type { AchievementSpecification } from './specification.ts'
import { textIn } from './text-in.ts'
import { broadField } from './vocabularies/broad-field.ts'

/** What a stone is drawn from. `field` is a broad ISCED-F field of two digits; hours and ECTS as the specification says. */
export interface StoneFacts {
  id: string
  title: string
  field?: string
  eqf?: number
  ects?: number
  hours?: number
  outcomes: number
}

/** Short name and tones (face, edge, light) of each broad field: eleven hues of one lightness and nearly one chroma, computed in OKLCH. */
const fields: Readonly<Record<string, readonly [name: string, face: string, edge: string, light: string]>> = {
  '00': ['general', '#a5a698', '#646459', '#c1c2b6'],
  '01': ['education', '#c29e6b', '#7b5d31', '#dabc93'],
  '02': ['arts and humanities', '#cc90ac', '#825269', '#e2b1c7'],
  '03': ['social sciences', '#ac9ad0', '#695a86', '#c7b8e5'],
  '04': ['business and law', '#cf957b', '#865640', '#e5b59f'],
  '05': ['natural sciences', '#77b499', '#3b705a', '#9dceb7'],
  '06': ['ICT', '#7ea9d5', '#42668b', '#a2c5e9'],
  '07': ['engineering', '#d5908a', '#8a514d', '#eab0ab'],
  '08': ['agriculture', '#93b077', '#556c3c', '#b3ca9c'],
  '09': ['health and welfare', '#6db2b6', '#316e71', '#96cccf'],
  '10': ['services', '#96a1d7', '#57608c', '#b4beeb'],
}
const noField = ['', '#a1a69f', '#60655f', '#bec3bc'] as const

type Point = readonly [x: number, y: number]

/** The facts of a specification's stone; `achievement` is the stable id that every award names. */
export function stoneOf(
  specification: Pick<AchievementSpecification, 'title' | 'primaryLanguage' | 'fields' | 'level' | 'workload' | 'outcomes'>,
  achievement: string,
): StoneFacts {
  const field = specification.fields.map(broadField).find((code) => code !== undefined)
  const { ects, hours, contactHours } = specification.workload
  const size = hours ?? contactHours
  return {
    id: achievement,
    title: textIn(specification.title, specification.primaryLanguage),
    ...(field !== undefined && { field }),
    ...(specification.level.eqf !== undefined && { eqf: specification.level.eqf }),
    ...(ects !== undefined && { ects }),
    ...(size !== undefined && { hours: size }),
    outcomes: specification.outcomes.length,
  }
}

/** The facts of the stone of a credential, as what is signed says them. */
export function stoneOfView(view: SignedView): StoneFacts {
  const { ects, hours } = view.workload ?? {}
  const field = view.fields.map(({ code }) => broadField(code)).find((code) => code !== undefined)
  return {
    id: view.achievement ?? view.id,
    title: view.title,
    ...(field !== undefined && { field }),
    ...(view.level?.eqf !== undefined && { eqf: view.level.eqf }),
    ...(ects !== undefined && { ects }),
    ...(hours !== undefined && { hours }),
    outcomes: view.outcomes.length,
  }
}

/** A stone as SVG text, and the words that stand for it. */
export interface Stone {
  svg: string
  label: string
}

/** Stones that were drawn last: everybody who holds the same achievement has the same one. */
const drawn = new Map<string, Stone>()
const mostDrawn = 200

/**
 * Draws a stone: SVG text of 240 by 160 without any ids, so that many may stand in one page, and the words that stand for it.
 * @example drawStone({ id: 'urn:uuid:…', title: 'Data Literacy 101', ects: 3, eqf: 5, field: '06', outcomes: 4 }).label
 * // 'Stone for Data Literacy 101: 3 ECTS, EQF 5, field ICT'
 */
export function drawStone(facts: StoneFacts): Stone {
  const key = JSON.stringify(facts)
  return drawn.get(key) ?? keepLast(drawn, key, draw(facts), mostDrawn)
}

function draw(facts: StoneFacts): Stone {
  const random = deterministic(facts.id)
  const [, face, edge, light] = fields[facts.field ?? ''] ?? noField
  const half = 46 + 66 * size(facts)
  const height = Math.min(61, half * (0.52 + 0.14 * random()))
  const centre: Point = [120, 148 - height]
  const anchors = silhouette(random, half, height)
  const outline = (scale: number, dy: number) => anchors.map(([x, y]): Point => [centre[0] + x * scale, centre[1] + y * scale + dy])
  const around = sample(outline(1, -4))
  const svg = [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160" role="img">',
    `<title>${escapeXml(labelOf(facts))}</title>`,
    `<path d="${smooth(outline(1, 0))}" fill="${edge}"/>`,
    `<path d="${smooth(outline(1, -4))}" fill="${face}"/>`,
    `<path d="${smooth(outline(0.8, -4 - height * 0.14))}" fill="${light}" fill-opacity=".42"/>`,
    ...grain(around, facts.eqf ?? 0, random).map(
      (d, index) =>
        `<path d="${d}" fill="none" stroke="${edge}" stroke-opacity=".62" stroke-width="${index % 3 === 1 ? 2.1 : 1.5}" stroke-linecap="round"/>`,
    ),
    ...notches(around, facts.outcomes).map(
      (d) => `<path d="${d}" fill="none" stroke="${edge}" stroke-width="2.4" stroke-linecap="round"/>`,
    ),
    '</svg>',
  ].join('')
  return { svg, label: labelOf(facts) }
}

function labelOf({ title, ects, hours, eqf, field }: StoneFacts): string {
  const size = ects !== undefined ? [`${ects} ECTS`] : hours !== undefined ? [`${hours} hours`] : []
  const level = eqf !== undefined ? [`EQF ${eqf}`] : []
  const name = fields[field ?? '']?.[0]
  const said = [...size, ...level, ...(name ? [`field ${name}`] : [])]
  return `Stone for ${title}${said.length > 0 ? `: ${said.join(', ')}` : ''}`
}

/** 0 for an hour, 1 for 1,500 hours (a year of study) and more, on a log scale; in between where nothing is known. */
function size({ hours, ects }: StoneFacts): number {
  const known = hours ?? (ects === undefined ? undefined : ects * 25)
  return known === undefined ? 0.35 : Math.max(0, Math.min(1, Math.log(Math.max(1, known)) / Math.log(1500)))
}

/** A small generator with its seed from the text (FNV-1a, then xorshift): the same numbers everywhere. */
function deterministic(text: string): () => number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  state ||= 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 6; round++) next()
  return next
}

/** Twelve anchors around the centre: an ellipse with shoulders and two slow waves, flat enough below to lie on another stone. */
function silhouette(random: () => number, half: number, height: number): Point[] {
  const lean = (random() - 0.5) * 0.34
  const waves = [2, 3, 4].map((times) => ({ times, phase: random() * 2 * Math.PI, depth: (0.1 * (0.4 + random())) / times }))
  return Array.from({ length: 12 }, (_, index): Point => {
    const angle = (index / 12) * 2 * Math.PI
    const swell = 1 + waves.reduce((sum, { times, phase, depth }) => sum + depth * Math.sin(times * angle + phase), 0)
    const shoulder = (value: number) => Math.sign(value) * Math.abs(value) ** 0.84
    const y = shoulder(Math.sin(angle)) * height * (Math.sin(angle) > 0 ? 0.5 + swell * 0.42 : swell)
    return [
      Math.max(-112, Math.min(112, shoulder(Math.cos(angle)) * half * swell + lean * y)),
      Math.max(-height * 1.12, Math.min(height, y)),
    ]
  })
}

/** The control points of a closed Catmull-Rom curve through the anchors, one segment each. */
function segments(points: readonly Point[]): [Point, Point, Point, Point][] {
  const at = (index: number) => points[(index + points.length) % points.length]!
  return points.map((from, index) => {
    const [before, to, after] = [at(index - 1), at(index + 1), at(index + 2)]
    return [
      from,
      [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6],
      [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6],
      to,
    ]
  })
}

function smooth(points: readonly Point[]): string {
  const [start] = points
  return `M${pair(start!)}${segments(points)
    .map(([, a, b, to]) => `C${pair(a)} ${pair(b)} ${pair(to)}`)
    .join('')}Z`
}

/** Many points along the outline. */
function sample(points: readonly Point[]): Point[] {
  return segments(points).flatMap(([p, a, b, q]) =>
    Array.from({ length: 24 }, (_, step): Point => {
      const t = step / 24
      const mix = (i: 0 | 1) => (1 - t) ** 3 * p[i] + 3 * (1 - t) ** 2 * t * a[i] + 3 * (1 - t) * t * t * b[i] + t ** 3 * q[i]
      return [mix(0), mix(1)]
    }),
  )
}

/** As many layers as the EQF level has, from side to side with a little sag, kept inside the outline. */
function grain(around: readonly Point[], level: number, random: () => number): string[] {
  const ys = around.map(([, y]) => y)
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  return Array.from({ length: level }, (_, index) => {
    const y = top + (bottom - top) * (0.34 + (0.52 * (index + 0.5)) / level) + (random() - 0.5) * 1.6
    const sag = (random() - 0.3) * 5
    const [left, right] = extent(around, y)
    const inset = (right - left) * (0.07 + random() * 0.1)
    const [from, to] = [left + inset, right - inset * (0.6 + random() * 0.8)]
    const third = (to - from) / 3
    return `M${pair([from, y])}C${pair([from + third, y + sag])} ${pair([to - third, y + sag * 0.4])} ${pair([to, y + sag * 0.2])}`
  })
}

function extent(around: readonly Point[], y: number): [left: number, right: number] {
  const crossings = around.flatMap(([x, y0], index) => {
    const [x1, y1] = around[(index + 1) % around.length]!
    return (y0 <= y && y1 > y) || (y1 <= y && y0 > y) ? [x + ((x1 - x) * (y - y0)) / (y1 - y0)] : []
  })
  return crossings.length < 2 ? [120, 120] : [Math.min(...crossings), Math.max(...crossings)]
}

/** Tally marks over the upper edge, one an outcome; more than two dozen would be one dark line. */
function notches(around: readonly Point[], outcomes: number): string[] {
  const count = Math.min(24, outcomes)
  const xs = around.map(([x]) => x)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const gap = Math.min(13, ((right - left) * 0.72) / Math.max(1, count))
  const middle = (left + right) / 2
  return Array.from({ length: count }, (_, index) => {
    const x = middle + (index - (count - 1) / 2) * gap
    const top = Math.min(...around.filter(([px]) => Math.abs(px - x) < 2.5).map(([, y]) => y))
    return Number.isFinite(top) ? `M${pair([x, top + 1.4])}L${pair([x - 0.6, top + 8])}` : ''
  }).filter((d) => d !== '')
}

const pair = ([x, y]: Point) => `${round(x)} ${round(y)}`
const round = (value: number) => String(Math.round(value * 10) / 10 || 0)
const escapeXml = (text: string) =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
