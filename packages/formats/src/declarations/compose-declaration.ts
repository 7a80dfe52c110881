/** A declaration as the document that is sealed: the envelope of a credential with its issuer as an award has it, and the declaration in it. */
import { canonicalJson, type Declaration, declarationTypes, type Issuer, type JsonObject, type Unsealed, unsealed } from '@cairn/core'
import { organisationNode } from '../elm/organisation-node.ts'

/** Who declares it, under which id, and when (RFC 3339). */
export interface DeclarationGiven {
  id: string
  issued: string
  issuer: Issuer
}

/** The exact text that will be sealed: RFC 8785, so that the same declaration is the same bytes. */
export function composeDeclaration({ kind, ...content }: Declaration, { id, issued, issuer }: DeclarationGiven): Unsealed {
  const document = {
    id,
    type: ['VerifiableCredential', declarationTypes[kind]],
    issuer: organisationNode(issuer.organisation, issuer.organizationIdentifier),
    issued,
    validFrom: issued,
    declaration: content as unknown as JsonObject,
  }
  return unsealed({ format: 'declaration', id, payload: canonicalJson(document) })
}
