/** A credential of the sample edition, sealed by a key of a neighbourhood: where tests of what comes after a seal begin. */
import type { TrustRegistry } from '@cairn/core'
import { composeElm, prepareElm } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { finishSeal, prepareSeal, type Signer } from '@cairn/seals'
import type { RunningAuthority } from './running-authority.ts'
import { sampleEdition, sampleInstitution } from './sample-edition.ts'

/** The seal at level B-B, what was sealed, who did, and a registry that believes it. */
export interface SealedSample {
  sealed: Uint8Array
  document: ReturnType<typeof composeElm>
  signer: Signer
  issuer: Parameters<typeof prepareElm>[1]
  registry: TrustRegistry
}

/** Seals a credential of Ana at a moment, with an entry of a status list where one is named. */
export async function sealSample(
  authority: RunningAuthority,
  at: string,
  status?: { list: string; index: number; purpose: 'revocation' },
): Promise<SealedSample> {
  const organizationIdentifier = 'VATCZ-00000019'
  const made = authority.issue({ organisation: 'Lakeside Institute', organizationIdentifier })
  const signer = makeSigner(made.privateKey, made.certificates)
  const issuer = { organisation: sampleInstitution, organizationIdentifier }
  const award = {
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
    learner: { givenName: 'Ana', identifier: '1' },
    awardDate: '2026-05-10',
  }
  const image = { language: 'en', mediaType: 'image/png', base64: 'iVBORw0KGgo=' } as const
  const document = composeElm(prepareElm(sampleEdition, issuer, [image]), award, { issued: at, ...(status ? { status } : {}) })
  const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: 'ES256', at })
  const entry = { id: sampleInstitution.id, legalName: 'Lakeside', organizationIdentifier, keys: [], types: ['*'], logRequired: false }
  return {
    sealed: finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes,
    document,
    signer,
    issuer,
    registry: { anchors: [authority.anchor], trustedLists: [], issuers: [entry] },
  }
}
