/** The words of the printed sheet, by language. */

/** Everything the sheet says itself; what the credential says stands in the credential's words. */
export interface CertificateWords {
  awardedTo: string
  awardedBy: string
  stone: string
  qr: string
  sealedFile: string
  scan: string
  scanHash: string
  truth: string
  outcomes: string
  reference: string
  born: string
  awardedOn: string
  issuedOn: string
  validUntil: string
  issuer: string
  size: string
  ects: string
  hours: string
  level: string
  eqf: string
  assessed: string
  grade: string
  participation: string
  quality: string
  fields: string
  prerequisites: string
  stack: string
  standalone: string
  further: string
}

const en: CertificateWords = {
  awardedTo: 'is awarded to',
  awardedBy: 'by',
  stone: 'The stone of this achievement',
  qr: 'Code that leads to the verdict',
  sealedFile: 'The sealed credential that this sheet shows',
  scan: 'Scan the code to see whether this is genuine and current.',
  scanHash: 'The code holds the fingerprint of the sealed file inside this document.',
  truth:
    'A sheet of paper proves nothing by itself. The sealed credential travels inside this file; whoever checks its seal knows whether it was altered, who sealed it and whether it was revoked.',
  outcomes: 'What was learned',
  reference: 'Reference number',
  born: 'Date of birth',
  awardedOn: 'Awarded on',
  issuedOn: 'Sealed on',
  validUntil: 'Valid until',
  issuer: 'Sealed by',
  size: 'How much',
  ects: '{count} ECTS credits',
  hours: '{count} hours of learning',
  level: 'How high',
  eqf: 'Level {level} of 8 in the European framework (EQF)',
  assessed: 'How it was assessed',
  grade: 'Result: {grade}',
  participation: 'How it was taught',
  quality: 'Who vouches for the quality',
  fields: 'Subject',
  prerequisites: 'What was needed before',
  stack: 'What it adds up to',
  standalone: 'It stands alone.',
  further: 'More about it',
}

const cs: CertificateWords = {
  awardedTo: 'získává',
  awardedBy: 'udělila instituce',
  stone: 'Kámen tohoto úspěchu',
  qr: 'Kód, který vede k ověření',
  sealedFile: 'Zapečetěné osvědčení, které tento list ukazuje',
  scan: 'Načtěte kód a uvidíte, zda je osvědčení pravé a platné.',
  scanHash: 'Kód obsahuje otisk zapečetěného souboru uvnitř tohoto dokumentu.',
  truth:
    'List papíru sám nic nedokazuje. Zapečetěné osvědčení je uvnitř tohoto souboru; kdo ověří jeho pečeť, ví, zda bylo změněno, kdo je zapečetil a zda nebylo odvoláno.',
  outcomes: 'Co se účastník naučil',
  reference: 'Číslo jednací',
  born: 'Datum narození',
  awardedOn: 'Uděleno dne',
  issuedOn: 'Zapečetěno dne',
  validUntil: 'Platí do',
  issuer: 'Zapečetila instituce',
  size: 'Rozsah',
  ects: 'Kredity ECTS: {count}',
  hours: 'Hodiny učení: {count}',
  level: 'Úroveň',
  eqf: 'Úroveň {level} z 8 v evropském rámci (EQF)',
  assessed: 'Jak bylo hodnoceno',
  grade: 'Výsledek: {grade}',
  participation: 'Forma výuky',
  quality: 'Kdo ručí za kvalitu',
  fields: 'Obor',
  prerequisites: 'Co bylo potřeba předem',
  stack: 'K čemu se dá přičíst',
  standalone: 'Stojí samo o sobě.',
  further: 'Další informace',
}

const ar: CertificateWords = {
  awardedTo: 'تُمنح إلى',
  awardedBy: 'من',
  stone: 'حجر هذا الإنجاز',
  qr: 'رمز يقود إلى نتيجة التحقق',
  sealedFile: 'الشهادة المختومة التي تعرضها هذه الورقة',
  scan: 'امسح الرمز لترى هل الشهادة أصلية وسارية.',
  scanHash: 'يحمل الرمز بصمة الملف المختوم داخل هذه الوثيقة.',
  truth: 'الورقة وحدها لا تثبت شيئاً. الشهادة المختومة موجودة داخل هذا الملف؛ ومن يتحقق من ختمها يعرف هل عُدّلت ومن ختمها وهل أُلغيت.',
  outcomes: 'ما جرى تعلمه',
  reference: 'الرقم المرجعي',
  born: 'تاريخ الميلاد',
  awardedOn: 'مُنحت في',
  issuedOn: 'خُتمت في',
  validUntil: 'سارية حتى',
  issuer: 'ختمتها',
  size: 'الحجم',
  ects: 'أرصدة ECTS: {count}',
  hours: 'ساعات التعلم: {count}',
  level: 'المستوى',
  eqf: 'المستوى {level} من 8 في الإطار الأوروبي (EQF)',
  assessed: 'كيف جرى التقييم',
  grade: 'النتيجة: {grade}',
  participation: 'طريقة التعليم',
  quality: 'من يضمن الجودة',
  fields: 'المجال',
  prerequisites: 'ما كان مطلوباً من قبل',
  stack: 'ما تضاف إليه',
  standalone: 'قائمة بذاتها.',
  further: 'معلومات أخرى',
}

const all: Readonly<Record<string, CertificateWords>> = { en, cs, ar }

/** The words of a language, else the English ones. */
export const certificateWords = (language: string): CertificateWords => all[language.split('-')[0]!] ?? en
