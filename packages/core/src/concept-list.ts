/** Controlled lists as data: a scheme, a base and rows of code and English label. */

/** A concept of a controlled list, ready to be shown or written into a document. */
export interface Concept {
  id: string
  label: { en: string }
  scheme: string
  code: string
}

/** A controlled list. */
export interface ConceptList {
  /** IRI of the concept scheme. */
  readonly scheme: string
  /** IRIs are this and the code. */
  readonly base: string
  readonly rows: readonly (readonly [code: string, label: string, ...rest: readonly (string | number)[]])[]
}

/** Lays down a list; the rows are kept as they are. */
export function conceptList(scheme: string, base: string, rows: ConceptList['rows']): ConceptList {
  return { scheme, base, rows }
}

/** All concepts of a list, in its order. */
export function conceptsOf(list: ConceptList): Concept[] {
  return list.rows.map((row) => conceptFrom(list, row))
}

/** The concept with this IRI in the list; `undefined` when it is not in it. */
export function conceptIn(list: ConceptList, iri: string): Concept | undefined {
  if (!iri.startsWith(list.base)) return undefined
  const code = iri.slice(list.base.length)
  const row = list.rows.find(([known]) => known === code)
  return row && conceptFrom(list, row)
}

function conceptFrom(list: ConceptList, [code, label]: ConceptList['rows'][number]): Concept {
  return { id: list.base + code, label: { en: label }, scheme: list.scheme, code }
}
