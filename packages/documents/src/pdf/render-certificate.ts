/** A certificate to print: PDF/A-3 with the sealed credential inside. The renderer has no network and sees no file (R-PDF-1). */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { drawStone, keepLast, ProblemError, type SignedView, stoneOfView } from '@cairn/core'
import { openPdf } from '@cairn/formats'
import { fontFilesFor } from '../display-fonts.ts'
import { qrSvg } from '../qr-svg.ts'
import { certificateFace, printable } from './certificate-face.ts'
import { certificateTemplate } from './certificate-template.ts'
import { finishSheet } from './finish-sheet.ts'

/** What a sheet is made of. */
export interface CertificateGiven {
  /** The view of the sealed credential in each language that it is printed in, the first one first. */
  views: readonly { language: string; view: SignedView }[]
  /** The sealed bytes, embedded as they are. */
  sealed: Uint8Array
  mediaType?: string
  /** Where the verdict can be seen. Without it the code holds the fingerprint of the sealed file (RFC 6920). */
  address?: string
  /** When it is made, RFC 3339. */
  at: string
}

type Compiler = import('@myriaddreamin/typst-ts-node-compiler').NodeCompiler
/** By the fonts that they were opened with: those shipped, and these with the added ones. */
const compilers = new Map<string, Promise<Compiler>>()

/** Where the renderer looks for files: nowhere, for no file is a folder. What it is handed stands there for it alone (R-PDF-1). */
const workspace = '/dev/null/sheet'

/** Loaded when the first sheet is made: the renderer is large, and most processes never print. */
function open(files: readonly string[]): Promise<Compiler> {
  const key = files.join('\n')
  return compilers.get(key) ?? keepLast(compilers, key, openCompiler(files), 2)
}

async function openCompiler(files: readonly string[]): Promise<Compiler> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  return NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: files.map((file) => readFileSync(file)) }] })
}

let rendered = 0

const families = ['Atkinson Hyperlegible Next', 'Noto Sans', 'Noto Naskh Arabic', 'Noto Sans Hebrew']

/** The name of the sealed bytes by their SHA-256 (RFC 6920). */
export const fingerprintOf = (sealed: Uint8Array): string => `ni:///sha-256;${createHash('sha256').update(sealed).digest('base64url')}`

/**
 * Renders a sheet as PDF/A-3a, tagged for PDF/UA-1, with the sealed credential as its source. Raises `document.not-rendered` when the renderer finds
 * something that it cannot set, which it names.
 */
export async function renderCertificate({
  views,
  sealed,
  mediaType = 'application/jose+json',
  address,
  at,
}: CertificateGiven): Promise<Uint8Array> {
  const [first] = views
  if (!first) throw new ProblemError('document.not-rendered', 'There is nothing to print.')
  const code = address ?? fingerprintOf(sealed)
  const faces = views.map(({ language, view }) => certificateFace(view, language, address !== undefined))
  let pages = 0
  // What all who hold the same achievement share is one file, what is one learner's another: see the template.
  const edition = {
    issuer: printable(first.view.issuer),
    fonts: families,
    stone: drawStone(stoneOfView(first.view)).svg,
    faces: faces.map(({ learner, facts, ...face }) => ({
      ...face,
      front: ++pages,
      back: face.outcomes.length + face.sections.length > 0 ? ++pages : null,
    })),
  }
  const award = {
    id: printable(first.view.id),
    address: code,
    qr: qrSvg(code),
    faces: faces.map(({ learner, facts }) => ({ learner, facts })),
  }
  const fonts = fontFilesFor(JSON.stringify([edition.issuer, award.id, faces]))
  const print = async (told: number | null) =>
    printNow(await open(fonts), { 'award.json': JSON.stringify(award), 'edition.json': JSON.stringify({ ...edition, pages: told }) }, at)
  let pdf = await print(pages)
  let file = await openPdf(pdf)
  // Where a part needs more than its page the renderer counts.
  if ((await file.pages()) !== pages) {
    pdf = await print(null)
    file = await openPdf(pdf)
  }
  return finishSheet(pdf, file, { name: 'credential.jsonld', bytes: sealed, mediaType, description: faces[0]!.words.sealedFile, at })
}

/** From the first file that is handed in to the last that is taken away nothing else may run: two sheets would be mixed up. */
function printNow(typst: Compiler, files: Record<string, string>, at: string): Uint8Array {
  try {
    for (const [name, content] of Object.entries(files)) typst.mapShadow(`${workspace}/${name}`, Buffer.from(content))
    return typst.pdf({ mainFileContent: certificateTemplate }, {
      pdfStandard: 'a-3a',
      creationTimestamp: Math.floor(Date.parse(at) / 1000),
    } as never)
  } catch (error) {
    // The renderer tells what it could not set in `code`.
    const { code = '', message } = error as { code?: string; message: string }
    const why = (code || message)
      .replace(/^\d+: /, '')
      .split('\n')[0]!
      .slice(0, 200)
    throw new ProblemError('document.not-rendered', `The sheet cannot be set: ${why}`)
  } finally {
    // Data of the learner does not stay, and what was laid out does for as long as it is used. Looking through all of it takes a while.
    typst.resetShadow()
    if (++rendered % 16 === 0) typst.evictCache(2)
  }
}
