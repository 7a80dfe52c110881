/**
 * Czech and Arabic labels of the short lists, for screens. They are our own wording of the EU concepts; documents carry the English label alone, so that
 * a credential does not grow with our languages.
 */
import { type ConceptList, conceptIn } from '../concept-list.ts'

type Labels = Readonly<Record<string, readonly [cs: string, ar: string]>>

/** By the base of the list, then by code. */
const labels: Readonly<Record<string, Labels>> = {
  'http://data.europa.eu/snb/assessment/': {
    '19a2e5e671': ['vzájemné hodnocení', 'تقييم الأقران'],
    '2939dae15f': ['hodnocený úkol', 'مهمة مقيَّمة'],
    '3484bd7e51': ['průběžné hodnocení', 'تقييم مستمر'],
    '4f03b91c0e': ['portfolio', 'ملف إنجاز'],
    '56539a6507': ['skupinový výkon', 'أداء جماعي'],
    '6a4db9f11d': ['praktické hodnocení', 'تقييم عملي'],
    '6e6cb2cc78': ['písemná zkouška', 'امتحان تحريري'],
    '7331eb4762': ['míra docházky', 'نسبة الحضور'],
    '795dac4096': ['projektová práce', 'عمل على مشروع'],
    '812e3b0ae1': ['vzájemný posudek', 'مراجعة الأقران'],
    b1b68f6735: ['kvíz', 'اختبار قصير'],
    c4256a2726: ['řešení problému', 'تعلّم قائم على المشكلات'],
    d30284d7df: ['ústní zkouška', 'امتحان شفوي'],
    de4d165a6c: ['hodnocení výtvoru', 'تقييم عمل منجز'],
  },
  'http://data.europa.eu/snb/learning-assessment/': {
    '729f3bed4b': ['Na pracovišti', 'في مكان العمل'],
    '7813801c77': ['Projektová', 'قائم على المشاريع'],
    '9191af2ed9': ['Prezenční', 'حضوري'],
    '920fbb3cbe': ['Online', 'عبر الإنترنت'],
    e92d221e4d: ['Smíšená', 'مدمج'],
    ed4c557045: ['Ve výzkumu či laboratoři', 'في البحث أو المختبر'],
  },
  'http://data.europa.eu/snb/supervision-verification/': {
    df2880c5cb: ['Bez dohledu, s ověřením totožnosti', 'بلا إشراف، مع التحقق من الهوية'],
    c598449d64: ['Bez dohledu, bez ověření totožnosti', 'بلا إشراف، بلا تحقق من الهوية'],
    '70be69aaf9': ['S dohledem a ověřením totožnosti', 'تحت الإشراف، مع التحقق من الهوية'],
    '44314532f9': ['S dohledem, bez ověření totožnosti', 'تحت الإشراف، بلا تحقق من الهوية'],
  },
  'http://data.europa.eu/snb/education-credit/': {
    '60b314e826': ['Evropský systém kreditů pro odborné vzdělávání (ECVET)', 'النظام الأوروبي لأرصدة التعليم والتدريب المهني (ECVET)'],
    '6fcec5c5af': ['Evropský systém přenosu kreditů (ECTS)', 'النظام الأوروبي لتحويل الأرصدة (ECTS)'],
  },
  'http://data.europa.eu/snb/accreditation/': {
    '003293d2ce': ['Oprávnění instituce', 'ترخيص المؤسسة'],
    '820101cba6': ['Zajištění kvality programu', 'ضمان جودة البرنامج'],
    bb4618238e: ['Zajištění kvality instituce', 'ضمان جودة المؤسسة'],
    e57dddfcf3: ['Oprávnění programu', 'ترخيص البرنامج'],
  },
  'http://data.europa.eu/snb/eqf/': {
    1: ['Úroveň 1', 'المستوى 1'],
    2: ['Úroveň 2', 'المستوى 2'],
    3: ['Úroveň 3', 'المستوى 3'],
    4: ['Úroveň 4', 'المستوى 4'],
    5: ['Úroveň 5', 'المستوى 5'],
    6: ['Úroveň 6', 'المستوى 6'],
    7: ['Úroveň 7', 'المستوى 7'],
    8: ['Úroveň 8', 'المستوى 8'],
  },
  'http://data.europa.eu/snb/learning-activity/': {
    '3c8bd58d62': ['laboratoř, simulace nebo praktická výuka', 'مختبر أو محاكاة أو تدريب عملي'],
    '4357e0e681': ['pracovní zkušenost', 'خبرة عمل'],
    '59eaf34fab': ['dobrovolnictví', 'تطوع'],
    a7e556215a: ['výzkum', 'بحث'],
    b660f5dcea: ['samostudium', 'دراسة ذاتية'],
    bf2e3a7bae: ['e-learning', 'تعلّم إلكتروني'],
    bf5588ff84: ['stáž', 'تدريب داخلي'],
    d46a826a39: ['učňovská příprava', 'تلمذة مهنية'],
    efff75e10a: ['dílna, seminář nebo konference', 'ورشة أو ندوة أو مؤتمر'],
    fd33e234ae: ['vzdělávací program', 'برنامج تعليمي'],
    ff436ea7c9: ['výuka ve třídě', 'تدريس صفّي'],
  },
  'http://data.europa.eu/snb/isced-f/': {
    '00': ['Obecné programy a kvalifikace', 'برامج ومؤهلات عامة'],
    '01': ['Vzdělávání a výchova', 'التربية'],
    '02': ['Umění a humanitní vědy', 'الفنون والعلوم الإنسانية'],
    '03': ['Společenské vědy, žurnalistika a informační vědy', 'العلوم الاجتماعية والصحافة والإعلام'],
    '04': ['Obchod, administrativa a právo', 'الأعمال والإدارة والقانون'],
    '05': ['Přírodní vědy, matematika a statistika', 'العلوم الطبيعية والرياضيات والإحصاء'],
    '06': ['Informační a komunikační technologie', 'تكنولوجيا المعلومات والاتصالات'],
    '07': ['Technika, výroba a stavebnictví', 'الهندسة والتصنيع والبناء'],
    '08': ['Zemědělství, lesnictví, rybářství a veterinářství', 'الزراعة والحراجة ومصايد الأسماك والطب البيطري'],
    '09': ['Zdravotní a sociální péče', 'الصحة والرعاية'],
    '10': ['Služby', 'الخدمات'],
    '99': ['Neznámý obor', 'مجال غير معروف'],
  },
}
const places: readonly string[] = ['cs', 'ar']

/** What a concept of a list is called in a language: English where there is no other label, the IRI where it is not in the list. */
export function labelIn(list: ConceptList, iri: string, language: string): string {
  const concept = conceptIn(list, iri)
  if (!concept) return iri
  return labels[list.base]?.[concept.code]?.[places.indexOf(language.split('-')[0]!)] ?? concept.label.en
}
