/** Part B of the requirements survey: what a body accepts. Each answer carries its piece of a policy. */
import { type FragmentRequirement, option, type SurveyQuestion, say } from './question.ts'

const need = (kind: string, onFail: string, onUnknown: string, more: Partial<FragmentRequirement> = {}): FragmentRequirement => ({
  kind,
  onFail,
  onUnknown,
  ...more,
})
/** A mark that no fact of a case tells: somebody looks at the certificate itself. */
const look = (mark: string, onUnknown: string) => ({
  requirements: [need('human-question', 'evidence', onUnknown, { params: { question: mark } })],
})
const supervised = need('supervision-id', 'condition', 'condition', { condition: 'supervised-test' })
const tested = need('assessed', 'refuse', 'evidence', { params: { awardTypes: ['successful-completion'] } })
const inPerson = need('in-person-final-assessment', 'condition', 'condition', { condition: 'test-in-person' })
const linked = { requirements: [need('competency-link', 'note', 'note')] }
const linkedByName = { requirements: [need('competency-link', 'evidence', 'evidence')] }
const trusted = (list: string) => ({ requirements: [need('issuer-trust', 'refer', 'refer', { params: { lists: [list] } })] })

/** Questions B1 to B12. */
export const questionsOfAcceptance: readonly SurveyQuestion[] = [
  {
    id: 'B1',
    part: 'B',
    text: say(
      'How many hours must one certificate have at least?',
      'Kolik hodin musí mít jedno osvědčení nejméně?',
      'ما الحد الأدنى لعدد الساعات في الشهادة الواحدة؟',
    ),
    answer: 'number-by-type',
    unit: 'hours',
    carries: { params: { minHours: '$value' }, requirements: [need('min-hours', 'refuse', 'evidence')] },
  },
  {
    id: 'B2',
    part: 'B',
    text: say(
      'How many hours are needed in a year, or for one step of the career?',
      'Kolik hodin je třeba za rok nebo na jeden kariérní stupeň?',
      'كم ساعة تلزم في السنة أو لكل درجة وظيفية؟',
    ),
    answer: 'rate',
    unit: 'hours',
  },
  {
    id: 'B3',
    part: 'B',
    text: say(
      'Which types of certificate count, and for what share of their hours?',
      'Které druhy osvědčení se počítají a jakým podílem hodin?',
      'ما أنواع الشهادات المحتسبة، وبأي نسبة من ساعاتها؟',
    ),
    answer: 'weights',
    options: [
      option('successful-completion', say('Successful completion', 'Úspěšné absolvování', 'إتمام بنجاح')),
      option('participation', say('Participation', 'Účast na práci kurzu', 'مشاركة')),
      option('attendance', say('Attendance', 'Přítomnost', 'حضور')),
    ],
    carries: { params: { typeFactor: '$value' }, requirements: [need('certificate-type', 'refuse', 'evidence')] },
  },
  {
    id: 'B4',
    part: 'B',
    text: say('Which marks must a certificate bear?', 'Co musí osvědčení nést?', 'ما العلامات الواجب وجودها على الشهادة؟'),
    answer: 'choices',
    options: [
      option('signature', say('Signature', 'Podpis', 'توقيع'), { collect: { 'formal-marks': ['signature'] } }),
      option('seal', say('Stamp or seal', 'Razítko nebo pečeť', 'ختم'), { collect: { 'formal-marks': ['seal'] } }),
      option('reference', say('Reference number', 'Evidenční číslo', 'رقم مرجعي'), { collect: { 'formal-marks': ['reference'] } }),
      option('date', say('Date of issue', 'Datum vydání', 'تاريخ الإصدار'), {
        // A hundred years: every day that is told will do.
        requirements: [need('currency', 'evidence', 'evidence', { params: { years: 100 } })],
      }),
      option('duration', say('Duration', 'Délka', 'المدة'), {
        params: { minHours: 0 },
        requirements: [need('min-hours', 'evidence', 'evidence')],
      }),
      option('place', say('Place', 'Místo', 'المكان'), look('place', 'note')),
      option('letterhead', say('Letterhead', 'Hlavička instituce', 'ورق رسمي'), look('letterhead', 'note')),
      option('apostille', say('Apostille', 'Apostila', 'تصديق أبوستيل'), look('apostille', 'evidence')),
    ],
  },
  {
    id: 'B5',
    part: 'B',
    text: say('In which forms is a certificate accepted?', 'V jaké podobě se osvědčení přijímá?', 'بأي أشكال تُقبل الشهادة؟'),
    answer: 'choices',
    options: [
      option('qualified-seal', say('Qualified electronic seal', 'Kvalifikovaná elektronická pečeť', 'ختم إلكتروني مؤهل'), {
        collect: { authenticity: ['qualified-eseal'] },
      }),
      option('advanced-seal', say('Advanced electronic seal', 'Zaručená elektronická pečeť', 'ختم إلكتروني متقدم'), {
        collect: { authenticity: ['advanced-eseal'] },
      }),
      option('wallet', say('From a digital wallet', 'Z digitální peněženky', 'من محفظة رقمية'), {
        collect: { authenticity: ['wallet-vc'] },
      }),
      option('badge', say('Digital badge or QR code', 'Digitální odznak nebo QR kód', 'شارة رقمية أو رمز استجابة'), {
        collect: { authenticity: ['platform-verified'] },
      }),
      option('paper', say('Paper, or a scan of it', 'Papír nebo jeho sken', 'ورق أو نسخة ممسوحة'), {
        collect: { authenticity: ['paper'] },
      }),
    ],
  },
  {
    id: 'B6',
    part: 'B',
    text: say('Whose certificates are accepted?', 'Čí osvědčení se přijímají?', 'شهادات أي جهات تُقبل؟'),
    answer: 'choice-or-list',
    options: [
      option('any', say('Any issuer', 'Jakýkoli vydavatel', 'أي جهة')),
      option('accredited', say('Accredited issuers', 'Akreditovaní vydavatelé', 'جهات معتمدة'), {
        requirements: [need('accredited-at-issue', 'refer', 'evidence')],
      }),
      option(
        'rtc',
        say('Regional training centres', 'Regionální školicí střediska', 'مراكز التدريب الإقليمية'),
        trusted('regional-training-centres'),
      ),
      option('partner', say('Partners of the network', 'Partneři sítě', 'شركاء الشبكة'), trusted('training-partners')),
    ],
    // Beside an option, a list of names.
    carries: { params: { recognisedIssuers: '$value' }, requirements: [need('issuer-listed', 'refer', 'evidence')] },
  },
  {
    id: 'B7',
    part: 'B',
    text: say(
      'Must the certificate be linked to a competency framework?',
      'Musí osvědčení odkazovat na rámec kompetencí?',
      'هل يجب ربط الشهادة بإطار كفاءات؟',
    ),
    answer: 'choice',
    options: [
      option('none', say('No', 'Ne', 'لا')),
      option('wmo-1209', say('WMO-No. 1209, a link helps', 'WMO-No. 1209, odkaz pomáhá', 'WMO-No. 1209، والربط مفيد'), linked),
      option(
        'wmo-1209-named',
        say('WMO-No. 1209, must be named', 'WMO-No. 1209, musí být uveden', 'WMO-No. 1209، ويجب ذكره'),
        linkedByName,
      ),
      option('national', say('A national one, a link helps', 'Národní, odkaz pomáhá', 'إطار وطني، والربط مفيد'), linked),
      option('national-named', say('A national one, must be named', 'Národní, musí být uveden', 'إطار وطني، ويجب ذكره'), linkedByName),
    ],
  },
  {
    id: 'B8',
    part: 'B',
    text: say('Which assessment is needed?', 'Jaké ověření výsledků je třeba?', 'ما التقييم المطلوب؟'),
    answer: 'choice',
    options: [
      option('none', say('None', 'Žádné', 'لا شيء')),
      option('test', say('A test', 'Zkouška', 'اختبار'), { requirements: [tested] }),
      option(
        'supervised',
        say('A supervised test, identity checked', 'Zkouška pod dozorem, s ověřením totožnosti', 'اختبار تحت إشراف مع التحقق من الهوية'),
        {
          requirements: [tested, supervised],
        },
      ),
    ],
  },
  {
    id: 'B9',
    part: 'B',
    text: say('Is online learning accepted?', 'Přijímá se učení online?', 'هل يُقبل التعلم عبر الإنترنت؟'),
    answer: 'choice',
    options: [
      option('yes', say('Yes', 'Ano', 'نعم')),
      option('tested-in-person', say('When the test is in person', 'Je-li zkouška prezenční', 'إذا كان الاختبار حضورياً'), {
        requirements: [inPerson],
      }),
      option('blended', say('Only in part', 'Jen zčásti', 'جزئياً فقط'), {
        requirements: [need('mode-in', 'refuse', 'evidence', { params: { modes: ['presential', 'blended'] } })],
      }),
      option('no', say('No', 'Ne', 'لا'), { requirements: [need('mode-in', 'refuse', 'evidence', { params: { modes: ['presential'] } })] }),
    ],
  },
  {
    id: 'B10',
    part: 'B',
    text: say('How old may a certificate be at most?', 'Jak staré smí osvědčení nejvýše být?', 'ما أقصى عمر مقبول للشهادة؟'),
    answer: 'number',
    unit: 'years',
    carries: {
      requirements: [need('currency', 'condition', 'evidence', { params: { years: '$value' }, condition: 'show-current-knowledge' })],
    },
  },
  {
    id: 'B11',
    part: 'B',
    text: say('In which languages must it be?', 'V jakých jazycích musí být?', 'بأي لغات يجب أن تكون؟'),
    answer: 'list',
    carries: { requirements: [need('language', 'refer', 'evidence', { params: { languages: '$value' } })] },
  },
  {
    id: 'B12',
    part: 'B',
    text: say('What does it count for?', 'K čemu se počítá?', 'لأي غرض تُحتسب؟'),
    answer: 'choices',
    options: [
      option('promotion', say('Promotion', 'Postup', 'ترقية'), { purpose: ['career-progression'] }),
      option('allowance', say('Allowance', 'Příplatek', 'علاوة'), { purpose: ['career-progression'] }),
      option('cpd', say('Continuing professional development', 'Další profesní rozvoj', 'تطوير مهني مستمر'), { purpose: ['cpd'] }),
      option('licence', say('Licence', 'Oprávnění', 'ترخيص'), { purpose: ['licence'] }),
      option('entry', say('Entry into a post', 'Přijetí na místo', 'التعيين في وظيفة'), { purpose: ['employment'] }),
    ],
  },
]
