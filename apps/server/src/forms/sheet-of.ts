/** A sheet to print, made from the sealed bytes alone, and sealed itself where that is configured. */
import { type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { renderCertificate, sealPdf } from '@cairn/documents'
import { displayLanguages, readElm } from '@cairn/formats'
import { requestTimeStamp } from '@cairn/online'
import { readJades } from '@cairn/seals'
import { type CredentialRow, readInstitution, type TenantTransaction } from '@cairn/store'
import { type Context, found } from '../context.ts'
import { statusDoor, timeStampSources } from '../registry.ts'
import { openCurrentKey } from '../sealing-keys.ts'

/**
 * The sheet of a credential in every language that it speaks. It is sealed by the key that seals now (PAdES); one of a revoked credential, or of an
 * institution whose keys have ended, is left unsealed, which whoever verifies it is told. `address` is where the verdict can be seen.
 */
export async function sheetOf(
  context: Context,
  tx: TenantTransaction,
  { record }: CredentialRow,
  sealed: Uint8Array,
  address: string | undefined,
): Promise<Uint8Array> {
  const document = parseJson(readJades(sealed).payload) as JsonObject
  const views = displayLanguages(document).map((language) => ({ language, view: readElm(document, language) }))
  const sheet = await renderCertificate({ views, sealed, at: record.sealedAt!, ...(address ? { address } : {}) })
  if (context.config.sheetLevel === 'none' || record.revokedAt) return sheet
  try {
    const { organisation } = found(await readInstitution(tx))
    const { signer } = await openCurrentKey(context, tx, organisation)
    const stamp = context.config.sheetLevel === 'B-T' && stampBy(context)
    return await sealPdf(sheet, { signer, at: context.now, ...(stamp ? { stamp } : {}) })
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.code.startsWith('key.')) throw error
    context.log.warn({ credential: record.id, code: error.problem.code }, 'a sheet was left unsealed')
    return sheet
  }
}

/** The first authority that answers. Where none does the seal stays at B-B: an authority that is away delays a level and never a learner. */
function stampBy(context: Context): (signature: Uint8Array) => Promise<Uint8Array | undefined> {
  return async (signature) => {
    for (const address of timeStampSources(context))
      try {
        return (await requestTimeStamp(signature, { address }, statusDoor(context), context.now)).der
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        context.log.warn({ code: error.problem.code }, 'an authority is away: a sheet stays without a time stamp')
      }
    return undefined
  }
}
