/** What our claims and types are called, in the languages of the product. */
interface Words {
  en: string
  cs: string
  ar: string
}
const words = (en: string, cs: string, ar: string): Words => ({ en, cs, ar })

/** Labels by claim. */
export const claimLabels: Readonly<Record<string, Words>> = {
  family_name: words('Family name', 'Příjmení', 'اسم العائلة'),
  given_name: words('Given name', 'Jméno', 'الاسم الأول'),
  birthdate: words('Date of birth', 'Datum narození', 'تاريخ الميلاد'),
  learner_identification: words('Learner number', 'Číslo účastníka', 'رقم المتعلم'),
  national_identifier: words('National identifier', 'Národní identifikátor', 'المعرّف الوطني'),
  achievement_title: words('Title', 'Název', 'العنوان'),
  achievement_description: words('Description', 'Popis', 'الوصف'),
  achievement_kind: words('Kind of record', 'Druh záznamu', 'نوع السجل'),
  achievement_id: words('Achievement', 'Osvědčovaný výsledek', 'الإنجاز'),
  issuing_authority: words('Issuer', 'Vydavatel', 'الجهة المُصدِرة'),
  issuing_country: words('Country of the issuer', 'Země vydavatele', 'بلد الجهة المُصدِرة'),
  issuing_authority_id: words('Official number of the issuer', 'Úřední číslo vydavatele', 'الرقم الرسمي للجهة المُصدِرة'),
  awarding_body: words('Awarding body', 'Udělující instituce', 'الجهة المانحة'),
  awarding_body_ids: words('Official numbers of the awarding body', 'Úřední čísla udělující instituce', 'الأرقام الرسمية للجهة المانحة'),
  date_of_issuance: words('Date of issuing', 'Datum vydání', 'تاريخ الإصدار'),
  date_of_award: words('Date of award', 'Datum udělení', 'تاريخ المنح'),
  date_of_expiry: words('Valid until', 'Platí do', 'صالح حتى'),
  reference_number: words('Reference number', 'Referenční číslo', 'الرقم المرجعي'),
  learning_outcomes: words('Learning outcomes', 'Výsledky učení', 'نواتج التعلم'),
  assessment_grade: words('Grade', 'Hodnocení', 'الدرجة'),
  assessments: words('Assessments', 'Ověření výsledků', 'التقييمات'),
  assessment_date: words('Date of assessment', 'Datum ověření', 'تاريخ التقييم'),
  parts: words('Parts', 'Části', 'الأجزاء'),
  learning_period: words('Period of learning', 'Doba učení', 'فترة التعلم'),
  expected_study_time: words('Workload', 'Studijní zátěž', 'عبء العمل'),
  ects_credits: words('ECTS credits', 'Kredity ECTS', 'أرصدة ECTS'),
  level_of_learning_experience: words('Level (EQF)', 'Úroveň (EQF)', 'المستوى (EQF)'),
  national_levels: words('National level', 'Národní úroveň', 'المستوى الوطني'),
  higher_education_cycle: words('Cycle of higher education', 'Cyklus vysokoškolského vzdělávání', 'طور التعليم العالي'),
  form_of_participation: words('Form of participation', 'Forma účasti', 'شكل المشاركة'),
  types_of_quality_assurance: words('Quality assurance', 'Zajištění kvality', 'ضمان الجودة'),
  fields_of_education: words('Fields of education', 'Obory vzdělávání', 'مجالات التعليم'),
  language_of_classes: words('Language of teaching', 'Jazyk výuky', 'لغة التدريس'),
  language: words('Language of this record', 'Jazyk záznamu', 'لغة السجل'),
  prerequisites_to_enroll: words('Prerequisites', 'Předpoklady', 'المتطلبات السابقة'),
  integration_stackability_options: words('Can be stacked', 'Lze skládat', 'قابل للتراكم'),
  stackability: words('Stackability', 'Skládání', 'إمكانية التراكم'),
  further_information: words('Further information', 'Další informace', 'معلومات إضافية'),
  homepage: words('Web page', 'Webová stránka', 'صفحة الويب'),
}

/** Names of the types. */
export const typeWords = {
  'learning-credential': {
    en: { name: 'Learning credential', description: 'What somebody has learned, and who says so.' },
    cs: { name: 'Osvědčení o učení', description: 'Co se kdo naučil a kdo to potvrzuje.' },
    ar: { name: 'شهادة تعلّم', description: 'ما تعلّمه شخص ومن يشهد بذلك.' },
  },
  'micro-credential': {
    en: { name: 'Micro-credential', description: 'A micro-credential with every element of the European approach.' },
    cs: { name: 'Mikrocertifikát', description: 'Mikrocertifikát se všemi prvky evropského přístupu.' },
    ar: { name: 'شهادة مصغّرة', description: 'شهادة مصغّرة بجميع عناصر النهج الأوروبي.' },
  },
} as const
