/** What a seal was worth by the trusted lists in the evidence: told, and no part of the verdict. */
import type { SealQualificationFound, TrustedService } from '@cairn/core'
import type { Certificate } from '@cairn/seals'
import { qualifiedStatusAt } from '@cairn/trustlists'
import type { Values } from '../validation/values.ts'

/** The certificate that sealed, what is at hand beside it, and the moment that is asked about (RFC 3339). */
export interface QualificationAsked {
  leaf: Certificate
  values: Values
  services: readonly TrustedService[] | undefined
  at: string
}

/** The qualification of the seal; nothing when there are no trusted lists to ask. */
export async function qualificationOf({ leaf, values, services, at }: QualificationAsked): Promise<SealQualificationFound | undefined> {
  if (!services || services.length === 0) return undefined
  const { qualification, holder, service, reasons } = await qualifiedStatusAt(leaf, services, at, { others: values.certificates })
  const { territory, name, providerName } = service ?? {}
  const named =
    territory !== undefined && name !== undefined && providerName !== undefined ? { service: { territory, name, providerName } } : {}
  return { qualification, holder, ...named, reasons, at }
}
