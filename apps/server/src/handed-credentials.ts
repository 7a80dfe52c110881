/** Credentials as a learner hands them in for stacking: links that share them and files, each verified, each with the digest of what was signed. */
import { createHash } from 'node:crypto'
import type { HeldAnswer } from '@cairn/api'
import { type Problem, ProblemError, problem, type Report, type StackingFacts, stackingFacts } from '@cairn/core'
import { signedContent } from '@cairn/seals'
import { type HeldCredential, readCredential, readListSequence, readSealed } from '@cairn/store'
import { type Context, found } from './context.ts'
import { judgeStranger, sharedPlace } from './operations/shared.ts'
import { onlyFacts, type Place } from './recognition-case.ts'
import { reportOn } from './shared-reports.ts'

/** What was handed in: what can be counted, and why the rest cannot. */
export interface Handed {
  held: HeldCredential[]
  problems: Problem[]
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(signedContent(bytes)).digest('base64url')

/** What stacking rests on: the facts of recognition, and the fields that slots may ask for. */
function onlyStackingFacts(report: Report): Report {
  const { view, ...rest } = onlyFacts(report)
  return view ? { ...rest, view: { ...view, fields: report.view!.fields } } : rest
}

/** Verifies everything. One that is there twice counts once; one that cannot be read gives a problem with its place and holds up no other. */
export async function verifyHanded(
  context: Context,
  { shares, files }: { shares: readonly string[]; files: readonly string[] },
): Promise<Handed> {
  const held = new Map<string, HeldCredential>()
  const problems: Problem[] = []
  const take = async (pointer: string, work: () => Promise<HeldCredential>) => {
    try {
      const one = await work()
      stackingFacts(one.report)
      held.set(one.report.view!.id, one)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      problems.push(problem(error.problem.code, error.problem.detail, pointer))
    }
  }
  for (const [at, token] of shares.entries()) await take(`/shares/${at}`, async () => ofPlace(context, await sharedPlace(context, token)))
  for (const [at, base64] of files.entries())
    await take(`/files/${at}`, async () => {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
      const report = await judgeStranger(context, bytes)
      return { report: onlyStackingFacts(report), digest: digestOf(bytes) }
    })
  return { held: [...held.values()], problems }
}

async function ofPlace(context: Context, place: Place): Promise<HeldCredential> {
  const { row, sequence, bytes } = await context.database.tenant(place.tenant, async (tx) => {
    const row = found(await readCredential(tx, place.credential))
    return { row, sequence: await readListSequence(tx, row.statusList), bytes: found(await readSealed(tx, place.credential)) }
  })
  const { report } = await reportOn(context, place.tenant, row, sequence)
  return { report: onlyStackingFacts(report), digest: digestOf(bytes), place }
}

/** The same credentials as they are today: those of this installation are verified again. */
export const freshHeld = (context: Context, held: readonly HeldCredential[]): Promise<HeldCredential[]> =>
  Promise.all(held.map((one) => (one.place ? ofPlace(context, one.place) : one)))

/** Facts of everything that was handed in. */
export const factsOf = (held: readonly HeldCredential[]): StackingFacts[] => held.map(({ report }) => stackingFacts(report))

/** A credential as the answers tell it. */
export function heldAnswer({ report }: HeldCredential): HeldAnswer {
  const { id, title, issuerName, credits, eqf, issueDate, validUntil, status } = stackingFacts(report)
  return {
    id,
    title,
    issuer: issuerName,
    learner: report.view!.learner,
    status,
    ...(credits === undefined ? {} : { credits }),
    ...(eqf === undefined ? {} : { eqf }),
    ...(issueDate === undefined ? {} : { issueDate }),
    ...(validUntil === undefined ? {} : { validUntil }),
  }
}
