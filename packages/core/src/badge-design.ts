/** Badges that an institution designs in place of the stone: a shape, a colour, and an icon or its logo. Drawn from these words and nothing else. */
import { z } from 'zod'

const shapes = {
  circle: '<circle cx="256" cy="256" r="236"',
  shield: '<path d="M256 20l212 64v172c0 124-88 200-212 240C132 456 44 380 44 256V84z"',
  hexagon: '<path d="M256 20l204 118v236L256 492 52 374V138z"',
  square: '<rect x="36" y="36" width="440" height="440" rx="72"',
} as const

/** Face and rim of each colour; white stands on every face with at least 4.5:1 (WCAG 2.2, 1.4.3). */
const colours = {
  green: ['#2f6f5e', '#1d4a3e'],
  blue: ['#2f5f96', '#1e4069'],
  violet: ['#665394', '#443763'],
  red: ['#9b3f4b', '#6d2932'],
  ochre: ['#85601f', '#5c4114'],
  slate: ['#4d5b66', '#333d45'],
} as const

/** Icons in a field of 24 by 24, as one path each. */
const icons = {
  tick: 'M9.6 17.2 4.4 12l1.8-1.8 3.4 3.4 8.2-8.2 1.8 1.8z',
  star: 'M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.2l-5.6 3.1L7.6 14 3 9.6l6.3-.8z',
  book: 'M4 5c3-1 5.500-.6 7.400.8v13C9.500 17.400 7 17 4 18zM20 5c-3-1-5.500-.6-7.400.8v13c1.900-1.400 4.400-1.800 7.400-.8z',
  drop: 'M12 3c3.600 4.600 6 7.500 6 10.600a6 6 0 0 1-12 0C6 10.500 8.400 7.600 12 3z',
  leaf: 'M20 4C10 4 5 8.500 5 14c0 1.300.3 2.400.8 3.400L4 20l1.500 1 1.600-2.300C8.300 19.500 9.700 20 11.200 20 17.500 20 20 13 20 4z',
  mountain: 'M3 19l6.500-12 3.400 6 1.800-3L21 19z',
  bolt: 'M13.500 2 5 13.500h5.500L9 22l9-12.500h-5.700z',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zm0 9.500c4.400 0 7.500 2.200 7.500 5.500v1h-15v-1c0-3.300 3.100-5.500 7.500-5.500z',
} as const

const keysOf = <T extends object>(record: T) => Object.keys(record) as [keyof T & string, ...(keyof T & string)[]]

/** The choices, in the order in which they are offered. */
export const badgeShapes = keysOf(shapes)
export const badgeColours = keysOf(colours)
export const badgeIcons = keysOf(icons)

/** A design. */
export const BadgeDesign = z
  .strictObject({ shape: z.enum(badgeShapes), colour: z.enum(badgeColours), icon: z.enum(badgeIcons) })
  .meta({ id: 'BadgeDesign', title: 'Design of a badge' })
export type BadgeDesign = z.infer<typeof BadgeDesign>

/** Draws a design as SVG text of 512 by 512; a logo, as PNG in base64, takes the place of the icon on a white disc. */
export function drawBadge({ shape, colour, icon }: BadgeDesign, logo?: string): string {
  const [face, rim] = colours[colour]
  const middle =
    logo === undefined
      ? `<path transform="translate(124 124) scale(11)" fill="#fff" d="${icons[icon]}"/>`
      : `<circle cx="256" cy="256" r="150" fill="#fff"/><image x="160" y="160" width="192" height="192" href="data:image/png;base64,${logo}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${shapes[shape]} fill="${face}" stroke="${rim}" stroke-width="20"/>${middle}</svg>`
}
