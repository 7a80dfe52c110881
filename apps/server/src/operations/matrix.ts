/** Operations on the acceptance matrix: published policies of every body here, asked about reference certificates and editions. */
import type { Handlers, MatrixAnswer, MatrixRowAnswer } from '@cairn/api'
import { type AcceptanceFindings, type Json, matrixRows, readLibrary, recognise, referenceCertificateIds, textIn } from '@cairn/core'
import { writeCsv } from '@cairn/sheets'
import { type MatrixGround, readGround } from '../acceptance/read-ground.ts'
import { type Context, found } from '../context.ts'
import { hashText } from '../recognition-case.ts'

type Own = Pick<Handlers<Context>, 'matrix.read' | 'matrix.cell' | 'matrix.file'>
type Certificate = MatrixRowAnswer['certificate']

/** Editions on one page. */
const size = 50
/** A matrix of a few policies is there before anybody has to look again. */
const patience = 1500

export const matrixHandlers: Own = {
  'matrix.read': async ({ form, page }, context) => {
    const ground = await readGround(context, form)
    const asked = {
      form: ground.form,
      forms: ground.forms,
      day: ground.day,
      hash: ground.hash,
      policies: ground.columns,
      left: ground.left,
    }
    const nothing = { total: 0, rows: [], reference: [], profiles: [], outliers: [], rare: [] }
    if (ground.cases.length === 0) return { ...asked, ...nothing }
    const matrix = context.acceptance.ask(ground.hash, ground)
    await Promise.race([matrix.finished, new Promise((resolve) => setTimeout(resolve, patience).unref())])
    if (!matrix.findings) return { ...asked, ...nothing, computing: matrix.progress }
    const { findings } = matrix
    const rows = rowsOf(ground, findings)
    const editions = ground.editions.slice((page - 1) * size, page * size)
    return {
      ...asked,
      ...restOf(ground, findings),
      total: ground.editions.length,
      rows: editions.map(({ id }) => rows.get(id)!),
      reference: referenceCertificateIds.map((id) => rows.get(id)!),
    }
  },

  'matrix.cell': async ({ form, policy, certificate }, context) => {
    const ground = await readGround(context, form)
    const given = found(ground.cases.find(({ id }) => id === certificate))
    const column = found(ground.columns.find(({ id }) => id === policy))
    const { findings } = context.acceptance.ask(ground.hash, ground)
    const { matrix } = findings ?? (await context.acceptance.ask(ground.hash, ground).finished)
    const cell = matrix.rows.find((row) => row.certificate === certificate)!.cells[matrix.policies.indexOf(policy)]!
    const target = found(ground.targets.find(({ id }) => cell.verdict !== 'not-asked' && id === cell.target))
    const asked = { ...given, target: target.id, policies: [policy] }
    return {
      policy: column,
      certificate: certificateOf(ground, certificate),
      target: target.title,
      decision: recognise(asked, readLibrary(ground.library as unknown as Json), hashText),
    }
  },

  'matrix.file': async ({ form, as }, context) => {
    const ground = await readGround(context, form)
    found(ground.cases[0])
    const findings = await context.acceptance.ask(ground.hash, ground).finished
    const { day, hash, library, cases } = ground
    const text =
      as === 'json'
        ? `${JSON.stringify({ form: ground.form, day, hash, columns: ground.columns, ...findings, library, cases }, null, 1)}\n`
        : writeCsv(namedRows(ground, findings))
    return {
      name: `acceptance-${ground.form}-${day}.${as}`,
      mediaType: as === 'json' ? 'application/json' : 'text/csv; charset=utf-8',
      base64: Buffer.from(text).toString('base64'),
    }
  },
}

function certificateOf({ editions }: MatrixGround, id: string): Certificate {
  const edition = editions.find((each) => each.id === id)
  if (!edition) return { id: id as Certificate['id'] }
  return { id, edition: { title: edition.specification.title, issuer: edition.institution.legalName } }
}

/** Rows by certificate, their cells in the order of the columns. */
function rowsOf(ground: MatrixGround, { matrix, forecasts }: AcceptanceFindings): Map<string, MatrixRowAnswer> {
  const places = ground.columns.map(({ id }) => matrix.policies.indexOf(id))
  return new Map(
    matrix.rows.map(({ certificate, cells, asked, accepts, asks, refuses }) => [
      certificate,
      {
        certificate: certificateOf(ground, certificate),
        cells: places.map((at) => {
          const cell = cells[at]
          return !cell || cell.verdict === 'not-asked' ? null : cell.outcome
        }),
        asked,
        accepts,
        asks,
        refuses,
        gains: forecasts[certificate]!.gains.map(({ feature, adds }) => ({ feature, adds })),
      },
    ]),
  )
}

function restOf(
  ground: MatrixGround,
  { profiles, outliers, rare }: AcceptanceFindings,
): Pick<MatrixAnswer, 'profiles' | 'outliers' | 'rare'> {
  const columns = new Map(ground.columns.map((column) => [column.id, column]))
  return {
    profiles: referenceCertificateIds.flatMap((id) =>
      profiles.filter((each) => each.certificate === id).map((each) => ({ certificate: { id }, profiles: [...each.profiles] })),
    ),
    outliers: outliers.map(({ policy, certificates, ...each }) => ({
      ...each,
      policy: columns.get(policy)!,
      certificates: certificates.length,
    })),
    rare: rare.map(({ policy, kind }) => ({ policy: columns.get(policy)!, kind })),
  }
}

/** The table with names in place of ids. */
function namedRows(ground: MatrixGround, { matrix }: AcceptanceFindings): string[][] {
  const names = new Map([
    ...ground.columns.map(({ id, body, title }) => [id, `${textIn(body.name, 'en')}: ${textIn(title, 'en')}`] as const),
    ...ground.editions.map(({ id, specification }) => [id, textIn(specification.title, specification.primaryLanguage)] as const),
  ])
  return matrixRows(matrix).map((row, at) => row.map((cell, place) => (at === 0 || place === 0 ? (names.get(cell) ?? cell) : cell)))
}
