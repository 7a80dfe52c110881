/** Organisations: the institution that awards, the body that seals, the agency that accredits. */
import { z } from 'zod'
import { PlainDate } from './moments.ts'
import { Iri, LangString, MailAddress, Urn, WebAddress } from './text.ts'
import { isTimeZone } from './time-zone.ts'

/** An official number of an organisation: what register, which number, which country (ISO 3166-1 alpha-2). */
export const OfficialIdentifier = z
  .strictObject({
    kind: z.enum(['registration', 'vat', 'tax', 'eidas', 'lei', 'erasmus', 'deqar', 'eter', 'ror', 'other']),
    value: z.string().min(1).max(200),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  })
  .meta({ id: 'OfficialIdentifier', title: 'Official identifier' })
export type OfficialIdentifier = z.infer<typeof OfficialIdentifier>

/** An accreditation or other external review of a body or a programme (ELM Accreditation; domain.md 6.1). */
export const Accreditation = z
  .strictObject({
    title: LangString,
    /** Concept of the EU accreditation type list. */
    type: Iri,
    agency: z.strictObject({ legalName: LangString, country: z.string().regex(/^[A-Z]{2}$/), homepage: WebAddress.optional() }),
    decision: z.enum(['positive', 'positive-with-conditions', 'negative', 'not-applicable']).default('positive'),
    issued: PlainDate,
    validUntil: PlainDate.optional(),
    reviewDate: PlainDate.optional(),
    eqfLevels: z.array(z.int().min(1).max(8)).max(8).optional(),
    /** ISCED-F concepts it is limited to. */
    fields: z.array(Iri).max(50).optional(),
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .max(50)
      .optional(),
    report: WebAddress.optional(),
  })
  .meta({ id: 'Accreditation', title: 'Accreditation' })
export type Accreditation = z.infer<typeof Accreditation>

/** An organisation as a credential names it. `country` is ISO 3166-1 alpha-2, `region` a concept of the EU ATU list. */
export const Organisation = z
  .strictObject({
    id: Urn,
    legalName: LangString,
    country: z.string().regex(/^[A-Z]{2}$/, 'A country code of two letters'),
    region: Iri.optional(),
    address: LangString.optional(),
    identifiers: z.array(OfficialIdentifier).max(10),
    homepage: WebAddress.optional(),
    email: MailAddress.optional(),
    accreditations: z.array(Accreditation).max(20).default([]),
    higherEducation: z.boolean().default(false),
    /** By whose clock its days begin (IANA), where its country has more than one; no credential says it but by the offset of its moments. */
    timeZone: z.string().max(60).refine(isTimeZone, 'A time zone such as Pacific/Auckland').optional(),
  })
  .meta({ id: 'Organisation', title: 'Organisation' })
export type Organisation = z.infer<typeof Organisation>

/** The body that seals, as its certificate names it: organizationIdentifier (2.5.4.97) such as `VATXX-123`. */
export const Issuer = z
  .strictObject({
    organisation: Organisation,
    organizationIdentifier: z.string().min(1).max(200),
    certificateName: z.string().max(500).optional(),
  })
  .meta({ id: 'Issuer', title: 'Issuer' })
export type Issuer = z.infer<typeof Issuer>
