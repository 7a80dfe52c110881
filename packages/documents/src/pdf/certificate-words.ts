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
  /** By the code of the view: what kind of credential it is, and which cycle of higher education. */
  kinds: Readonly<Record<string, string>>
  cycles: Readonly<Record<string, string>>
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
  outcomes: 'Learning outcomes',
  reference: 'Reference number',
  born: 'Date of birth',
  awardedOn: 'Awarded on',
  issuedOn: 'Sealed on',
  validUntil: 'Valid until',
  issuer: 'Sealed by',
  size: 'Workload',
  ects: '{count} ECTS credits',
  hours: '{count} hours of learning',
  level: 'Level',
  eqf: 'Level {level} of 8 in the European framework (EQF)',
  assessed: 'Assessment',
  grade: 'Result: {grade}',
  participation: 'Form of learning',
  quality: 'Quality assurance',
  fields: 'Subject',
  prerequisites: 'Prerequisites',
  stack: 'Combination',
  standalone: 'It stands alone.',
  further: 'Further information',
  kinds: {
    'micro-credential': 'Micro-credential',
    'certificate-of-completion': 'Certificate of completion',
    'certificate-of-participation': 'Certificate of participation',
    'certificate-of-attendance': 'Certificate of attendance',
    badge: 'Badge',
    diploma: 'Diploma',
    transcript: 'Transcript',
  },
  cycles: { short: 'Short cycle', first: 'First cycle (bachelor)', second: 'Second cycle (master)', third: 'Third cycle (doctorate)' },
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
  outcomes: 'Výsledky učení',
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
  assessed: 'Hodnocení',
  grade: 'Výsledek: {grade}',
  participation: 'Forma výuky',
  quality: 'Zajištění kvality',
  fields: 'Obor',
  prerequisites: 'Předpoklady',
  stack: 'Skládání',
  standalone: 'Stojí samo o sobě.',
  further: 'Další informace',
  kinds: {
    'micro-credential': 'Mikrocertifikát',
    'certificate-of-completion': 'Osvědčení o absolvování',
    'certificate-of-participation': 'Osvědčení o účasti',
    'certificate-of-attendance': 'Potvrzení o docházce',
    badge: 'Odznak',
    diploma: 'Diplom',
    transcript: 'Výpis výsledků',
  },
  cycles: { short: 'Krátký cyklus', first: 'První cyklus (bakalář)', second: 'Druhý cyklus (magistr)', third: 'Třetí cyklus (doktorát)' },
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
  outcomes: 'مخرجات التعلم',
  reference: 'الرقم المرجعي',
  born: 'تاريخ الميلاد',
  awardedOn: 'مُنحت في',
  issuedOn: 'خُتمت في',
  validUntil: 'سارية حتى',
  issuer: 'ختمتها',
  size: 'عبء التعلم',
  ects: 'أرصدة ECTS: {count}',
  hours: 'ساعات التعلم: {count}',
  level: 'المستوى',
  eqf: 'المستوى {level} من 8 في الإطار الأوروبي (EQF)',
  assessed: 'التقييم',
  grade: 'النتيجة: {grade}',
  participation: 'طريقة التعليم',
  quality: 'ضمان الجودة',
  fields: 'المجال',
  prerequisites: 'المتطلبات السابقة',
  stack: 'الجمع مع غيرها',
  standalone: 'قائمة بذاتها.',
  further: 'معلومات أخرى',
  kinds: {
    'micro-credential': 'شهادة مصغّرة',
    'certificate-of-completion': 'شهادة إتمام',
    'certificate-of-participation': 'شهادة مشاركة',
    'certificate-of-attendance': 'شهادة حضور',
    badge: 'شارة',
    diploma: 'دبلوم',
    transcript: 'كشف نتائج',
  },
  cycles: {
    short: 'حلقة قصيرة',
    first: 'الحلقة الأولى (بكالوريوس)',
    second: 'الحلقة الثانية (ماجستير)',
    third: 'الحلقة الثالثة (دكتوراه)',
  },
}

const all: Readonly<Record<string, CertificateWords>> = { en, cs, ar }

/** The words of a language, else the English ones. */
export const certificateWords = (language: string): CertificateWords => all[language.split('-')[0]!] ?? en
