/** Sealing what an institution declares besides awards: with the key that seals awards, once, and kept as it was sealed. */
import { type Declaration, type Organisation, ProblemError } from '@cairn/core'
import { composeDeclaration } from '@cairn/formats'
import { type DeclarationRow, insertDeclaration, readDeclarationRow, type TenantTransaction } from '@cairn/store'
import { type Context, found, newId } from './context.ts'
import { urnOf } from './recognition-case.ts'
import { openCurrentKey, sealNow } from './sealing-keys.ts'

/** Seals a declaration on a subject and keeps it, as the next one of its kind. Raises `key.*` when there is no key that could. */
export async function sealDeclaration(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  subject: string,
  make: (before: DeclarationRow | undefined) => Declaration,
): Promise<DeclarationRow> {
  const { id: key, signer, issuer } = await openCurrentKey(context, tx, organisation)
  const id = newId()
  const { kind } = make(undefined)
  const before = await readDeclarationRow(tx, kind, subject)
  const document = composeDeclaration(make(before), { id: urnOf(id), issued: context.now, issuer })
  const sealed = await sealNow(document, signer, context.now)
  await insertDeclaration(tx, { id, kind, subject, number: (before?.number ?? 0) + 1, sealed, key, now: context.now })
  return found(await readDeclarationRow(tx, kind, subject))
}

/** The same, where a missing or unusable key keeps nothing else waiting: then it is sealed when somebody first asks for it. */
export async function sealIfPossible(...given: Parameters<typeof sealDeclaration>): Promise<void> {
  try {
    await sealDeclaration(...given)
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.code.startsWith('key.')) throw error
    given[0].log.warn({ code: error.problem.code }, 'a declaration waits for its seal')
  }
}
