/** Mails that invite a body to a survey, in several languages. */
export type SurveyMailKind = 'survey-invitation' | 'survey-reminder'

export type SurveyMailWords = Record<SurveyMailKind, { subject: string; text: readonly string[] }>

const en: SurveyMailWords = {
  'survey-invitation': {
    subject: '{institution} asks what you require of certificates',
    text: [
      '{institution} invites {body} to a survey: {title}.',
      'There are 24 questions on which certificates you accept and issue. You need no account; what you save stays, and you can go on later by the same link, until {day}:',
      '{link}',
      'At the end you say whether your answers may be published. Whoever has this link can answer for {body}, so pass it on only to those who should.',
    ],
  },
  'survey-reminder': {
    subject: 'Until {day}: {institution} asks what you require of certificates',
    text: [
      '{institution} still waits for answers of {body} to a survey: {title}.',
      'What you have saved is there. Answers are taken until {day}:',
      '{link}',
      'If you do not wish to answer, nothing needs to be done.',
    ],
  },
}
const cs: SurveyMailWords = {
  'survey-invitation': {
    subject: '{institution}: jaká osvědčení uznáváte?',
    text: [
      '{institution} zve k průzkumu: {title}. Zvaná instituce: {body}.',
      'Jde o 24 otázek o tom, jaká osvědčení přijímáte a vydáváte. Účet nepotřebujete. Co uložíte, zůstane, a stejným odkazem můžete pokračovat později, nejdéle do {day}:',
      '{link}',
      'Na konci uvedete, zda se odpovědi smějí zveřejnit. Kdo má tento odkaz, může odpovídat za vaši instituci, předejte ho proto jen tomu, kdo má.',
    ],
  },
  'survey-reminder': {
    subject: 'Do {day}: {institution} se ptá, jaká osvědčení uznáváte',
    text: [
      '{institution} stále čeká na odpovědi v průzkumu: {title}. Zvaná instituce: {body}.',
      'Co jste uložili, je na místě. Odpovědi se přijímají do {day}:',
      '{link}',
      'Pokud odpovídat nechcete, nemusíte nic dělat.',
    ],
  },
}
const fr: SurveyMailWords = {
  'survey-invitation': {
    subject: '{institution} vous demande ce que vous exigez des attestations',
    text: [
      '{institution} invite {body} à une enquête : {title}.',
      'Ce sont 24 questions sur les attestations que vous acceptez et délivrez. Aucun compte n’est nécessaire ; ce que vous enregistrez reste, et vous pouvez continuer plus tard par le même lien, jusqu’au {day} :',
      '{link}',
      'À la fin, vous dites si vos réponses peuvent être publiées. Qui a ce lien peut répondre pour {body} : ne le transmettez qu’à qui de droit.',
    ],
  },
  'survey-reminder': {
    subject: 'Jusqu’au {day} : {institution} vous demande ce que vous exigez des attestations',
    text: [
      '{institution} attend encore les réponses de {body} à une enquête : {title}.',
      'Ce que vous avez enregistré est là. Les réponses sont reçues jusqu’au {day} :',
      '{link}',
      'Si vous ne souhaitez pas répondre, il n’y a rien à faire.',
    ],
  },
}
const es: SurveyMailWords = {
  'survey-invitation': {
    subject: '{institution} pregunta qué exige usted de los certificados',
    text: [
      '{institution} invita a {body} a una encuesta: {title}.',
      'Son 24 preguntas sobre los certificados que aceptan y expiden. No hace falta cuenta; lo que guarde se conserva, y puede seguir más tarde con el mismo enlace, hasta el {day}:',
      '{link}',
      'Al final dirá si sus respuestas pueden publicarse. Quien tenga este enlace puede responder por {body}: páselo solo a quien corresponda.',
    ],
  },
  'survey-reminder': {
    subject: 'Hasta el {day}: {institution} pregunta qué exige usted de los certificados',
    text: [
      '{institution} espera todavía las respuestas de {body} a una encuesta: {title}.',
      'Lo que ha guardado está ahí. Se reciben respuestas hasta el {day}:',
      '{link}',
      'Si no desea responder, no tiene que hacer nada.',
    ],
  },
}
const ar: SurveyMailWords = {
  'survey-invitation': {
    subject: 'تسأل {institution} عما تشترطونه في الشهادات',
    text: [
      'تدعو {institution} جهتكم {body} إلى استبيان: {title}.',
      'فيه 24 سؤالًا عن الشهادات التي تقبلونها وتصدرونها. لا حاجة إلى حساب؛ ما تحفظونه يبقى، ويمكنكم المتابعة لاحقًا بالرابط نفسه حتى {day}:',
      '{link}',
      'في النهاية تحددون هل يجوز نشر إجاباتكم. من لديه هذا الرابط يستطيع الإجابة باسم {body}، فلا تعطوه إلا لمن ينبغي.',
    ],
  },
  'survey-reminder': {
    subject: 'حتى {day}: تسأل {institution} عما تشترطونه في الشهادات',
    text: [
      'ما زالت {institution} تنتظر إجابات {body} عن استبيان: {title}.',
      'ما حفظتموه موجود. تُقبل الإجابات حتى {day}:',
      '{link}',
      'إن كنتم لا ترغبون في الإجابة فلا حاجة إلى فعل شيء.',
    ],
  },
}

/** Words by language. English has to be there. */
export const surveyMailWords: Readonly<Record<string, SurveyMailWords>> = { en, cs, fr, es, ar }
