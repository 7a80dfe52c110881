/** The evidence package of a credential: what a learner keeps for a lifetime (R-LTV-4). */
import type { FileAnswer } from '@cairn/api'
import { writePackage } from '@cairn/online'
import type { CredentialRow } from '@cairn/store'
import { standardPolicy } from '@cairn/verifier'
import type { Context } from '../context.ts'
import { evidenceFor } from '../registry.ts'
import { fileName } from './make-form.ts'

/** Gathers the evidence anew, and packs it with the sealed bytes at their highest level. */
export async function makePackage(context: Context, row: CredentialRow, sealed: Uint8Array): Promise<FileAnswer> {
  const name = fileName(row)
  const evidence = await evidenceFor(context, sealed, context.now)
  const { bytes } = await writePackage({ name, bytes: sealed }, evidence, standardPolicy, context.now)
  return { name: name.replace(/\.jsonld$/, '.evidence.zip'), mediaType: 'application/zip', base64: Buffer.from(bytes).toString('base64') }
}
