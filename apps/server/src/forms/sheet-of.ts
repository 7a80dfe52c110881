/** A sheet to print, made from the sealed bytes alone, and sealed itself where that is configured. */
import { type JsonObject, ProblemError } from '@cairn/core'
import { renderCertificate, sealPdf } from '@cairn/documents'
import { displayLanguages, readElm } from '@cairn/formats'
import { augmentSheet, requestTimeStamp } from '@cairn/online'
import { readJades, type Signer, sealedDocument } from '@cairn/seals'
import { type CredentialRow, readInstitution, type TenantTransaction } from '@cairn/store'
import { type Context, found } from '../context.ts'
import { raisingRegistry, statusDoor, timeStampSources } from '../registry.ts'
import { openCurrentKey } from '../sealing-keys.ts'

/**
 * Readies the sheet of a credential in every language that it speaks, and answers what makes it: printing, and above all asking authorities, takes longer
 * than a transaction may. It is sealed by the key that seals now (PAdES); one of a revoked credential, or of an institution whose keys have ended, is
 * left unsealed, which whoever verifies it is told. `address` is where the verdict can be seen.
 */
export async function prepareSheet(
  context: Context,
  tx: TenantTransaction,
  { record }: CredentialRow,
  sealed: Uint8Array,
  address: string | undefined,
): Promise<() => Promise<Uint8Array>> {
  const signer = context.config.sheetLevel === 'none' || record.revokedAt ? undefined : await signerNow(context, tx, record.id)
  return async () => {
    const document = sealedDocument(readJades(sealed)) as JsonObject
    const views = displayLanguages(document).map((language) => ({ language, view: readElm(document, language) }))
    const sheet = await renderCertificate({ views, sealed, at: record.sealedAt!, ...(address ? { address } : {}) })
    return signer ? sealSheet(context, sheet, signer) : sheet
  }
}

/** The key that seals now; none where there is no key any more. */
async function signerNow(context: Context, tx: TenantTransaction, credential: string): Promise<Signer | undefined> {
  try {
    const { organisation } = found(await readInstitution(tx))
    return (await openCurrentKey(context, tx, organisation)).signer
  } catch (error) {
    if (!isOf(error, 'key.')) throw error
    context.log.warn({ credential, code: error.problem.code }, 'a sheet is left unsealed')
    return undefined
  }
}

/** The sheet at the level that is wanted, or at the one that could be had: an authority that is away costs a level and never a sheet. */
async function sealSheet(context: Context, sheet: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const { sheetLevel } = context.config
  const stamp = sheetLevel === 'B-B' ? undefined : (signature: Uint8Array) => stampBy(context, signature)
  const sealed = await sealPdf(sheet, { signer, at: context.now, ...(stamp ? { stamp } : {}) })
  if (sheetLevel !== 'B-LT' && sheetLevel !== 'B-LTA') return sealed
  const registry = await raisingRegistry(context, context.now)
  const raise = (address: string) =>
    augmentSheet(sealed, sheetLevel, { timeStamps: { address }, registry, door: statusDoor(context), now: () => new Date().toISOString() })
  return (await firstThatAnswers(context, raise)) ?? sealed
}

async function stampBy(context: Context, signature: Uint8Array): Promise<Uint8Array | undefined> {
  const registry = await raisingRegistry(context, context.now)
  const stamp = (address: string) => requestTimeStamp(signature, { address, registry }, statusDoor(context), new Date().toISOString())
  return firstThatAnswers(context, async (address) => (await stamp(address)).der)
}

/** What the first authority of time stamps gives that answers; nothing where none does. */
async function firstThatAnswers(context: Context, ask: (address: string) => Promise<Uint8Array>): Promise<Uint8Array | undefined> {
  for (const address of timeStampSources(context))
    try {
      return await ask(address)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      context.log.warn({ code: error.problem.code }, 'an authority is away: a sheet stays at a lower level')
    }
  return undefined
}

const isOf = (error: unknown, group: string): error is ProblemError => error instanceof ProblemError && error.problem.code.startsWith(group)
