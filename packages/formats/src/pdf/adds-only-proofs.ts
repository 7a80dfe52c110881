/**
 * Whether what was added behind a seal is what may be added behind every seal (ISO 32000-2, 12.8.2.2.2; EN 319 142-1, 5.4): a security store, and time
 * stamps of the document that show nothing. Everything else may change what a reader sees (shadow attacks).
 */
import { openPdf, type PdfFile } from './pdf-file.ts'
import { isDictionary, isName, isReference, type PdfDictionary, type PdfValue } from './pdf-value.ts'
import { writeValue } from './update-pdf.ts'

/** How far a store is followed (R-LIM-1). */
const mostValues = 5000

/**
 * True when every object that the document has otherwise than its first `end` bytes is part of a security store, a field without a face that holds a
 * time stamp, or what leads there: the catalogue, the form and a page, and these are as they were but for that. Raises what {@link openPdf} raises.
 */
export async function addsOnlyProofs(bytes: Uint8Array, end: number): Promise<boolean> {
  const before = await openPdf(bytes.subarray(0, end))
  const after = await openPdf(bytes)
  const root = after.trailer.get('Root')
  const [old, now] = [await before.resolve(before.trailer.get('Root')), await after.resolve(root)]
  if (!isReference(root) || !same(root, before.trailer.get('Root')) || !isDictionary(old) || !isDictionary(now)) return false
  const [places, newPlaces] = [before.places(), after.places()]
  if ([...places.keys()].some((number) => !newPlaces.has(number))) return false
  const isNew = (number: number) => !places.has(number)
  const allowed = new Set<number>()
  if (same(without(old, 'DSS', 'AcroForm'), without(now, 'DSS', 'AcroForm'))) allowed.add(root.number)
  for (const number of await reachedFrom(after, now.get('DSS'))) if (isNew(number)) allowed.add(number)
  const store = old.get('DSS')
  if (isReference(store) && same(store, now.get('DSS'))) allowed.add(store.number)
  const stamps = await addedStamps(after, await formOf(before, old), await formOf(after, now), isNew)
  if (!stamps) return false
  for (const number of stamps.numbers) allowed.add(number)
  for (const [number, place] of newPlaces) {
    if (places.get(number) === place || allowed.has(number)) continue
    const reference: PdfValue = { kind: 'reference', number }
    const [was, is] = [await before.resolve(reference), await after.resolve(reference)]
    if (isNew(number) ? !isTable(is) : !(await isPageWith(stamps.fields, before, was, after, is))) return false
  }
  return true
}

const same = (one: PdfValue | undefined, other: PdfValue | undefined) => writeValue(one ?? null) === writeValue(other ?? null)
const reference = (number: number) => writeValue({ kind: 'reference', number })

function without(dictionary: PdfDictionary, ...names: string[]): PdfDictionary {
  const left = new Map(dictionary)
  for (const name of names) left.delete(name)
  return left
}

/** The numbers of the objects that a value leads to. */
async function reachedFrom(file: PdfFile, value: PdfValue | undefined): Promise<Set<number>> {
  const numbers = new Set<number>()
  const open: (PdfValue | undefined)[] = [value]
  for (let count = 0; open.length > 0 && count < mostValues; count++) {
    const each = open.pop()
    if (isReference(each)) {
      if (numbers.has(each.number)) continue
      numbers.add(each.number)
      open.push(await file.resolve(each))
    } else if (Array.isArray(each)) open.push(...each)
    else if (isDictionary(each)) open.push(...each.values())
  }
  return numbers
}

interface Form {
  fields: readonly PdfValue[]
  rest: PdfDictionary
  /** Where the form is an object of its own. */
  number?: number
}

async function formOf(file: PdfFile, catalogue: PdfDictionary): Promise<Form> {
  const told = catalogue.get('AcroForm')
  const form = await file.resolve(told)
  if (!isDictionary(form)) return { fields: [], rest: new Map() }
  const fields = await file.resolve(form.get('Fields'))
  return {
    fields: Array.isArray(fields) ? fields : [],
    rest: without(form, 'Fields'),
    ...(isReference(told) ? { number: told.number } : {}),
  }
}

/** The fields that were added, with every object that they are made of; `undefined` when the form was changed in any other way. */
async function addedStamps(
  file: PdfFile,
  old: Form,
  now: Form,
  isNew: (number: number) => boolean,
): Promise<{ fields: ReadonlySet<string>; numbers: number[] } | undefined> {
  if (!same(old.rest, now.rest) || old.number !== now.number || !same([...old.fields], now.fields.slice(0, old.fields.length)))
    return undefined
  const numbers = now.number === undefined ? [] : [now.number]
  const fields = new Set<string>()
  for (const each of now.fields.slice(old.fields.length)) {
    const field = await file.resolve(each)
    const value = isDictionary(field) ? field.get('V') : undefined
    const stamp = await file.resolve(value)
    if (!isReference(each) || !isReference(value) || !isNew(each.number) || !isNew(value.number)) return undefined
    if (!isDictionary(field) || !isDictionary(stamp) || !isNamed(stamp.get('SubFilter'), 'ETSI.RFC3161')) return undefined
    const rectangle = await file.resolve(field.get('Rect'))
    const shows = !Array.isArray(rectangle) || rectangle.some((side) => side !== rectangle[0])
    if (shows || !isNamed(field.get('FT'), 'Sig') || ['A', 'AA', 'AP', 'Kids', 'Parent'].some((name) => field.has(name))) return undefined
    fields.add(reference(each.number))
    numbers.push(each.number, value.number)
  }
  return { fields, numbers }
}

const isNamed = (value: PdfValue | undefined, name: string) => isName(value) && value.name === name

/** Tables and bundles of objects are how an update is written, and show nothing. */
function isTable(value: PdfValue): boolean {
  const type = isDictionary(value) ? value.get('Type') : undefined
  return isNamed(type, 'XRef') || isNamed(type, 'ObjStm')
}

/** A page that is as it was, but for these fields on it. */
async function isPageWith(fields: ReadonlySet<string>, before: PdfFile, was: PdfValue, after: PdfFile, is: PdfValue): Promise<boolean> {
  if (!isDictionary(was) || !isDictionary(is) || !isNamed(was.get('Type'), 'Page')) return false
  const [old, now] = [await before.resolve(was.get('Annots')), await after.resolve(is.get('Annots'))]
  const [kept, all] = [Array.isArray(old) ? old : [], Array.isArray(now) ? now : []]
  return (
    same(without(was, 'Annots'), without(is, 'Annots')) &&
    same(kept, all.slice(0, kept.length)) &&
    all.slice(kept.length).every((each) => fields.has(writeValue(each)))
  )
}
