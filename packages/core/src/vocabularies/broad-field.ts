/** The broad field of ISCED-F that a code belongs to, without the table of all fields. */

/** The broad field, two digits, of an ISCED-F code or concept IRI; `undefined` when it is none. */
export function broadField(codeOrIri: string): string | undefined {
  return /(?:^|\/isced-f\/)(\d{2})\d{0,2}$/.exec(codeOrIri)?.[1]
}
