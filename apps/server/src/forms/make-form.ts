/** One award in the form that somebody asks for, under the same id and the same place in the status list. Signed forms are made once and kept. */
import type { CredentialForm, FileAnswer } from '@cairn/api'
import { type AwardGiven, type Edition, localMoment, ProblemError, type StatusEntry, type WalletType } from '@cairn/core'
import { renderDisplayDrawing, renderDisplayImages } from '@cairn/documents'
import { bakePng, bakeSvg } from '@cairn/formats'
import {
  type AwardForm,
  editionFor,
  type FormGiven,
  learningCredentialForm,
  microCredentialForm,
  openBadgeForm,
  signLinted,
} from '@cairn/issuing'
import { createSalts } from '@cairn/keys'
import {
  appendEvent,
  type CredentialRow,
  keepForm,
  readAwardGiven,
  readEdition,
  readForm,
  readInstitution,
  readSealed,
  type TenantTransaction,
} from '@cairn/store'
import { type Context, found } from '../context.ts'
import { typeAddress } from '../files/issuer-files.ts'
import { openCurrentKey } from '../sealing-keys.ts'
import { listAddress } from '../status-publishing.ts'
import { prepareSheet } from './sheet-of.ts'

/** What the institution and its address have to do with a form. */
interface FormWish {
  walletType: WalletType
  publicUrl: string
}

/** Which signed form stands behind which file. */
const signedForms = {
  'open-badge': openBadgeForm,
  // Our own type is of micro-credentials; whatever else is awarded has the European one.
  'sd-jwt-vc': (given: FormGiven, { walletType, publicUrl }: FormWish) =>
    walletType === 'micro-credential' && given.edition.specification.kind === 'micro-credential'
      ? microCredentialForm(given, createSalts(), typeAddress(publicUrl))
      : learningCredentialForm(given, createSalts()),
} satisfies Record<string, (given: FormGiven, wish: FormWish) => AwardForm | Promise<AwardForm>>
type SignedForm = keyof typeof signedForms

const files: Readonly<Record<CredentialForm, { ending: string; mediaType: string }>> = {
  elm: { ending: 'jsonld', mediaType: 'application/jose+json' },
  pdf: { ending: 'pdf', mediaType: 'application/pdf' },
  'open-badge': { ending: 'badge.json', mediaType: 'application/vc+ld+json' },
  'open-badge-png': { ending: 'badge.png', mediaType: 'image/png' },
  'open-badge-svg': { ending: 'badge.svg', mediaType: 'image/svg+xml' },
  'sd-jwt-vc': { ending: 'sd-jwt', mediaType: 'application/dc+sd-jwt' },
}

/** What the file is called when it is kept: the reference number, where there is one. */
export const fileName = ({ record }: CredentialRow, form: CredentialForm = 'elm'): string =>
  `${(record.referenceNumber ?? record.id).replace(/[^A-Za-z0-9._-]+/g, '-')}.${files[form].ending}`

/**
 * Readies the file of a credential in a form, and answers what hands it out when the transaction has ended. `address` is where its verdict can be seen,
 * for the code on a sheet. Raises `request.not-found` while nothing is sealed, `key.*` when there is no key to sign another form with,
 * `proof.suite-not-accepted` when the key cannot sign it.
 */
export async function prepareForm(
  context: Context,
  tx: TenantTransaction,
  row: CredentialRow,
  form: CredentialForm = 'elm',
  address?: string,
): Promise<() => Promise<FileAnswer>> {
  const make = await prepareBytes(context, tx, row, form, address)
  return async () => ({
    name: fileName(row, form),
    mediaType: files[form].mediaType,
    base64: Buffer.from(await make()).toString('base64'),
  })
}

/** Hands out what was readied, when the transaction that readied it has ended. */
export const finish = async <T>(readied: Promise<() => Promise<T>>): Promise<T> => (await readied)()

async function prepareBytes(
  context: Context,
  tx: TenantTransaction,
  row: CredentialRow,
  form: CredentialForm,
  address: string | undefined,
): Promise<() => Promise<Uint8Array>> {
  const sealed = found(await readSealed(tx, row.record.id), 'This credential is not sealed yet.')
  switch (form) {
    case 'elm':
      return async () => sealed
    case 'pdf':
      return prepareSheet(context, tx, row, sealed, address)
    case 'open-badge-png':
    case 'open-badge-svg': {
      const badge = new TextDecoder().decode(await signedForm(context, tx, row, 'open-badge'))
      const edition = await editionOf(tx, row, await readAwardGiven(tx, row.record.id))
      return form === 'open-badge-png' ? () => bakedPng(edition, badge) : async () => bakeSvg(renderDisplayDrawing(edition), badge)
    }
    default: {
      const bytes = await signedForm(context, tx, row, form)
      return async () => bytes
    }
  }
}

/** What the award is of: its edition, or the part of it that was met. */
async function editionOf(tx: TenantTransaction, { record }: CredentialRow, given: AwardGiven | undefined): Promise<Edition> {
  return editionFor(found(await readEdition(tx, record.edition)).edition, given ?? {})
}

async function bakedPng(edition: Edition, badge: string): Promise<Uint8Array> {
  const [image] = await renderDisplayImages(edition)
  return bakePng(new Uint8Array(Buffer.from(image!.base64, 'base64')), badge)
}

async function signedForm(context: Context, tx: TenantTransaction, row: CredentialRow, form: SignedForm): Promise<Uint8Array> {
  const { record } = row
  const kept = await readForm(tx, record.id, form)
  if (kept) return kept
  if (record.revokedAt) throw new ProblemError('request.conflict', 'This credential was revoked, so no further form of it is signed.')
  const { organisation, walletType } = found(await readInstitution(tx))
  const given = found(await readAwardGiven(tx, record.id), 'What was awarded is no longer at hand, so no further form can be made.')
  const key = await openCurrentKey(context, tx, organisation)
  const award = { ...given, ...(record.referenceNumber ? { referenceNumber: record.referenceNumber } : {}), id: `urn:uuid:${record.id}` }
  const status: StatusEntry = { list: listAddress(context, row.statusList), index: row.statusIndex, purpose: 'revocation' }
  const edition = await editionOf(tx, row, given)
  const wish = { walletType, publicUrl: context.config.publicUrl }
  const signed = await signedForms[form]({ edition, issuer: key.issuer, signer: key.signer }, wish)
  const bytes = await signLinted(signed, { award, issued: localMoment(organisation, record.sealedAt!), status })
  const stands = await keepForm(tx, { credential: record.id, form, bytes, key: key.id }, context.now)
  await appendEvent(tx, { at: context.now, actor: context.caller.person ?? 'learner', name: 'credential.form', subject: record.id })
  return stands
}
