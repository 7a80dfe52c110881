/** A neighbourhood that lasts: its keys and certificates as JSON, so that a demonstration is the same after a restart. */
import { createPrivateKey as readPrivateKey } from 'node:crypto'
import type { Authority } from './authority.ts'
import type { CertifiedKey, Subject } from './certificate.ts'
import type { Revocation } from './revocation.ts'

interface SavedKey {
  subject: Subject
  /** DER, base64. */
  certificate: string
  /** PKCS#8 in DER, base64, not encrypted: these keys are for trying and never count in production. */
  privateKey: string
}

/** What is kept; plain JSON. */
export interface SavedAuthority {
  name: string
  demonstration: boolean
  port: number
  root: SavedKey
  issuing: SavedKey
  tsa: SavedKey
  responder: SavedKey
  revoked: { root: SavedRevocation[]; seal: SavedRevocation[] }
}
interface SavedRevocation {
  serial: string
  at: string
  reason?: number
}

/** A key with its certificate as JSON. */
export function saveKey({ subject, certificate, privateKey }: CertifiedKey): SavedKey {
  return {
    subject,
    certificate: Buffer.from(certificate).toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  }
}

/** A key with its certificate from JSON. */
export function loadKey({ subject, certificate, privateKey }: SavedKey): CertifiedKey {
  return {
    subject,
    certificate: new Uint8Array(Buffer.from(certificate, 'base64')),
    privateKey: readPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' }),
  }
}

/** Root and seal authority as they were saved. */
export function loadAuthority({ name, demonstration, root, issuing }: SavedAuthority): Authority {
  return { name, demonstration, root: loadKey(root), issuing: loadKey(issuing), anchor: root.certificate }
}

/** Revocations as JSON. */
export const saveRevocations = (list: Iterable<Revocation>): SavedRevocation[] =>
  [...list].map(({ serial, at, reason }) => ({ serial, at: at.toISOString(), ...(reason === undefined ? {} : { reason }) }))

/** Revocations from JSON, by serial number. */
export const loadRevocations = (list: readonly SavedRevocation[]): Map<string, Revocation> =>
  new Map(list.map(({ serial, at, reason }) => [serial, { serial, at: new Date(at), ...(reason === undefined ? {} : { reason }) }]))
