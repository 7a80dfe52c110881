/** The did:key of a certificate's key, for registries that name keys and no certificates (did:key method; multicodec). */
import { type Certificate, didKeyOfSpki } from '@cairn/seals'

/** `did:key:z…` of an Ed25519, P-256 or P-384 key; `undefined` for other kinds: who seals with RSA is known by certificate alone. */
export const didKeyOf = ({ spki, keyKind }: Certificate): string | undefined => (keyKind === 'rsa' ? undefined : didKeyOfSpki(spki))
