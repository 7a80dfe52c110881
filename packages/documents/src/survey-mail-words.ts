/** Mails that invite a body to a survey, in several languages. */
export type SurveyMailKind = 'survey-invitation' | 'survey-reminder' | 'survey-confirmation' | 'survey-rules'

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
  'survey-confirmation': {
    subject: '{institution} asks: is it still right what you said of certificates?',
    text: [
      '{body} answered a survey of {institution}: {title}. That was last confirmed on {day}.',
      'Once a year we ask for changes only. Your answers stand behind this link; change what is no longer right, or confirm that nothing has changed:',
      '{link}',
      'If you do nothing, your answers stay as they are and are shown with the day on which they were last confirmed. Whoever has this link can answer for {body}.',
    ],
  },
  'survey-rules': {
    subject: 'A new version of your rules waits to be read: {body}',
    text: [
      'The answers of {body} to a survey have changed: {title}.',
      'A new version of the rules of {body} was drafted from them. Nothing changes until somebody reads it, corrects it and publishes it:',
      '{link}',
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
  'survey-confirmation': {
    subject: '{institution}: platí stále, co jste uvedli o osvědčeních?',
    text: [
      'Vaše instituce ({body}) odpověděla v průzkumu: {title}. Ptá se {institution}, odpovědi byly naposledy potvrzeny {day}.',
      'Jednou ročně se ptáme jen na změny. Za tímto odkazem jsou vaše odpovědi; změňte, co už neplatí, nebo potvrďte, že se nic nezměnilo:',
      '{link}',
      'Pokud neuděláte nic, odpovědi zůstanou a bude u nich uvedeno, kdy byly naposledy potvrzeny. Kdo má tento odkaz, může odpovídat za vaši instituci.',
    ],
  },
  'survey-rules': {
    subject: 'Nová verze vašich pravidel čeká na přečtení: {body}',
    text: [
      'Odpovědi v průzkumu se změnily: {title}. Instituce: {body}.',
      'Vznikl z nich návrh nové verze vašich pravidel. Nic se nemění, dokud jej někdo nepřečte, neopraví a nezveřejní:',
      '{link}',
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
  'survey-confirmation': {
    subject: '{institution} vous demande : vos réponses sur les attestations sont-elles toujours exactes ?',
    text: [
      '{body} a répondu à une enquête de {institution} : {title}. Dernière confirmation : {day}.',
      'Une fois par an, nous ne demandons que les changements. Vos réponses se trouvent derrière ce lien ; modifiez ce qui n’est plus exact, ou confirmez que rien n’a changé :',
      '{link}',
      'Si vous ne faites rien, vos réponses restent telles quelles, avec la date de leur dernière confirmation. Qui a ce lien peut répondre pour {body}.',
    ],
  },
  'survey-rules': {
    subject: 'Une nouvelle version de vos règles attend d’être lue : {body}',
    text: [
      'Les réponses de {body} à une enquête ont changé : {title}.',
      'Une nouvelle version des règles de {body} en a été rédigée. Rien ne change tant que personne ne l’a lue, corrigée et publiée :',
      '{link}',
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
  'survey-confirmation': {
    subject: '{institution} pregunta: ¿sigue siendo correcto lo que dijeron de los certificados?',
    text: [
      '{body} respondió a una encuesta de {institution}: {title}. Última confirmación: {day}.',
      'Una vez al año preguntamos solo por los cambios. Sus respuestas están tras este enlace; cambie lo que ya no sea correcto o confirme que nada ha cambiado:',
      '{link}',
      'Si no hace nada, sus respuestas quedan como están, con la fecha de su última confirmación. Quien tenga este enlace puede responder por {body}.',
    ],
  },
  'survey-rules': {
    subject: 'Una nueva versión de sus reglas espera a ser leída: {body}',
    text: [
      'Las respuestas de {body} a una encuesta han cambiado: {title}.',
      'Con ellas se ha redactado una nueva versión de las reglas de {body}. Nada cambia hasta que alguien la lea, la corrija y la publique:',
      '{link}',
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
  'survey-confirmation': {
    subject: 'تسأل {institution}: هل ما زال صحيحًا ما قلتموه عن الشهادات؟',
    text: [
      'أجابت جهتكم {body} عن استبيان من {institution}: {title}. وكان آخر تأكيد في {day}.',
      'مرة في السنة نسأل عن التغييرات فقط. إجاباتكم وراء هذا الرابط؛ غيّروا ما لم يعد صحيحًا، أو أكّدوا أن شيئًا لم يتغير:',
      '{link}',
      'إن لم تفعلوا شيئًا بقيت إجاباتكم كما هي وعُرض معها تاريخ آخر تأكيد. من لديه هذا الرابط يستطيع الإجابة باسم {body}.',
    ],
  },
  'survey-rules': {
    subject: 'نسخة جديدة من قواعدكم تنتظر القراءة: {body}',
    text: [
      'تغيرت إجابات {body} عن استبيان: {title}.',
      'وصيغت منها نسخة جديدة من قواعد {body}. لا يتغير شيء حتى يقرأها أحد ويصححها وينشرها:',
      '{link}',
    ],
  },
}

const ru: SurveyMailWords = {
  'survey-invitation': {
    subject: '{institution} спрашивает, что вы требуете от сертификатов',
    text: [
      '{institution} приглашает {body} принять участие в опросе: {title}.',
      'Это 24 вопроса о том, какие сертификаты вы принимаете и выдаёте. Учётная запись не нужна; сохранённое остаётся, и по той же ссылке можно продолжить позже, до {day}:',
      '{link}',
      'В конце вы указываете, можно ли опубликовать ваши ответы. Тот, у кого есть эта ссылка, может отвечать за вашу организацию ({body}), поэтому передавайте её только тем, кому следует.',
    ],
  },
  'survey-reminder': {
    subject: 'До {day}: {institution} спрашивает, что вы требуете от сертификатов',
    text: [
      '{institution} всё ещё ждёт ответов на опрос: {title}. Приглашённая организация: {body}.',
      'Сохранённое вами на месте. Ответы принимаются до {day}:',
      '{link}',
      'Если вы не хотите отвечать, ничего делать не нужно.',
    ],
  },
  'survey-confirmation': {
    subject: '{institution} спрашивает: верно ли по-прежнему то, что вы сообщили о сертификатах?',
    text: [
      'Ваша организация ({body}) ответила на опрос: {title}. Опрос проводит {institution} (последнее подтверждение: {day}).',
      'Раз в год мы спрашиваем только об изменениях. Ваши ответы находятся по этой ссылке; измените то, что больше не верно, или подтвердите, что ничего не изменилось:',
      '{link}',
      'Если вы ничего не сделаете, ответы останутся прежними с датой последнего подтверждения. Тот, у кого есть эта ссылка, может отвечать за вашу организацию.',
    ],
  },
  'survey-rules': {
    subject: 'Новая версия ваших правил ждёт прочтения: {body}',
    text: [
      'Ответы на опрос изменились: {title}. Организация: {body}.',
      'По ним составлена новая версия ваших правил. Ничего не изменится, пока её не прочтут, не исправят и не опубликуют:',
      '{link}',
    ],
  },
}
const zh: SurveyMailWords = {
  'survey-invitation': {
    subject: '{institution}想了解贵机构对证书的要求',
    text: [
      '{institution}邀请{body}参加一项调查：{title}。',
      '调查共24个问题，涉及贵机构接受和颁发哪些证书。无需账户；已保存的内容会保留，{day}之前可使用同一链接继续作答：',
      '{link}',
      '最后请说明答复可否公布。持有此链接者可代表{body}作答，因此请仅转交有关人员。',
    ],
  },
  'survey-reminder': {
    subject: '截至{day}：{institution}想了解贵机构对证书的要求',
    text: [
      '{institution}仍在等待{body}对一项调查的答复：{title}。',
      '已保存的内容仍然保留。答复截止日期为{day}：',
      '{link}',
      '如不愿作答，无需采取任何行动。',
    ],
  },
  'survey-confirmation': {
    subject: '{institution}询问：贵机构关于证书的答复是否仍然正确？',
    text: [
      '{body}曾答复{institution}的一项调查：{title}。上次确认日期为{day}。',
      '我们每年仅询问一次有无变化。贵机构的答复见以下链接；请修改不再正确之处，或确认没有变化：',
      '{link}',
      '如不采取行动，答复将保持不变，并注明上次确认日期。持有此链接者可代表{body}作答。',
    ],
  },
  'survey-rules': {
    subject: '贵机构新版规则等待审阅：{body}',
    text: ['{body}对一项调查的答复已有变化：{title}。', '据此已起草{body}的新版规则。在有人审阅、修改并发布之前，一切不变：', '{link}'],
  },
}

/** Words by language. English has to be there. */
export const surveyMailWords: Readonly<Record<string, SurveyMailWords>> = { en, cs, fr, es, ar, ru, zh }
