/** Texts in several languages, and the small scalars that every noun is made of. */
import { z } from 'zod'

/** A language tag (BCP 47), lower-case language first: `en`, `cs`, `zh-Hant`. ELM refuses tags with blanks, so they are refused here. */
export const LanguageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A language tag such as "en" or "cs".')
  .meta({ id: 'LanguageTag', title: 'Language' })
export type LanguageTag = z.infer<typeof LanguageTag>

/** The same text in one or more languages, one text a language: `{ en: 'Climate data', cs: 'Klimatická data' }`. */
export const LangString = z.record(LanguageTag, z.string().min(1).max(20_000)).meta({ id: 'LangString', title: 'Text by language' })
export type LangString = z.infer<typeof LangString>

/** An identifier of ours: `urn:uuid:` and a UUID in lower case. */
export const Urn = z
  .string()
  .regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .meta({ id: 'Urn', title: 'Identifier' })
export type Urn = z.infer<typeof Urn>

/** A UUID in lower case: the key of a row. */
export const Uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .meta({ id: 'Uuid', title: 'Key' })
export type Uuid = z.infer<typeof Uuid>

/** An absolute http or https address. */
export const WebAddress = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s/$.?#][^\s]*$/i, 'A web address that begins with https://')
  .meta({ id: 'WebAddress', title: 'Web address' })
export type WebAddress = z.infer<typeof WebAddress>

/** A plain mail address, `local@domain` without quotes, line breaks or anything that cannot be seen, at most 254 characters (R-MAIL-1). */
export const MailAddress = z
  .string()
  .max(254)
  .regex(
    /^[^\s\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\ufffd"(),:;<>@[\\\]]+@[^\s\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\ufffd"(),:;<>@[\\\]]+\.[^\s\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\ufffd"(),:;<>@[\\\].]+$/u,
    'A mail address such as ana@example.org',
  )
  .meta({ id: 'MailAddress', title: 'E-mail' })
export type MailAddress = z.infer<typeof MailAddress>

/** An absolute IRI that names a concept of a controlled list. */
export const Iri = z
  .string()
  .max(500)
  .regex(/^[a-z][a-z0-9+.-]*:\S+$/i)
  .meta({ id: 'Iri', title: 'Concept' })
export type Iri = z.infer<typeof Iri>

/** A concept of any framework: its IRI or a code, what it is called, and the list it stands in. */
export const ConceptRef = z
  .strictObject({ id: Iri, label: LangString, scheme: Iri.optional(), code: z.string().max(100).optional() })
  .meta({ id: 'ConceptRef', title: 'Concept' })
export type ConceptRef = z.infer<typeof ConceptRef>
