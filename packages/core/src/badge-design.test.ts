import { expect, test } from 'vitest'
import { BadgeDesign, badgeColours, badgeIcons, badgeShapes, drawBadge } from './badge-design.ts'

const luminance = (hex: string) => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test('WCAG 1.4.3: white stands on every colour with 4.5:1', () => {
  for (const colour of badgeColours) {
    const face = /fill="(#[0-9a-f]{6})"/.exec(drawBadge({ shape: 'circle', colour, icon: 'star' }))![1]!
    expect(1.05 / (luminance(face) + 0.05), colour).toBeGreaterThanOrEqual(4.5)
  }
})

test('every choice draws something else, and nothing but the choices is a design', () => {
  const all = badgeShapes.flatMap((shape) => badgeIcons.map((icon) => drawBadge({ shape, colour: 'green', icon })))
  expect(new Set(all).size).toBe(badgeShapes.length * badgeIcons.length)
  expect(BadgeDesign.safeParse({ shape: '<script>', colour: 'green', icon: 'star' }).success).toBe(false)
})
