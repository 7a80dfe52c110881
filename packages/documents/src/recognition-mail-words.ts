/** Mails of a recognition procedure in several languages, and outcomes in half a sentence. */
export type RecognitionMailKind = 'recognition-received' | 'recognition-question' | 'recognition-decided' | 'recognition-reviewed'

export interface RecognitionMailWords extends Record<RecognitionMailKind, { subject: string; text: readonly string[] }> {
  outcomes: Readonly<Record<string, string>>
}

const en: RecognitionMailWords = {
  'recognition-received': {
    subject: '{institution} has your request',
    text: [
      'Dear {learner},',
      '{institution} has your request to recognise: {title}.',
      'You will have an answer by {day}. Follow it here, and keep the link to yourself:',
      '{link}',
    ],
  },
  'recognition-question': {
    subject: '{institution} has a question about your request',
    text: [
      'Dear {learner},',
      '{institution} needs to know something before it can decide on: {title}.',
      'Read the question and answer it here. The time does not run until then:',
      '{link}',
    ],
  },
  'recognition-decided': {
    subject: '{institution} has decided on your request',
    text: [
      'Dear {learner},',
      'You asked {institution} to recognise: {title}. It is {outcome}.',
      'Read the reasons, what would change the answer, and how to appeal until {day}:',
      '{link}',
    ],
  },
  'recognition-reviewed': {
    subject: '{institution} has answered your appeal',
    text: ['Dear {learner},', '{institution} has looked again at: {title}. It is {outcome}.', 'Read the answer here:', '{link}'],
  },
  outcomes: {
    full: 'recognised in full',
    partial: 'recognised in part',
    conditional: 'recognised on a condition',
    refused: 'not recognised',
  },
}
const cs: RecognitionMailWords = {
  'recognition-received': {
    subject: '{institution}: žádost jsme přijali',
    text: [
      'Dobrý den, {learner},',
      '{institution} má vaši žádost o uznání: {title}.',
      'Odpověď dostanete do {day}. Průběh sledujte zde a odkaz si nechte pro sebe:',
      '{link}',
    ],
  },
  'recognition-question': {
    subject: '{institution} má dotaz k vaší žádosti',
    text: [
      'Dobrý den, {learner},',
      '{institution} potřebuje něco vědět, než rozhodne o: {title}.',
      'Dotaz si přečtěte a odpovězte zde. Lhůta do té doby neběží:',
      '{link}',
    ],
  },
  'recognition-decided': {
    subject: '{institution}: o vaší žádosti je rozhodnuto',
    text: [
      'Dobrý den, {learner},',
      'žádali jste o uznání: {title}. Výsledek: {outcome} ({institution}).',
      'Důvody, co by výsledek změnilo a jak se do {day} odvolat, najdete zde:',
      '{link}',
    ],
  },
  'recognition-reviewed': {
    subject: '{institution}: odpověď na vaše odvolání',
    text: ['Dobrý den, {learner},', '{institution} znovu posoudila: {title}. Výsledek: {outcome}.', 'Odpověď si přečtěte zde:', '{link}'],
  },
  outcomes: { full: 'uznáno v plném rozsahu', partial: 'uznáno zčásti', conditional: 'uznáno s podmínkou', refused: 'neuznáno' },
}
const fr: RecognitionMailWords = {
  'recognition-received': {
    subject: '{institution} a reçu votre demande',
    text: [
      'Bonjour {learner},',
      '{institution} a reçu votre demande de reconnaissance : {title}.',
      'Vous aurez une réponse au plus tard le {day}. Suivez-la ici, et gardez le lien pour vous :',
      '{link}',
    ],
  },
  'recognition-question': {
    subject: '{institution} a une question sur votre demande',
    text: [
      'Bonjour {learner},',
      '{institution} doit savoir quelque chose avant de décider sur : {title}.',
      'Lisez la question et répondez ici. Le délai ne court pas d’ici là :',
      '{link}',
    ],
  },
  'recognition-decided': {
    subject: '{institution} a décidé de votre demande',
    text: [
      'Bonjour {learner},',
      'Vous avez demandé à {institution} de reconnaître : {title}. Résultat : {outcome}.',
      'Lisez les raisons, ce qui changerait la réponse, et comment faire appel jusqu’au {day} :',
      '{link}',
    ],
  },
  'recognition-reviewed': {
    subject: '{institution} a répondu à votre appel',
    text: ['Bonjour {learner},', '{institution} a réexaminé : {title}. Résultat : {outcome}.', 'Lisez la réponse ici :', '{link}'],
  },
  outcomes: { full: 'reconnu entièrement', partial: 'reconnu en partie', conditional: 'reconnu sous condition', refused: 'non reconnu' },
}
const es: RecognitionMailWords = {
  'recognition-received': {
    subject: '{institution} ha recibido su solicitud',
    text: [
      'Hola, {learner}:',
      '{institution} ha recibido su solicitud de reconocimiento: {title}.',
      'Tendrá una respuesta antes del {day}. Sígala aquí y guarde el enlace para usted:',
      '{link}',
    ],
  },
  'recognition-question': {
    subject: '{institution} tiene una pregunta sobre su solicitud',
    text: [
      'Hola, {learner}:',
      '{institution} necesita saber algo antes de decidir sobre: {title}.',
      'Lea la pregunta y responda aquí. Hasta entonces el plazo no corre:',
      '{link}',
    ],
  },
  'recognition-decided': {
    subject: '{institution} ha decidido sobre su solicitud',
    text: [
      'Hola, {learner}:',
      'Pidió a {institution} que reconociera: {title}. Resultado: {outcome}.',
      'Lea las razones, qué cambiaría la respuesta y cómo recurrir hasta el {day}:',
      '{link}',
    ],
  },
  'recognition-reviewed': {
    subject: '{institution} ha respondido a su recurso',
    text: ['Hola, {learner}:', '{institution} ha vuelto a examinar: {title}. Resultado: {outcome}.', 'Lea la respuesta aquí:', '{link}'],
  },
  outcomes: {
    full: 'reconocido por completo',
    partial: 'reconocido en parte',
    conditional: 'reconocido con una condición',
    refused: 'no reconocido',
  },
}
const ar: RecognitionMailWords = {
  'recognition-received': {
    subject: 'وصل طلبك إلى {institution}',
    text: [
      'عزيزي/عزيزتي {learner}،',
      'وصل إلى {institution} طلبك للاعتراف بـ: {title}.',
      'ستتلقى الجواب حتى {day}. تابعه هنا واحتفظ بالرابط لنفسك:',
      '{link}',
    ],
  },
  'recognition-question': {
    subject: 'لدى {institution} سؤال عن طلبك',
    text: [
      'عزيزي/عزيزتي {learner}،',
      'تحتاج {institution} إلى معرفة شيء قبل أن تقرر بشأن: {title}.',
      'اقرأ السؤال وأجب هنا. لا تُحتسب المدة حتى ذلك الحين:',
      '{link}',
    ],
  },
  'recognition-decided': {
    subject: 'قررت {institution} بشأن طلبك',
    text: [
      'عزيزي/عزيزتي {learner}،',
      'طلبت من {institution} الاعتراف بـ: {title}. النتيجة: {outcome}.',
      'اقرأ الأسباب وما قد يغير الجواب وكيفية التظلم حتى {day}:',
      '{link}',
    ],
  },
  'recognition-reviewed': {
    subject: 'أجابت {institution} عن تظلمك',
    text: ['عزيزي/عزيزتي {learner}،', 'أعادت {institution} النظر في: {title}. النتيجة: {outcome}.', 'اقرأ الجواب هنا:', '{link}'],
  },
  outcomes: { full: 'اعتراف كامل', partial: 'اعتراف جزئي', conditional: 'اعتراف بشرط', refused: 'لا اعتراف' },
}

/** Words by language tag. */
export const recognitionMailWords: Readonly<Record<string, RecognitionMailWords>> = { en, cs, fr, es, ar }
