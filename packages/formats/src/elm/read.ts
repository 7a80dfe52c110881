/** From a European Learning Model credential to what is shown of it. */
import type { JsonObject, SignedView } from '@cairn/core'
import { languageTag } from '@cairn/core'
import { conceptLabel, iri, list, nodes, text, textOf, through } from './nodes.ts'
import { readClaim } from './read-claim.ts'

/**
 * The view of an ELM credential, from the document alone (R-DISP-1): object or list everywhere, texts in `language`, else in the credential's primary
 * language. What the document does not say is absent. Reads foreign credentials too; never throws on what `parseJson` gives.
 */
export function readElm(document: JsonObject, language?: string): SignedView {
  const [display] = nodes(document.displayParameter)
  const primary = languageTag(iri(display?.primaryLanguage) ?? '') ?? 'en'
  const languages = [...(language ? [language] : []), primary, 'en']
  const [subject] = nodes(document.credentialSubject)
  const [claim] = through(subject, 'hasClaim')
  const [body] = through(claim, 'awardedBy', 'awardingBody')
  const [issuer] = nodes(document.issuer)
  const name = (node: JsonObject | undefined) => textOf(node?.legalName ?? node?.prefLabel ?? node?.altLabel, languages)
  const optional = {
    description:
      textOf(claim?.description, languages) ??
      textOf(through(claim, 'specifiedBy')[0]?.description, languages) ??
      textOf(display?.description, languages),
    referenceNumber: through(document, 'identifier').map((identifier) => text(identifier.notation))[0],
    dateOfBirth: dayIfMidnight(text(subject?.dateOfBirth)),
    awardDate: dayIfMidnight(through(claim, 'awardedBy').map((awarding) => text(awarding.awardingDate))[0]),
    validFrom: text(document.validFrom) ?? text(document.issuanceDate),
    validUntil: text(document.validUntil) ?? text(document.expirationDate),
    image: readImage(display, language ?? primary),
  }
  return {
    id: text(document.id) ?? '',
    title: textOf(claim?.title, languages) ?? textOf(display?.title, languages) ?? '',
    learner: learnerName(subject, languages),
    awardingBody: name(body) ?? '',
    issuer: name(issuer) ?? text(document.issuer) ?? '',
    issued: text(document.issued) ?? text(document.issuanceDate) ?? '',
    language: primary,
    ...present(optional),
    ...readClaim(claim, languages),
  }
}

function learnerName(subject: JsonObject | undefined, languages: readonly string[]): string {
  const full = textOf(subject?.fullName, languages)
  return (
    full ??
    [subject?.givenName, subject?.familyName]
      .map((part) => textOf(part, languages))
      .filter((part) => part !== undefined)
      .join(' ')
  )
}

/** A moment at midnight UTC is a day; any other moment stays as it is signed. */
function dayIfMidnight(moment: string | undefined): string | undefined {
  return moment?.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?(?:Z|\+00:00)$/, '$1')
}

function readImage(display: JsonObject | undefined, language: string): SignedView['image'] {
  const displays = through(display, 'individualDisplay')
  const inLanguage = displays.find((each) => languageTag(iri(each.language) ?? '') === language) ?? displays[0]
  for (const image of through(inLanguage, 'displayDetail', 'image')) {
    const base64 = text(image.content)
    const kind = conceptLabel(nodes(image.contentType)[0], ['en']) ?? iri(image.contentType) ?? ''
    const mediaType = /PNG$/i.test(kind) ? 'image/png' : /JPE?G$/i.test(kind) ? 'image/jpeg' : undefined
    if (base64 && mediaType && isBase64(base64)) return { mediaType, base64 }
  }
  return undefined
}

/** What was found to be base64 last: thousands of credentials in turn have the same picture, and to look whether it is the same takes no time. */
let lastFound = ''
function isBase64(text: string): boolean {
  if (text === lastFound) return true
  if (!/^[A-Za-z0-9+/]+=*$/.test(text)) return false
  lastFound = text
  return true
}

function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** Every language tag in which a credential offers its picture, primary language first. */
export function displayLanguages(document: JsonObject): string[] {
  const [display] = nodes(document.displayParameter)
  const tags = [display?.primaryLanguage, ...list(display?.language)].map((concept) => languageTag(iri(concept) ?? ''))
  return [...new Set(tags.filter((tag) => tag !== undefined))]
}
