/** The whole credential of an edition, with marks where the learner's own facts go. */
import {
  awardingBodyOf,
  credentialProfiles,
  type Edition,
  encodings,
  evidenceTypes,
  fileTypes,
  type Issuer,
  type JsonObject,
  type LangString,
} from '@cairn/core'
import { languageNode, listed, node } from './build.ts'
import { claimTemplate } from './claim-template.ts'
import { againNode, organisationNode } from './organisation-node.ts'
import { members, slot } from './slots.ts'
import { codes, elmContext, profiles } from './terms.ts'

/** A rendered picture of the credential in one language, without learner data. */
export interface DisplayImage {
  language: string
  mediaType: 'image/png' | 'image/jpeg'
  base64: string
}

/** Who seals and who awards, as nodes; one node when they are the same body. */
export function bodies(edition: Edition, issuer: Issuer): { issuer: JsonObject; body: JsonObject; onBehalf: boolean } {
  const awarding = awardingBodyOf(edition)
  const sealer = organisationNode(issuer.organisation, issuer.organizationIdentifier)
  const onBehalf = awarding.id !== issuer.organisation.id
  return { issuer: sealer, body: onBehalf ? organisationNode(awarding) : sealer, onBehalf }
}

/** The template of an edition's credentials under the application profile 1.2. */
export function credentialTemplate(edition: Edition, issuer: Issuer, images: readonly DisplayImage[]): JsonObject {
  const { issuer: sealer, body, onBehalf } = bodies(edition, issuer)
  const used = onBehalf ? [profiles.generic, profiles.mandate] : [profiles.generic]
  return node({
    '@context': [...elmContext],
    id: slot('id'),
    type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
    credentialProfiles: used.map(({ code }) => listed(credentialProfiles, `${credentialProfiles.base}${code}`)!),
    credentialSchema: used.map(({ schema }) => ({ id: schema, type: 'ShaclValidator2017' })),
    issued: slot('issued'),
    issuanceDate: slot('issued'),
    validFrom: slot('issued'),
    ...members('validUntil'),
    ...members('identifier'),
    issuer: sealer,
    ...members('status'),
    evidence: onBehalf ? [mandateEvidence(edition, body)] : [],
    credentialSubject: { id: slot('id#learner'), type: 'Person', ...members('person'), hasClaim: [claimTemplate(edition, body)] },
    displayParameter: displayNode({ ...edition.specification, id: `${edition.achievement}#display` }, images),
  })
}

/** Sealing on behalf of the awarding body (profile issuedByMandate): who claims and who certifies stays distinct. */
function mandateEvidence(edition: Edition, body: JsonObject): JsonObject {
  return {
    id: `${edition.achievement}#mandate`,
    type: 'Evidence',
    dcType: listed(evidenceTypes, `${evidenceTypes.base}${codes.mandateEvidence}`)!,
    evidenceStatement:
      'Every claim in this credential is made by the awarding body it names, which alone answers for it. By its electronic seal the issuing organisation, ' +
      'acting under a mandate of that body, certifies that each claim comes from it.',
    evidenceTarget: againNode(body),
  }
}

/** What is displayed: title, languages and pictures, under an id of its own. */
export function displayNode(
  {
    id,
    title,
    description,
    primaryLanguage,
  }: { id: string; title: LangString; description?: LangString | undefined; primaryLanguage: string },
  images: readonly DisplayImage[],
): JsonObject {
  const tags = new Set([primaryLanguage, ...Object.keys(title), ...images.map((image) => image.language)])
  const languages = new Map([...tags].map((tag) => [String(languageNode(tag).id), languageNode(tag)]))
  return node({
    id,
    type: 'DisplayParameter',
    title,
    description,
    primaryLanguage: languageNode(primaryLanguage),
    language: [...languages.values()],
    individualDisplay: images.map((image, index) => ({
      id: `${id}-${index + 1}`,
      type: 'IndividualDisplay',
      language: languageNode(image.language),
      displayDetail: [
        {
          id: `${id}-${index + 1}-page`,
          type: 'DisplayDetail',
          page: 1,
          image: {
            id: `${id}-${index + 1}-image`,
            type: 'MediaObject',
            content: image.base64,
            contentEncoding: listed(encodings, `${encodings.base}${codes.base64}`)!,
            contentType: listed(fileTypes, `${fileTypes.base}${image.mediaType === 'image/png' ? 'PNG' : 'JPEG'}`)!,
          },
        },
      ],
    })),
  })
}
