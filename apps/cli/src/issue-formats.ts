/** The forms in which an award can be issued, one entry a form: `--format elm,sd-jwt-vc` gives both, under one id. A new form adds its entry. */
import { type JsonObject, parseJson, type Unsealed } from '@cairn/core'
import { composeElm, lintElm } from '@cairn/formats'
import { finishSeal, prepareSeal } from '@cairn/seals'
import type { AwardToIssue, FormatWriter } from './issuing/format-writer.ts'
import type { Issuing } from './issuing/prepare-issuing.ts'
import { writeBakedBadge, writeOpenBadge } from './issuing/write-open-badge.ts'
import { writeLearningCredential, writeMicroCredential } from './issuing/write-sd-jwt-vc.ts'

/** The forms by the word after `--format`; each makes itself ready once for an issue. */
export const issueFormats: Readonly<Record<string, (issuing: Issuing) => FormatWriter | Promise<FormatWriter>>> = {
  elm: writeElm,
  'sd-jwt-vc': writeLearningCredential,
  'micro-credential-sd-jwt-vc': writeMicroCredential,
  'open-badges': writeOpenBadge,
  png: writeBakedBadge,
}

/** European Digital Credential: the European Learning Model under a JAdES seal. */
function writeElm({ prepared, signer }: Issuing): FormatWriter {
  const compose = ({ given, id, issued }: AwardToIssue): Unsealed => composeElm(prepared, { ...given, id }, { issued })
  return {
    async write(award) {
      const toSeal = await prepareSeal(compose(award), {
        certificates: signer.certificates,
        algorithm: signer.algorithm,
        at: award.issued,
      })
      const { bytes } = finishSeal(toSeal, await signer.sign(toSeal.toBeSigned))
      return { fileName: `${award.name}.jsonld`, bytes }
    },
    lint: (award) => lintElm(parseJson(compose(award).payload) as JsonObject, { profile: 'elm', at: award.issued }),
  }
}
