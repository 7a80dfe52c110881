/** What the acceptance matrix is computed from: policies in force, what their bodies recognise for, editions on offer, reference certificates. */
import {
  type Edition,
  type Json,
  type JsonObject,
  type LangString,
  ProblemError,
  type RecognitionCase,
  readLibrary,
  referenceCase,
  referenceCertificateIds,
  type TargetForm,
} from '@cairn/core'
import { findBodies, listOffered, listTargets, listVersions, type TargetRow, type VersionRow } from '@cairn/store'
import type { Context } from '../context.ts'
import { canBeAsked, formOfTarget, hashText, policiesInForce, titleOf } from '../recognition-case.ts'
import { specimenCase } from '../specimen-case.ts'

/** As many rows as a matrix has: two hundred by two hundred take some seconds. */
const mostEditions = 200
const allForms = ['module', 'post', 'vet', 'job'] as const satisfies readonly TargetForm[]

/** A policy as a column. */
export interface MatrixColumn {
  id: string
  body: { id: string; name: LangString }
  title: LangString
}

/** The ground of one matrix. `cases` and `library` are what the engine reads; ids are those of editions, reference certificates, policies and targets. */
export interface MatrixGround {
  form: TargetForm
  forms: TargetForm[]
  day: string
  hash: string
  columns: MatrixColumn[]
  targets: TargetRow[]
  editions: Edition[]
  left: { editions: number; policies: number }
  library: { policies: JsonObject; targets: JsonObject }
  cases: RecognitionCase[]
}

/** Reads the ground of the form, or of the first of which somebody can be asked. */
export async function readGround(context: Context, wanted?: TargetForm): Promise<MatrixGround> {
  const day = context.now.slice(0, 10)
  const bodies = await Promise.all(
    (await findBodies(context.database, 'policy')).map(async ({ tenant, organisation }) =>
      context.database.tenant(tenant, async (tx) => ({
        organisation,
        versions: policiesInForce(await listVersions(tx, 'policy'), day),
        targets: (await listTargets(tx)).filter(({ archived }) => !archived),
      })),
    ),
  )
  /** A body is asked for what it recognises for, so one that says nothing of this form is no column. */
  const askedAbout = (form: TargetForm) =>
    bodies.flatMap(({ organisation, versions, targets }) => {
      const own = targets.filter((each) => formOfTarget(each) === form)
      return own.length === 0 ? [] : versions.filter((each) => canBeAsked(each, form)).map((version) => ({ organisation, version, own }))
    })
  const forms = allForms.filter((form) => askedAbout(form).length > 0)
  const form = wanted ?? forms[0] ?? 'module'
  const asked = askedAbout(form)
  const readable = asked.filter(({ version }) => isReadable(version))
  const targets = new Map(readable.flatMap(({ organisation, own }) => own.map((row) => [row.id, { row, body: organisation.id }] as const)))
  const library = {
    policies: Object.fromEntries(readable.map(({ version }) => [version.id, version.content])),
    targets: Object.fromEntries([...targets].map(([id, { row, body }]) => [id, { ...row.content, body }])) as JsonObject,
  }
  const { editions, total } = await listOffered(context.database, mostEditions)
  const [target] = targets.keys()
  const ground = { asOf: day, target: target ?? '', form }
  return {
    form,
    forms,
    day,
    hash: hashText(JSON.stringify([day, form, Object.keys(library.policies), library.targets, editions.map(({ id }) => id)])),
    columns: readable.map(({ organisation, version }) => ({
      id: version.id,
      body: { id: organisation.id.replace('urn:uuid:', ''), name: organisation.legalName },
      title: titleOf(version.content),
    })),
    targets: [...targets.values()].map(({ row }) => row),
    editions,
    left: { editions: total - editions.length, policies: asked.length - readable.length },
    library,
    cases:
      target === undefined
        ? []
        : [...referenceCertificateIds.map((id) => referenceCase(id, ground)), ...editions.map((each) => editionCase(each, ground))],
  }
}

/** Rules of an older form that cannot be read any more are no answer. */
function isReadable({ content }: VersionRow): boolean {
  try {
    readLibrary({ policies: { policy: content } } as Json)
    return true
  } catch (error) {
    if (error instanceof ProblemError) return false
    throw error
  }
}

/** What is awarded by an edition, as a learner would hand it in. */
function editionCase(
  { id, achievement, specification, institution }: Edition,
  { asOf, target, form }: { asOf: string; target: string; form: TargetForm },
): RecognitionCase {
  // No law of one body applies along with the rules of another.
  return specimenCase(specification, { id, achievement, issuer: institution.id, asOf, target, form, policies: ['none'] })
}
