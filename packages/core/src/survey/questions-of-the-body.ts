/** Parts A, C and D of the requirements survey: the body, what it issues, and what its rules rest on. */
import { option, type SurveyQuestion, say } from './question.ts'

/** Question A1. */
export const questionsOfTheBody: readonly SurveyQuestion[] = [
  {
    id: 'A1',
    part: 'A',
    text: say('What kind of body do you answer for?', 'Za jaký druh instituce odpovídáte?', 'عن أي نوع من الجهات تجيبون؟'),
    answer: 'choice',
    options: [
      option('weather-service', say('Weather service', 'Meteorologická služba', 'مرفق أرصاد جوية')),
      option('training-centre', say('Training centre', 'Školicí středisko', 'مركز تدريب')),
      option('university', say('University', 'Vysoká škola', 'جامعة')),
      option('vet-authority', say('Authority for vocational training', 'Orgán odborného vzdělávání', 'هيئة التدريب المهني')),
      option('ministry', say('Ministry or regulator', 'Ministerstvo nebo regulátor', 'وزارة أو جهة تنظيمية')),
      option('employer', say('Employer', 'Zaměstnavatel', 'صاحب عمل')),
    ],
  },
]

/** Questions C1 to C6. */
export const questionsOfIssuing: readonly SurveyQuestion[] = [
  {
    id: 'C1',
    part: 'C',
    text: say('Which certificates do you issue?', 'Jaká osvědčení vydáváte?', 'ما الشهادات التي تصدرونها؟'),
    answer: 'choices',
    options: [
      option('successful-completion', say('Successful completion', 'Úspěšné absolvování', 'إتمام بنجاح')),
      option('participation', say('Participation', 'Účast na práci kurzu', 'مشاركة')),
      option('attendance', say('Attendance', 'Přítomnost', 'حضور')),
    ],
  },
  {
    id: 'C2',
    part: 'C',
    text: say('What stands on them?', 'Co na nich stojí?', 'ما الذي يُذكر فيها؟'),
    answer: 'choices',
    options: [
      option('hours', say('Hours', 'Hodiny', 'الساعات')),
      option('outcomes', say('Learning outcomes', 'Výsledky učení', 'مخرجات التعلم')),
      option('level', say('Level', 'Úroveň', 'المستوى')),
      option('assessment', say('Assessment', 'Způsob ověření', 'التقييم')),
      option('grade', say('Grade', 'Hodnocení', 'الدرجة')),
      option('competencies', say('Competencies', 'Kompetence', 'الكفاءات')),
      option('quality-assurance', say('Quality assurance', 'Zajištění kvality', 'ضمان الجودة')),
    ],
  },
  {
    id: 'C3',
    part: 'C',
    text: say('How are they numbered?', 'Jak jsou číslována?', 'كيف تُرقَّم؟'),
    answer: 'choice',
    options: [
      option('register', say('From one register', 'Z jedné evidence', 'من سجل واحد')),
      option('course', say('By course', 'Podle kurzu', 'بحسب الدورة')),
      option('not', say('Not at all', 'Nijak', 'لا تُرقَّم')),
    ],
  },
  {
    id: 'C4',
    part: 'C',
    text: say('Who signs them?', 'Kdo je podepisuje?', 'من يوقّعها؟'),
    answer: 'choices',
    options: [
      option('head', say('Head of the body', 'Vedoucí instituce', 'رئيس الجهة')),
      option('training', say('Head of training', 'Vedoucí vzdělávání', 'رئيس التدريب')),
      option('trainer', say('Trainer', 'Lektor', 'المدرب')),
    ],
  },
  {
    id: 'C5',
    part: 'C',
    text: say('What are your plans for digital certificates?', 'Jaké máte plány s digitálními osvědčeními?', 'ما خططكم للشهادات الرقمية؟'),
    answer: 'choice',
    options: [
      option('in-use', say('In use', 'Již používáme', 'مستخدمة')),
      option('one-year', say('Within a year', 'Do roka', 'خلال سنة')),
      option('later', say('Later', 'Později', 'لاحقاً')),
      option('none', say('None', 'Žádné', 'لا خطط')),
    ],
  },
  {
    id: 'C6',
    part: 'C',
    text: say(
      'A sample certificate, names taken out: its address or file name',
      'Vzor osvědčení bez jmen: adresa nebo název souboru',
      'نموذج شهادة من دون أسماء: عنوانه أو اسم الملف',
    ),
    answer: 'text',
  },
]

/** Questions D1 to D5. */
export const questionsOfLaw: readonly SurveyQuestion[] = [
  {
    id: 'D1',
    part: 'D',
    text: say('On which law or order do the rules rest?', 'Na jakém předpisu pravidla stojí?', 'على أي قانون أو لائحة تستند القواعد؟'),
    answer: 'text',
  },
  {
    id: 'D2',
    part: 'D',
    text: say('Who may change them?', 'Kdo je smí změnit?', 'من يملك تغييرها؟'),
    answer: 'choice',
    options: [
      option('law', say('Parliament or a ministry', 'Parlament nebo ministerstvo', 'البرلمان أو وزارة'), { rank: 'law' }),
      option('agreement', say('Several bodies together', 'Několik institucí společně', 'عدة جهات معاً'), { rank: 'agreement' }),
      option('institution', say('This body', 'Tato instituce', 'هذه الجهة'), { rank: 'institution' }),
      option('unit', say('A unit of it', 'Její útvar', 'وحدة فيها'), { rank: 'unit' }),
    ],
  },
  {
    id: 'D3',
    part: 'D',
    text: say('What stands in the way?', 'Co tomu brání?', 'ما العوائق؟'),
    answer: 'choices',
    options: [
      option('law', say('Law', 'Předpisy', 'القوانين')),
      option('trust', say('Trust in issuers', 'Důvěra ve vydavatele', 'الثقة في الجهات المصدرة')),
      option(
        'comparability',
        say('Levels and hours that cannot be compared', 'Nesrovnatelné úrovně a hodiny', 'مستويات وساعات غير قابلة للمقارنة'),
      ),
      option('effort', say('Effort', 'Pracnost', 'الجهد')),
      option('technology', say('Technology', 'Technika', 'التقنية')),
    ],
  },
  {
    id: 'D4',
    part: 'D',
    text: say('Do you wish for mutual recognition?', 'Stojíte o vzájemné uznávání?', 'هل ترغبون في الاعتراف المتبادل؟'),
    answer: 'choice',
    options: [
      option('yes', say('Yes', 'Ano', 'نعم')),
      option('perhaps', say('Perhaps', 'Možná', 'ربما')),
      option('no', say('No', 'Ne', 'لا')),
    ],
  },
  {
    id: 'D5',
    part: 'D',
    text: say('May the answers be published?', 'Smějí být odpovědi zveřejněny?', 'هل يجوز نشر الإجابات؟'),
    answer: 'choice',
    options: [
      option('named', say('With our name', 'S naším jménem', 'مع ذكر اسمنا')),
      option('together', say('Only together with others', 'Jen souhrnně s ostatními', 'مجمّعة مع غيرها فقط')),
      option('no', say('No', 'Ne', 'لا')),
    ],
  },
]
