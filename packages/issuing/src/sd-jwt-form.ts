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

/** Tokens of our own type, which is also of the European one; the hash of its description is signed with them. */
export async function microCredentialForm(given: FormGiven, salt: () => string): Promise<AwardForm> {
  const base = utf8.encode(JSON.stringify(composeTypeMetadata({ type: 'learning-credential' })))
  const own = composeTypeMetadata({ type: 'micro-credential', extendsIntegrity: await integrityOf(base) })
  const integrity = await integrityOf(utf8.encode(JSON.stringify(own)))
  return sdJwtForm(given, salt, { vct: microCredentialType, integrity, also: [learningCredentialType] })
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
