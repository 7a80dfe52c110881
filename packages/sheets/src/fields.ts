/** What a column may hold: the field names of an award and its learner, and the words people head such columns with. */
import type { AchievementSpecification } from '@cairn/core'

/** Field names as they stand in a file's header. `fullName` is for files that do not part given and family name. */
export const fieldNames = [
  'givenName',
  'familyName',
  'fullName',
  'email',
  'dateOfBirth',
  'identifier',
  'nationalId',
  'nationalIdCountry',
  'language',
  'awardDate',
  'learningStart',
  'learningEnd',
  'assessmentDate',
  'grade',
  'outcomes',
  'referenceNumber',
  'validUntil',
  'evidence',
] as const

/** A field, or `part:` and the key of a part of a transcript, whose cells are that part's grades. */
export type Field = (typeof fieldNames)[number] | `part:${string}`

/** Fields that hold a day. */
export const dateFields = ['dateOfBirth', 'awardDate', 'learningStart', 'learningEnd', 'assessmentDate', 'validUntil'] as const

/** Headings in many languages, written plainly: lower case, no accents, no signs. */
const headings: Readonly<Record<(typeof fieldNames)[number], readonly string[]>> = {
  givenName: words(
    'given name|given names|first name|firstname|forename|jmeno|krestni jmeno|meno|imie|imiona|vorname|prenom|prenoms|nombre|nombres|nome|voornaam|keresztnev|utonev|prenume|fornavn|fornamn|etunimi|ime|vardas|vards|eesnimi|ονομα|имя|име|الاسم الاول|الاسم|שם פרטי|ad|adi|名',
  ),
  familyName: words(
    'family name|last name|lastname|surname|prijmeni|priezvisko|nazwisko|nachname|familienname|nom|nom de famille|apellido|apellidos|cognome|apelido|sobrenome|achternaam|csaladnev|vezeteknev|nume|nume de familie|efternavn|etternavn|efternamn|sukunimi|prezime|priimek|pavarde|uzvards|perekonnanimi|επωνυμο|фамилия|фамилно име|прізвище|اسم العائلة|اللقب|שם משפחה|soyad|soyadi|姓',
  ),
  fullName: words(
    'full name|name|learner|learner name|student|student name|participant|participant name|recipient|jmeno a prijmeni|cele jmeno|student ucastnik|ucastnik|meno a priezvisko|imie i nazwisko|vor und nachname|vollstandiger name|teilnehmer|nom complet|nom et prenom|prenom et nom|nombre completo|nombre y apellidos|nome completo|nome e cognome|naam|volledige naam|nev|teljes nev|nume complet|nume si prenume|navn|fullt namn|namn|nimi|фио|полное имя|الاسم الكامل|שם מלא|ad soyad|姓名|氏名',
  ),
  email: words(
    'email|e mail|mail|email address|e mail address|mail address|e mail adresa|emailova adresa|adres e mail|e mail adresse|adresse e mail|adresse mail|courriel|correo|correo electronico|posta elettronica|indirizzo e mail|e mailadres|e mail cim|adresa de e mail|e post|epost|sahkoposti|почта|эл почта|البريد الالكتروني|بريد|דואל|e posta|eposta|电子邮件|メール',
  ),
  dateOfBirth: words(
    'date of birth|birth date|birthdate|birthday|dob|born|datum narozeni|narozen|datum narodenia|data urodzenia|geburtsdatum|geburtstag|date de naissance|fecha de nacimiento|data di nascita|data de nascimento|geboortedatum|szuletesi datum|szuletesi ido|data nasterii|fodselsdato|fodelsedatum|syntymaaika|datum rodenja|datum rojstva|дата рождения|تاريخ الميلاد|תאריך לידה|dogum tarihi|出生日期|生年月日',
  ),
  identifier: words(
    'identifier|id|student id|student number|learner id|personal number|number|matriculation number|registration number|osobni cislo|cislo studenta|id studenta|studijni cislo|osobne cislo|numer albumu|numer studenta|matrikelnummer|matrikel nr|personalnummer|numero d etudiant|numero etudiant|matricule|numero de estudiante|matricula|matricola|numero di matricola|numero de aluno|studentnummer|hallgatoi azonosito|neptun kod|numar matricol|opiskelijanumero|номер студента|الرقم الجامعي|رقم الطالب|מספר סטודנט|ogrenci no|学号',
  ),
  nationalId: words(
    'national id|national identity number|national identification number|identity number|id card|rodne cislo|pesel|steuer id|numero national|dni|nie|codice fiscale|nif|bsn|cnp|fodselsnummer|personnummer|henkilotunnus|oib|emso|egn|رقم الهوية|מספר זהות|kimlik no|身份证号',
  ),
  nationalIdCountry: words(
    'national id country|country|id country|zeme|stat|krajina|kraj|land|pays|pais|paese|orszag|tara|страна|البلد|ulke|国家',
  ),
  language: words(
    'language|preferred language|lang|jazyk|jezyk|sprache|langue|idioma|lingua|taal|nyelv|limba|sprog|sprak|kieli|язык|اللغة|שפה|dil|语言',
  ),
  awardDate: words(
    'award date|awarded|date awarded|awarded on|date of award|issue date|date of issue|completion date|date|datum|datum udeleni|datum vydani|datum ziskani|udeleno|datum udelenia|data przyznania|data wydania|ausstellungsdatum|verleihungsdatum|datum der verleihung|date d obtention|date de delivrance|fecha de concesion|fecha de expedicion|fecha|data di rilascio|data|data de atribuicao|datum van uitreiking|odaiteles datuma|data acordarii|dato|tildelt dato|paivamaara|дата выдачи|дата|تاريخ المنح|التاريخ|תאריך|verilis tarihi|授予日期|日期',
  ),
  learningStart: words(
    'learning start|start|start date|started|from|begin|course start|zacatek|od|datum zahajeni|zaciatok|poczatek|data rozpoczecia|beginn|startdatum|von|debut|date de debut|inicio|fecha de inicio|inizio|data di inizio|data de inicio|begindatum|kezdes|inceput|startdato|alkaen|начало|تاريخ البدء|התחלה|baslangic|开始日期',
  ),
  learningEnd: words(
    'learning end|end|end date|ended|to|until|finish|course end|konec|do|datum ukonceni|koniec|data zakonczenia|ende|enddatum|bis|fin|date de fin|fecha de fin|fine|data di fine|data de fim|einddatum|befejezes|sfarsit|sluttdato|slutdato|paattyen|конец|окончание|تاريخ الانتهاء|סיום|bitis|结束日期',
  ),
  assessmentDate: words(
    'assessment date|exam date|date of assessment|date of exam|assessed|datum zkousky|datum hodnoceni|datum skusky|data egzaminu|prufungsdatum|datum der prufung|date d examen|date d evaluation|fecha de examen|fecha de evaluacion|data d esame|data dell esame|data do exame|examendatum|vizsga datuma|data examenului|eksamensdato|дата экзамена|تاريخ الامتحان|תאריך בחינה|sinav tarihi|考试日期',
  ),
  grade: words(
    'grade|mark|score|result|points|znamka|hodnoceni|vysledek|body|hodnotenie|vysledok|ocena|wynik|note|ergebnis|resultat|nota|calificacion|voto|risultato|classificacao|cijfer|resultaat|jegy|eredmeny|karakter|betyg|arvosana|ocjena|оценка|результат|الدرجة|النتيجة|ציון|puan|成绩|成績',
  ),
  outcomes: words(
    'outcomes|outcomes met|learning outcomes|outcomes achieved|vysledky|vysledky uceni|dosazene vysledky|splnene vysledky|vysledky vzdelavania|efekty uczenia sie|lernergebnisse|erreichte lernergebnisse|acquis|acquis d apprentissage|resultados de aprendizaje|risultati di apprendimento|resultados de aprendizagem|leerresultaten|tanulasi eredmenyek|rezultatele invatarii|laeringsutbytte|laringsudbytte|larandemal|oppimistulokset|ishodi ucenja|ucni izidi|результаты обучения|نواتج التعلم|ogrenme ciktilari|学习成果',
  ),
  referenceNumber: words(
    'reference number|reference|certificate number|certificate no|serial number|diploma number|cislo osvedceni|cislo certifikatu|cislo diplomu|evidencni cislo|numer certyfikatu|numer dyplomu|zertifikatsnummer|urkundennummer|numero de certificat|numero de certificado|numero certificato|certificaatnummer|bizonyitvany szama|numar certificat|sertifikatnummer|номер сертификата|رقم الشهادة|מספר תעודה|sertifika no|证书编号',
  ),
  validUntil: words(
    'valid until|expiry|expiry date|expires|expiration date|platnost do|plati do|platne do|wazne do|gultig bis|ablaufdatum|valable jusqu au|date d expiration|valido hasta|fecha de caducidad|valido fino al|data di scadenza|valido ate|geldig tot|ervenyes|valabil pana la|gyldig til|giltigt till|voimassa|действителен до|صالح حتى|בתוקף עד|gecerlilik|有效期至',
  ),
  evidence: words(
    'evidence|evidence url|evidence link|portfolio|doklad|dukaz|odkaz na praci|nachweis|preuve|evidencia|prova|bewijs|dowod|الدليل',
  ),
}

function words(list: string): readonly string[] {
  return list.split('|')
}

/** A heading as it is compared: lower case, no accents, no signs, no split words. */
export function plainHeading(text: string): string {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/[øœ]/g, 'o')
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const byHeading = new Map(
  fieldNames.flatMap((field) => [field, ...headings[field]].map((word) => [plainHeading(word), field as Field] as const)).reverse(),
)

/** The field that a heading names; parts of a transcript by their key or title. */
export function fieldOfHeading(heading: string, specification?: Pick<AchievementSpecification, 'parts'>): Field | undefined {
  const plain = plainHeading(heading)
  if (plain === '') return undefined
  for (const part of specification?.parts ?? [])
    if ([`part:${part.key}`, part.key, ...Object.values(part.title)].some((name) => plainHeading(name) === plain)) return `part:${part.key}`
  return byHeading.get(plain)
}

/** True for the name of a field. */
export function isField(text: string): text is Field {
  return text.startsWith('part:') || (fieldNames as readonly string[]).includes(text)
}
