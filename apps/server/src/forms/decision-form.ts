/** A decision on recognition as a file: the sealed declaration, or one of the forms that other systems keep. */
import type { DecisionForm, FileAnswer } from '@cairn/api'
import { type DecisionDeclared, drawStone, type JsonObject, type LangString, type Organisation, ProblemError, textIn } from '@cairn/core'
import { drawFaces } from '@cairn/documents'
import { decisionAsCtdl, decisionAsElm, decisionAsElmo, readDeclaration } from '@cairn/formats'
import { readJades, sealedDocument } from '@cairn/seals'
import { type RecognitionRow, readDeclarationRow, readInstitution, readTargetRow, type TenantTransaction } from '@cairn/store'
import { type Context, found, newId } from '../context.ts'
import { type Frozen, hashText, titleOf, urnOf } from '../recognition-case.ts'
import { type SealedDeclaration, sealDeclaration } from '../seal-declaration.ts'
import { openCurrentKey, sealNow } from '../sealing-keys.ts'

const files: Readonly<Record<DecisionForm, { ending: string; mediaType: string }>> = {
  sealed: { ending: 'decision.jsonld', mediaType: 'application/jose+json' },
  elm: { ending: 'elm.jsonld', mediaType: 'application/jose+json' },
  elmo: { ending: 'elmo.xml', mediaType: 'application/xml' },
  ctdl: { ending: 'ctdl.json', mediaType: 'application/ld+json' },
}

/** What is declared of a decided request. `replaced` is the declaration before an appeal. */
export function decisionOf(row: RecognitionRow, title: LangString, replaced?: string): DecisionDeclared {
  const { case: given, decision, policies, confirmed } = JSON.parse(found(row.frozen)) as Frozen
  const names = new Map(row.reports.flatMap(({ view, registry }) => (view ? [[view.id, registry?.legalName ?? view.issuer] as const] : [])))
  return {
    kind: 'decision',
    learner: row.learner,
    purpose: row.purpose,
    target: { id: given.target, title },
    credentials: given.credentials.map(({ id, title: said }) => ({
      id,
      title: String(said ?? ''),
      ...(names.has(id) ? { issuer: names.get(id)! } : {}),
    })),
    outcome: confirmed.outcome,
    grants: confirmed.grants,
    conditions: confirmed.outcome === decision.outcome ? decision.conditions : [],
    reasons: decision.reasons,
    policies: decision.policies.map(({ id, hash }) => {
      const content = (policies[id] ?? {}) as JsonObject
      return { id, title: titleOf(content), version: String(content.version ?? ''), hash }
    }),
    decidedAt: confirmed.at,
    ...(confirmed.by ? { decidedBy: confirmed.by } : {}),
    ...(confirmed.words ? { words: confirmed.words } : {}),
    ...(row.appealUntil && !replaced ? { appealUntil: row.appealUntil } : {}),
    ...(replaced ? { supersedes: urnOf(replaced) } : {}),
    replay: hashText(found(row.frozen)),
  }
}

/** Title of what was asked for. */
const targetTitle = async (tx: TenantTransaction, row: RecognitionRow) => found(await readTargetRow(tx, row.target)).title

/** Declares a decision that was just made or changed. Raises `key.*` when there is no key that could seal it. */
export async function declareDecision(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  row: RecognitionRow,
): Promise<SealedDeclaration> {
  const title = await targetTitle(tx, row)
  const before = await readDeclarationRow(tx, 'decision', row.id)
  return sealDeclaration(context, tx, organisation, { subject: row.id, declaration: decisionOf(row, title, before?.id), before })
}

/**
 * The decision in a form. Raises `request.conflict` while nothing is decided, `recognition.nothing-granted` where a form of credit has nothing to tell,
 * `key.*` when it was not sealed yet and there is no key.
 */
export async function decisionFile(context: Context, tx: TenantTransaction, row: RecognitionRow, form: DecisionForm): Promise<FileAnswer> {
  if (!row.frozen) throw new ProblemError('request.conflict', 'This request is not decided yet.')
  const { organisation } = found(await readInstitution(tx))
  const kept = await readDeclarationRow(tx, 'decision', row.id)
  const { id, sealed } = kept ?? (await declareDecision(context, tx, organisation, row))
  const bytes = form === 'sealed' ? sealed : await otherForm(context, tx, organisation, { id, sealed, form })
  const { ending, mediaType } = files[form]
  return { name: `recognition-${row.id}.${ending}`, mediaType, base64: Buffer.from(bytes).toString('base64') }
}

async function otherForm(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  { id, sealed, form }: { id: string; sealed: Uint8Array; form: Exclude<DecisionForm, 'sealed'> },
): Promise<Uint8Array> {
  // Every form is made of the sealed bytes, so that none can say anything else.
  const decision = readDeclaration(sealedDocument(readJades(sealed)) as JsonObject, 'decision') as DecisionDeclared
  const { signer, issuer } = await openCurrentKey(context, tx, organisation)
  const given = { decision, issuer, id: urnOf(id), sealed }
  if (form === 'elmo') return new TextEncoder().encode(decisionAsElmo(given))
  if (form === 'ctdl') return new TextEncoder().encode(`${JSON.stringify(decisionAsCtdl(given), null, 2)}\n`)
  return sealNow(decisionAsElm(given, urnOf(newId()), await pictureOf(decision, organisation)), signer, context.now)
}

/** The picture that a European Digital Credential has to have: a stone with the target's title and the body's name. */
function pictureOf({ target: { id, title } }: DecisionDeclared, { legalName }: Organisation) {
  const [primaryLanguage = 'en'] = Object.keys(title)
  const stone = { svg: drawStone({ id, title: textIn(title, primaryLanguage), outcomes: 0 }).svg }
  return drawFaces({ title, primaryLanguage }, legalName, stone)
}
