/** Composes, lints, seals and writes: everything or nothing. */
import { hash, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { type AwardGiven, fullName, localMoment, ProblemError, refuseProblems } from '@cairn/core'
import { standardPolicy, verify } from '@cairn/verifier'
import { issueFormats } from '../issue-formats.ts'
import { createFileWriter } from './file-writer.ts'
import type { AwardToIssue, FormatWriter } from './format-writer.ts'
import { type Issuing, issuingFor } from './prepare-issuing.ts'
import type { RowAward } from './read-awards.ts'

/** What to seal and where to write it. */
export interface SealGiven {
  issuing: Issuing
  awards: readonly RowAward[]
  /** Words of `issueFormats`: every award is written in each of them, under one id. */
  formats: readonly string[]
  out: string
  now: string
}

/**
 * Seals every award into a new folder and answers how many. The folder appears when all is done: what fails on the way leaves nothing behind.
 * Raises `input.invalid` when the folder is not empty or cannot be written, and what the lint of the real bytes finds.
 */
export async function sealAll({ issuing, awards, formats, out, now }: SealGiven): Promise<number> {
  refuseUsed(out)
  const writersOf = makeWriters(issuing, formats)
  const issued = localMoment(issuing.issuer.organisation, now)
  await lintShapes(writersOf, awards, issued)
  const working = workingFolder(out)
  const writer = createFileWriter()
  const stop = () => {
    rmSync(working, { recursive: true, force: true })
    process.exit(130)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const lines: unknown[] = []
    const width = String(awards.length).length
    for (const [at, award] of awards.entries()) {
      const name = `${String(at + 1).padStart(width, '0')}${slugOf(fullName(award.given.learner))}`
      const toIssue: AwardToIssue = { award: { ...award.given, id: `urn:uuid:${randomUUID()}` }, issued, name }
      for (const [format, { write }] of await writersOf(award.given)) {
        const { fileName: file, bytes } = await write(toIssue)
        if (at === 0 || at === awards.length - 1) await tryOut(bytes, now)
        await writer.write(path.join(working, file), bytes)
        const sha256 = hash('sha256', bytes, 'hex')
        const { referenceNumber } = award.given
        lines.push({
          file,
          format,
          row: award.n,
          id: toIssue.award.id,
          ...(referenceNumber === undefined ? {} : { referenceNumber }),
          sha256,
        })
      }
    }
    await writer.done()
    writeFileSync(path.join(working, 'manifest.json'), `${JSON.stringify(manifest(issuing, now, lines), null, 2)}\n`)
    settle(working, out)
    return awards.length
  } catch (error) {
    await writer.done().catch(() => {})
    rmSync(working, { recursive: true, force: true })
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof ProblemError || code === undefined) throw error
    throw new ProblemError(
      'input.invalid',
      `The folder cannot be written (${code === 'ENOSPC' ? 'the disk is full' : code}). Nothing was kept.`,
      '/out',
    )
  }
}

/** The writer of each form, for an award. */
type WritersOf = (given: AwardGiven) => Promise<[string, FormatWriter][]>

/** Writers made ready once for each part of the outcomes that learners met; most files have one, the whole. */
function makeWriters(issuing: Issuing, formats: readonly string[]): WritersOf {
  const ready = new Map<string, ReturnType<WritersOf>>()
  const make: WritersOf = async (given) => {
    const own = await issuingFor(issuing, given)
    return Promise.all(formats.map(async (format): Promise<[string, FormatWriter]> => [format, await issueFormats[format]!(own)]))
  }
  return (given) => {
    const name = given.outcomes?.join(' ') ?? ''
    const writers = ready.get(name) ?? make(given)
    // Outcomes met one by one can be combined in more ways than memory holds.
    if (ready.size > 64) ready.clear()
    ready.set(name, writers)
    return writers
  }
}

/**
 * The last look at the very text that will be signed, once for every combination of fields that learners have: documents of one combination differ
 * in values alone, and values were checked row by row.
 */
async function lintShapes(writersOf: WritersOf, awards: readonly RowAward[], issued: string): Promise<void> {
  const seen = new Set<string>()
  for (const { given, n } of awards) {
    const fields = [given, given.learner, given.parts ?? {}].map((part) => Object.keys(part).sort().join()).join(' ')
    const shape = `${fields} ${given.outcomes?.join() ?? ''}`
    if (seen.has(shape)) continue
    seen.add(shape)
    const award = { ...given, id: `urn:uuid:${randomUUID()}` }
    const found = (await writersOf(given)).flatMap(([, { lint }]) => lint({ award, issued }))
    const blocking = found.filter((finding) => finding.severity === 'B')
    refuseProblems(blocking.map(({ problem }) => ({ ...problem, pointer: `/rows/${n}${problem.pointer ?? ''}` })))
  }
}

/** Reads the sealed bytes back as a stranger would; our own seal has to be intact before anything is handed out. */
async function tryOut(bytes: Uint8Array, now: string): Promise<void> {
  const evidence = { registry: { anchors: [], trustedLists: [], issuers: [] }, statusLists: {}, retrievedAt: now }
  const report = await verify(bytes, evidence, standardPolicy, now)
  if (report.results.seal !== 'passed') throw new Error('a seal just made does not verify; nothing was kept')
}

function manifest({ edition, issuer, fingerprint }: Issuing, issued: string, credentials: readonly unknown[]) {
  return {
    issued,
    achievement: edition.achievement,
    edition: edition.id,
    title: edition.specification.title,
    issuer: { id: issuer.organisation.id, legalName: issuer.organisation.legalName, organizationIdentifier: issuer.organizationIdentifier },
    certificate: fingerprint,
    credentials,
  }
}

/** Letters and digits of a name that every file system takes; a name in another script leaves only the number. */
function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return plain === '' ? '' : `-${plain.slice(0, 60).replace(/-+$/, '')}`
}

function refuseUsed(out: string): void {
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new ProblemError('input.invalid', 'The folder is not empty. Credentials are never written over.', '/out')
}

function workingFolder(out: string): string {
  const parent = path.dirname(path.resolve(out))
  mkdirSync(parent, { recursive: true })
  return mkdtempSync(path.join(parent, `.${path.basename(out)}-`))
}

/** The finished folder takes its name in one step, after its list of files is on the disk. */
function settle(working: string, out: string): void {
  const handle = openSync(working, 'r')
  fsyncSync(handle)
  closeSync(handle)
  if (existsSync(out)) rmdirSync(out)
  renameSync(working, out)
}
