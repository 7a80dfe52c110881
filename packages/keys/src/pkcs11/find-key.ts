/** Keys and certificates in a token. */
import { ProblemError } from '@cairn/core'
import type { Template } from 'pkcs11js'
import type { OpenToken } from './token.ts'

const attributes = { class: 0x0, label: 0x3, value: 0x11, certificateType: 0x80, id: 0x102, keyType: 0x100 } as const
const classes = { certificate: 1, privateKey: 3 } as const

/** A private key in a token. `id` is hexadecimal. */
export interface TokenKey {
  handle: Buffer
  label: string
  id: string
}

/** All private keys that the token shows to who opened it. */
export function keysIn(token: OpenToken): TokenKey[] {
  return find(token, [{ type: attributes.class, value: classes.privateKey }]).map((handle) => ({
    handle,
    label: read(token, handle, attributes.label).toString('utf8'),
    id: read(token, handle, attributes.id).toString('hex'),
  }))
}

/** The one key of that label or hexadecimal id. Raises `key.missing` for none, and for more than one. */
export function keyNamed(token: OpenToken, name: string): TokenKey {
  const all = keysIn(token)
  const byId = all.filter(({ id }) => id !== '' && id === name.toLowerCase())
  const found = byId.length > 0 ? byId : all.filter(({ label }) => label === name)
  if (found.length > 1) throw new ProblemError('key.missing', 'The token has several keys of that name. Name one by its id.')
  if (!found[0]) throw new ProblemError('key.missing', 'The token has no key of that name.')
  return found[0]
}

/** Certificates in the token with the id of a key, DER. */
export function certificatesFor(token: OpenToken, key: TokenKey): Uint8Array[] {
  if (key.id === '') return []
  const template: Template = [
    { type: attributes.class, value: classes.certificate },
    { type: attributes.id, value: Buffer.from(key.id, 'hex') },
  ]
  return find(token, template).map((handle) => new Uint8Array(read(token, handle, attributes.value)))
}

const most = 1000

function find({ device, session }: OpenToken, template: Template): Buffer[] {
  device.C_FindObjectsInit(session, template)
  try {
    return device.C_FindObjects(session, most)
  } finally {
    device.C_FindObjectsFinal(session)
  }
}

function read({ device, session }: OpenToken, handle: Buffer, type: number): Buffer {
  const value = device.C_GetAttributeValue(session, handle, [{ type }])[0]?.value
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0)
}
