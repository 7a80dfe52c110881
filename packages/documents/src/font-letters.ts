/** Which letters a font has: its table of characters (OpenType, `cmap`, formats 4 and 12). */

/** The code points that a TrueType or OpenType font, or any font of a collection, has a glyph for. Raises a RangeError for a file that is none. */
export function lettersOf(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const letters = new Set<number>()
  for (const start of fontsIn(view))
    for (let n = 0; n < view.getUint16(start + 4); n++) {
      const entry = start + 12 + n * 16
      if (view.getUint32(entry) === 0x636d6170) addTable(view, view.getUint32(entry + 8), letters)
    }
  return letters
}

/** Where the fonts of a file begin: one, or those of a collection (`ttcf`), which mostly share their table of characters. */
function fontsIn(view: DataView): number[] {
  const kind = view.getUint32(0)
  if (kind === 0x74746366) return Array.from({ length: view.getUint32(8) }, (_, n) => view.getUint32(12 + n * 4))
  if (kind === 0x00010000 || kind === 0x4f54544f || kind === 0x74727565) return [0]
  throw new RangeError('This is no TrueType or OpenType font.')
}

function addTable(view: DataView, table: number, letters: Set<number>): void {
  for (let part = 0; part < view.getUint16(table + 2); part++) {
    const at = table + view.getUint32(table + 8 + part * 8)
    const format = view.getUint16(at)
    if (format === 4) addSegments(view, at, letters)
    if (format === 12) addGroups(view, at, letters)
  }
}

function addSegments(view: DataView, at: number, letters: Set<number>): void {
  const doubled = view.getUint16(at + 6)
  for (let n = 0; n < doubled; n += 2) {
    const end = at + 14 + n
    const start = end + doubled + 2
    const delta = start + doubled
    const offset = delta + doubled
    const [first, last, range] = [view.getUint16(start), view.getUint16(end), view.getUint16(offset)]
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const glyph = range === 0 ? code : view.getUint16(offset + range + (code - first) * 2)
      if ((range === 0 || glyph !== 0) && ((glyph + view.getUint16(delta)) & 0xffff) !== 0) letters.add(code)
    }
  }
}

function addGroups(view: DataView, at: number, letters: Set<number>): void {
  for (let n = 0; n < view.getUint32(at + 12); n++) {
    const [first, last, glyph] = [0, 4, 8].map((place) => view.getUint32(at + 16 + n * 12 + place)) as [number, number, number]
    for (let code = first; code <= last; code++) if (glyph + code - first !== 0) letters.add(code)
  }
}
