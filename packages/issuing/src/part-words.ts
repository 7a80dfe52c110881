/** What an award in part adds to its title, and the sentence that says so. */

/** Words of one language; `{met}` and `{all}` are how many outcomes. */
export interface PartWords {
  part: string
  sentence: string
}

const words = (part: string, sentence: string): PartWords => ({ part, sentence })

/** By language. */
export const partWords: Readonly<Record<string, PartWords>> = {
  ar: words('جزء', 'مُنحت جزئيًا: {met} من {all} من نواتج التعلم.'),
  bg: words('част', 'Присъдено частично: {met} от {all} учебни резултата.'),
  cs: words('část', 'Uděleno zčásti: {met} z {all} výsledků učení.'),
  da: words('del', 'Tildelt delvist: {met} af {all} læringsudbytter.'),
  de: words('Teil', 'In Teilen verliehen: {met} von {all} Lernergebnissen.'),
  el: words('μέρος', 'Απονεμήθηκε εν μέρει: {met} από {all} μαθησιακά αποτελέσματα.'),
  en: words('part', 'Awarded in part: {met} of {all} learning outcomes.'),
  es: words('parte', 'Otorgado en parte: {met} de {all} resultados de aprendizaje.'),
  et: words('osa', 'Antud osaliselt: õpiväljundid {met}/{all}.'),
  fi: words('osa', 'Myönnetty osittain: {met}/{all} oppimistulosta.'),
  fr: words('partie', 'Délivré en partie : {met} acquis d’apprentissage sur {all}.'),
  ga: words('cuid', 'Bronnta i bpáirt: {met} as {all} toradh foghlama.'),
  hr: words('dio', 'Dodijeljeno djelomično: {met} od {all} ishoda učenja.'),
  hu: words('rész', 'Részben odaítélve: {met}/{all} tanulási eredmény.'),
  it: words('parte', 'Conferito in parte: {met} risultati di apprendimento su {all}.'),
  lt: words('dalis', 'Suteikta iš dalies: {met} iš {all} mokymosi rezultatų.'),
  lv: words('daļa', 'Piešķirts daļēji: {met} no {all} mācīšanās rezultātiem.'),
  mt: words('parti', 'Mogħti parzjalment: {met} minn {all} riżultati tat-tagħlim.'),
  nl: words('deel', 'Gedeeltelijk toegekend: {met} van {all} leerresultaten.'),
  no: words('del', 'Tildelt delvis: {met} av {all} læringsutbytter.'),
  pl: words('część', 'Przyznano w części: {met} z {all} efektów uczenia się.'),
  pt: words('parte', 'Atribuído em parte: {met} de {all} resultados de aprendizagem.'),
  ro: words('parte', 'Acordat parțial: {met} din {all} rezultate ale învățării.'),
  sk: words('časť', 'Udelené čiastočne: {met} z {all} výsledkov vzdelávania.'),
  sl: words('del', 'Podeljeno delno: {met} od {all} učnih izidov.'),
  sv: words('del', 'Delvis tilldelat: {met} av {all} läranderesultat.'),
}
