/** Sealing what an institution declares besides awards: with the key that seals awards, once, and kept as it was sealed. */
import { type Declaration, type Organisation, ProblemError } from '@cairn/core'
import { composeDeclaration } from '@cairn/formats'
import { type DeclarationRow, insertDeclaration, type TenantTransaction } from '@cairn/store'
import { type Context, newId } from './context.ts'
import { urnOf } from './recognition-case.ts'
import { openCurrentKey, sealNow } from './sealing-keys.ts'

/** A declaration that was just sealed. */
export type SealedDeclaration = Pick<DeclarationRow, 'id' | 'sealed'>

/** Seals a declaration on a subject and keeps it, as the one after `before` on the same subject. Raises `key.*` when there is no key that could. */
export async function sealDeclaration(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  { subject, declaration, before }: { subject: string; declaration: Declaration; before?: DeclarationRow | undefined },
): Promise<SealedDeclaration> {
  const { id: key, signer, issuer } = await openCurrentKey(context, tx, organisation)
  const id = newId()
  const document = composeDeclaration(declaration, { id: urnOf(id), issued: context.now, issuer })
  const sealed = await sealNow(document, signer, context.now)
  await insertDeclaration(tx, {
    id,
    kind: declaration.kind,
    subject,
    number: (before?.number ?? 0) + 1,
    sealed,
    key,
    now: context.now,
  })
  return { id, sealed }
}

/** Seals where that can be done now: a missing or unusable key keeps nothing else waiting, and it is sealed when somebody first asks for it. */
export async function sealIfPossible({ log }: Pick<Context, 'log'>, seal: () => Promise<SealedDeclaration>): Promise<void> {
  try {
    await seal()
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.code.startsWith('key.')) throw error
    log.warn({ code: error.problem.code }, 'a declaration waits for its seal')
  }
}
