/** The one word a credential needs that nobody writes by hand: an assessment without a mark was passed. */
const passed: Record<string, string> = {
  bg: 'Издържал',
  cs: 'Splněno',
  da: 'Bestået',
  de: 'Bestanden',
  el: 'Επιτυχία',
  en: 'Passed',
  es: 'Apto',
  et: 'Arvestatud',
  fi: 'Hyväksytty',
  fr: 'Réussi',
  ga: 'Pas',
  hr: 'Položeno',
  hu: 'Megfelelt',
  it: 'Superato',
  lt: 'Įskaityta',
  lv: 'Ieskaitīts',
  mt: 'Għadda',
  nl: 'Geslaagd',
  no: 'Bestått',
  pl: 'Zaliczone',
  pt: 'Aprovado',
  ro: 'Promovat',
  sk: 'Absolvované',
  sl: 'Opravljeno',
  sv: 'Godkänd',
}

/** "Passed" in the language, in English where we lack the word. */
export function passedIn(language: string): Record<string, string> {
  const primary = language.split('-')[0]!
  const word = passed[primary]
  return word === undefined ? { en: passed.en! } : { [language]: word }
}
