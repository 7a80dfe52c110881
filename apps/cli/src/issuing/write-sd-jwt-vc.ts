/** The SD-JWT VC of an award: for wallets, with every personal claim the holder's to reveal. */
import {
  type ComposedSdJwtVc,
  type CredentialType,
  composeSdJwtVc,
  composeTypeMetadata,
  learningCredentialType,
  lintSdJwtVc,
  microCredentialType,
  prepareSdJwtVc,
} from '@cairn/formats'
import { createSalts } from '@cairn/keys'
import { integrityOf, issueSdJwt } from '@cairn/seals'
import type { AwardToIssue, FormatWriter } from './format-writer.ts'
import type { Issuing } from './prepare-issuing.ts'

const utf8 = new TextEncoder()

/** Credentials of the European type, under which wallets ask for learning credentials. */
export function writeLearningCredential(issuing: Issuing): FormatWriter {
  return writeSdJwtVc(issuing, { vct: learningCredentialType })
}

/** Credentials of our own type, which is also of the European one; the hash of its description is signed with them. */
export async function writeMicroCredential(issuing: Issuing): Promise<FormatWriter> {
  const base = utf8.encode(JSON.stringify(composeTypeMetadata({ type: 'learning-credential' })))
  const own = composeTypeMetadata({ type: 'micro-credential', extendsIntegrity: await integrityOf(base) })
  const integrity = await integrityOf(utf8.encode(JSON.stringify(own)))
  return writeSdJwtVc(issuing, { vct: microCredentialType, integrity, also: [learningCredentialType] })
}

function writeSdJwtVc({ edition, issuer, signer }: Issuing, type: CredentialType): FormatWriter {
  const prepared = prepareSdJwtVc(edition, issuer, type)
  const salt = createSalts()
  const compose = ({ given, id, issued }: AwardToIssue): ComposedSdJwtVc => composeSdJwtVc(prepared, { ...given, id }, { issued })
  return {
    async write(award) {
      const { claims, frame } = compose(award)
      const token = await issueSdJwt({ type: 'dc+sd-jwt', claims, frame, signer, salt })
      return { fileName: `${award.name}.sd-jwt`, bytes: utf8.encode(token) }
    },
    lint: (award) => lintSdJwtVc(compose(award)),
  }
}
