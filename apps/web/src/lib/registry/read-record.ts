/** From the form of an entry to the record it proposes. */
import type { Json } from '@cairn/core'
import { textOf } from '#lib/page/attempt.ts'

/** Reads the form. What is not as it should be is for the operation to say. */
export function readRecord(form: FormData): Json {
  const words = (name: string) => (textOf(form, name) ?? '').split(/[\s,;]+/).filter(Boolean)
  const optional = Object.fromEntries(
    Object.entries({
      organizationIdentifier: textOf(form, 'organizationIdentifier'),
      from: textOf(form, 'from'),
      to: textOf(form, 'to'),
      kinds: some(form.getAll('kinds').map(String)),
      levels: some(words('levels').map(Number)),
      fields: some(words('fields')),
      places: some(words('places').map((place) => place.toUpperCase())),
      statusLists: some(words('statusLists')),
    }).filter(([, value]) => value !== undefined),
  ) as Record<string, Json>
  return {
    kind: textOf(form, 'kind') ?? 'issuer',
    entry: {
      id: textOf(form, 'id') ?? '',
      legalName: textOf(form, 'legalName') ?? '',
      keys: words('keys'),
      types: ['*'],
      logRequired: false,
      ...optional,
    },
    anchors: certificatesIn(textOf(form, 'anchors') ?? ''),
  }
}

const some = <T>(values: T[]): T[] | undefined => (values.length > 0 ? values : undefined)

/** Certificates in PEM, or one in bare base64. */
function certificatesIn(text: string): string[] {
  const bodies = [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g)].map(([, body]) => body ?? '')
  return (bodies.length > 0 ? bodies : [text]).map((body) => body.replace(/\s+/g, '')).filter(Boolean)
}

/** Certificates (base64 DER) as PEM, for a form that changes them. */
export function pemOf(anchors: readonly string[]): string {
  return anchors
    .map((text) => `-----BEGIN CERTIFICATE-----\n${text.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----`)
    .join('\n')
}
