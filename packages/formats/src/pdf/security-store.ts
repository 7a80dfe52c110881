/** The security store of a document (DSS, EN 319 142-1, 5.4.2): certificates and statements on revocation that its seals are to be judged by. */
import { joinBytes } from '@cairn/core'
import { openPdf, type PdfFile } from './pdf-file.ts'
import { isDictionary, isReference, type PdfDictionary, type PdfValue, pdfName, unreadable } from './pdf-value.ts'
import { type PdfObject, updatePdf } from './update-pdf.ts'

/** What a store holds, in DER. */
export interface SecurityStore {
  certificates: Uint8Array[]
  crls: Uint8Array[]
  ocsps: Uint8Array[]
}

const entries = { certificates: 'Certs', crls: 'CRLs', ocsps: 'OCSPs' } as const
const kinds = Object.keys(entries) as (keyof SecurityStore)[]
/** How many of a kind are read (R-LIM-1). */
const most = 128

/** The newest store of a document; an empty one where there is none. Raises what {@link openPdf} raises. */
export async function securityStore(bytes: Uint8Array): Promise<SecurityStore> {
  const file = await openPdf(bytes)
  const store = await storeOf(file)
  const read = async (kind: keyof SecurityStore) => {
    const found: Uint8Array[] = []
    for (const each of (await listOf(file, store, kind)).slice(0, most)) {
      const value = await file.stream(each)
      if (value) found.push(value)
    }
    return found
  }
  return { certificates: await read('certificates'), crls: await read('crls'), ocsps: await read('ocsps') }
}

/** The document with what its store does not hold yet; the document itself where there is nothing to add. For files that we sealed. */
export async function extendSecurityStore(bytes: Uint8Array, values: SecurityStore): Promise<Uint8Array> {
  const file = await openPdf(bytes)
  const root = file.trailer.get('Root')
  const catalogue = await file.resolve(root)
  if (!isReference(root) || !isDictionary(catalogue)) return unreadable('The document is not built as ours are.')
  const known = await securityStore(bytes)
  const store = await storeOf(file)
  const written: PdfDictionary = new Map(store ?? [['Type', pdfName('DSS')]])
  let next = Number(file.trailer.get('Size'))
  const objects: PdfObject[] = []
  for (const kind of kinds) {
    const fresh = values[kind].filter((each) => !known[kind].some((one) => isSame(one, each)))
    const references = fresh.map((each): PdfValue => {
      objects.push({ number: next, value: new Map([['Length', each.length]]), data: joinBytes(each) })
      return { kind: 'reference', number: next++ }
    })
    if (references.length > 0) written.set(entries[kind], [...(await listOf(file, store, kind)), ...references])
  }
  if (objects.length === 0) return bytes
  const reference = catalogue.get('DSS')
  const number = isReference(reference) ? reference.number : next
  objects.push({ number, value: written })
  const value = new Map(catalogue).set('DSS', { kind: 'reference', number })
  return updatePdf(bytes, file, [{ number: root.number, value }, ...objects]).bytes
}

async function storeOf(file: PdfFile): Promise<PdfDictionary | undefined> {
  const catalogue = await file.resolve(file.trailer.get('Root'))
  const store = isDictionary(catalogue) ? await file.resolve(catalogue.get('DSS')) : undefined
  return isDictionary(store) ? store : undefined
}

async function listOf(file: PdfFile, store: PdfDictionary | undefined, kind: keyof SecurityStore): Promise<PdfValue[]> {
  const list = await file.resolve(store?.get(entries[kind]))
  return Array.isArray(list) ? list : []
}

const isSame = (one: Uint8Array, other: Uint8Array) => one.length === other.length && one.every((byte, at) => byte === other[at])
