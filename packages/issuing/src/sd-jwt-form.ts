/** The SD-JWT VC of an award: for wallets, with every personal claim the holder's to reveal. */
import {
  type CredentialType,
  composeSdJwtVc,
  composeTypeMetadata,
  learningCredentialType,
  lintSdJwtVc,
  microCredentialType,
  prepareSdJwtVc,
} from '@cairn/formats'
import { integrityOf, issueSdJwt } from '@cairn/seals'
import type { AwardForm, AwardToSign, FormGiven } from './award-form.ts'

const utf8 = new TextEncoder()

/** Tokens of the European type, under which wallets ask for learning credentials. `salt` gives a fresh one of 128 bits each time, as base64url. */
export const learningCredentialForm = (given: FormGiven, salt: () => string): AwardForm =>
  sdJwtForm(given, salt, { vct: learningCredentialType })

/**
 * Tokens of our own type, which is also of the European one; the hash of its description is signed with them. `address` is where the description is
 * published (https): then the type is called by it, and everybody can read it there.
 */
export async function microCredentialForm(given: FormGiven, salt: () => string, address: string = microCredentialType): Promise<AwardForm> {
  const { own } = await publishedTypes(address)
  return sdJwtForm(given, salt, { vct: address, integrity: await integrityOf(own), also: [learningCredentialType] })
}

/** The descriptions of our types, byte for byte as they are published: the European one as we issue it, and our own, called by `address`. */
export async function publishedTypes(address: string): Promise<{ european: Uint8Array; own: Uint8Array }> {
  const european = utf8.encode(JSON.stringify(composeTypeMetadata({ type: 'learning-credential' })))
  const own = composeTypeMetadata({ type: 'micro-credential', vct: address, extendsIntegrity: await integrityOf(european) })
  return { european, own: utf8.encode(JSON.stringify(own)) }
}

function sdJwtForm({ edition, issuer, signer }: FormGiven, salt: () => string, type: CredentialType): AwardForm {
  const prepared = prepareSdJwtVc(edition, issuer, type)
  const compose = ({ award, issued, status }: AwardToSign) => composeSdJwtVc(prepared, award, { issued, ...(status ? { status } : {}) })
  return {
    async sign(award) {
      const { claims, frame } = compose(award)
      return utf8.encode(await issueSdJwt({ type: 'dc+sd-jwt', claims, frame, signer, salt }))
    },
    lint: (award) => lintSdJwtVc(compose(award)),
  }
}
