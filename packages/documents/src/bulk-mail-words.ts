/** Mails around batches and keys for programs, and about credentials that were replaced or will soon end, in several languages. */
export type BulkMailKind = 'batch-sealed' | 'batch-waiting' | 'batch-failed' | 'key-cap' | 'replacement' | 'expiry'

export type BulkMailWords = Record<BulkMailKind, { subject: string; text: readonly string[] }>

const en: BulkMailWords = {
  'batch-sealed': {
    subject: 'Sealed: {count} × {title}',
    text: [
      'The batch that you confirmed is sealed: {title}.',
      'Number of credentials: {count}. The messages to learners are on their way.',
      'The report is here:',
      '{link}',
    ],
  },
  'batch-waiting': {
    subject: 'Sealed: {count} × {title}',
    text: [
      'The batch that you confirmed is sealed: {title}.',
      'Number of credentials: {count}. The messages to learners go out from {moment}. Until then you can still cancel it, and nobody is told.',
      'The report is here:',
      '{link}',
    ],
  },
  'batch-failed': {
    subject: 'Sealing stopped: {title}',
    text: [
      'The batch that you confirmed could not be sealed to its end: {title}.',
      'Nothing is lost: what was sealed stays sealed. What stood in the way is said here:',
      '{link}',
    ],
  },
  'key-cap': {
    subject: 'Cap reached by the key {key}',
    text: [
      'A key for a program of {institution} has had as many credentials sealed as it may: {key}.',
      'In the last hour: {inHour}. In the last day: {inDay}. It has nothing more sealed until the hour or the day is over; a person can confirm a batch in the console meanwhile.',
      'If this was not expected, the key may be in wrong hands. Take it back here, and revoke what it had sealed:',
      '{link}',
    ],
  },
  replacement: {
    subject: 'A new version of your credential from {institution}',
    text: [
      'Dear {learner},',
      '{institution} has issued your credential anew: {title}. The new one takes the place of the old one.',
      'Links that you made to the old one stay alive; they say so, and lead to the new one. Open this link to see it:',
      '{link}',
      'The link is for you alone. To show the credential to somebody, make a share link on that page.',
    ],
  },
  expiry: {
    subject: 'Your credential from {institution} ends on {day}',
    text: [
      'Dear {learner},',
      'Your credential is valid until {day}: {title}.',
      'Whether and how it can be renewed, {institution} will tell you. You find the credential here:',
      '{link}',
    ],
  },
}

const cs: BulkMailWords = {
  'batch-sealed': {
    subject: 'Zapečetěno: {count} × {title}',
    text: [
      'Dávka, kterou jste potvrdili, je zapečetěna: {title}.',
      'Počet osvědčení: {count}. Zprávy držitelům jsou na cestě.',
      'Zpráva o dávce je zde:',
      '{link}',
    ],
  },
  'batch-waiting': {
    subject: 'Zapečetěno: {count} × {title}',
    text: [
      'Dávka, kterou jste potvrdili, je zapečetěna: {title}.',
      'Počet osvědčení: {count}. Zprávy držitelům odejdou nejdříve {moment}. Do té doby ji ještě můžete zrušit a nikdo se nic nedozví.',
      'Zpráva o dávce je zde:',
      '{link}',
    ],
  },
  'batch-failed': {
    subject: 'Pečetění se zastavilo: {title}',
    text: [
      'Dávku, kterou jste potvrdili, nebylo možné zapečetit do konce: {title}.',
      'Nic se neztratilo: co bylo zapečetěno, zůstává zapečetěno. Co stálo v cestě, je uvedeno zde:',
      '{link}',
    ],
  },
  'key-cap': {
    subject: 'Klíč {key} dosáhl svého stropu',
    text: [
      'Klíč pro program instituce {institution} nechal zapečetit tolik osvědčení, kolik smí: {key}.',
      'Za poslední hodinu: {inHour}. Za poslední den: {inDay}. Dokud hodina nebo den neuplyne, nic dalšího zapečetit nenechá; dávku může mezitím potvrdit člověk v konzoli.',
      'Pokud jste to nečekali, může být klíč v cizích rukou. Zde ho odeberete a zneplatníte, co nechal zapečetit:',
      '{link}',
    ],
  },
  replacement: {
    subject: 'Nová verze vašeho osvědčení: {institution}',
    text: [
      'Dobrý den, {learner},',
      '{institution} vám vystavila osvědčení znovu: {title}. Nové nahrazuje staré.',
      'Odkazy, které jste vytvořili ke starému, dál platí; říkají to a vedou k novému. Nové osvědčení otevřete zde:',
      '{link}',
      'Odkaz je jen pro vás. Chcete-li osvědčení někomu ukázat, vytvořte si na té stránce odkaz ke sdílení.',
    ],
  },
  expiry: {
    subject: 'Platnost vašeho osvědčení končí {day}: {institution}',
    text: [
      'Dobrý den, {learner},',
      'vaše osvědčení platí do {day}: {title}.',
      'Zda a jak ho lze obnovit, vám sdělí {institution}. Osvědčení najdete zde:',
      '{link}',
    ],
  },
}

const fr: BulkMailWords = {
  'batch-sealed': {
    subject: 'Scellé : {count} × {title}',
    text: [
      'Le lot que vous avez confirmé est scellé : {title}.',
      'Nombre d’attestations : {count}. Les messages aux apprenants partent.',
      'Le rapport est ici :',
      '{link}',
    ],
  },
  'batch-waiting': {
    subject: 'Scellé : {count} × {title}',
    text: [
      'Le lot que vous avez confirmé est scellé : {title}.',
      'Nombre d’attestations : {count}. Les messages aux apprenants partent à partir du {moment}. Jusque-là, vous pouvez encore l’annuler, et personne n’en est informé.',
      'Le rapport est ici :',
      '{link}',
    ],
  },
  'batch-failed': {
    subject: 'Scellement interrompu : {title}',
    text: [
      'Le lot que vous avez confirmé n’a pas pu être scellé jusqu’au bout : {title}.',
      'Rien n’est perdu : ce qui était scellé le reste. Ce qui a fait obstacle est dit ici :',
      '{link}',
    ],
  },
  'key-cap': {
    subject: 'Plafond atteint par la clé {key}',
    text: [
      'Une clé pour programme de {institution} a fait sceller autant d’attestations qu’elle le peut : {key}.',
      'Pendant la dernière heure : {inHour}. Pendant le dernier jour : {inDay}. Elle ne fait plus rien sceller avant la fin de l’heure ou du jour ; une personne peut entre-temps confirmer un lot dans la console.',
      'Si cela n’était pas prévu, la clé est peut-être en de mauvaises mains. Retirez-la ici et révoquez ce qu’elle a fait sceller :',
      '{link}',
    ],
  },
  replacement: {
    subject: 'Une nouvelle version de votre attestation de {institution}',
    text: [
      'Bonjour {learner},',
      '{institution} a établi à nouveau votre attestation : {title}. La nouvelle remplace l’ancienne.',
      'Les liens que vous aviez créés vers l’ancienne restent actifs ; ils le disent et mènent à la nouvelle. Ouvrez ce lien pour la voir :',
      '{link}',
      'Ce lien est pour vous seul. Pour montrer l’attestation à quelqu’un, créez un lien de partage sur cette page.',
    ],
  },
  expiry: {
    subject: 'Votre attestation de {institution} prend fin le {day}',
    text: [
      'Bonjour {learner},',
      'Votre attestation est valable jusqu’au {day} : {title}.',
      '{institution} vous dira si et comment elle peut être renouvelée. Vous trouvez l’attestation ici :',
      '{link}',
    ],
  },
}

const es: BulkMailWords = {
  'batch-sealed': {
    subject: 'Sellado: {count} × {title}',
    text: [
      'El lote que usted confirmó está sellado: {title}.',
      'Número de credenciales: {count}. Los mensajes a los alumnos están en camino.',
      'El informe está aquí:',
      '{link}',
    ],
  },
  'batch-waiting': {
    subject: 'Sellado: {count} × {title}',
    text: [
      'El lote que usted confirmó está sellado: {title}.',
      'Número de credenciales: {count}. Los mensajes a los alumnos salen a partir de {moment}. Hasta entonces puede cancelarlo sin que nadie lo sepa.',
      'El informe está aquí:',
      '{link}',
    ],
  },
  'batch-failed': {
    subject: 'El sellado se detuvo: {title}',
    text: [
      'El lote que usted confirmó no pudo sellarse hasta el final: {title}.',
      'No se ha perdido nada: lo sellado sigue sellado. Qué lo impidió se dice aquí:',
      '{link}',
    ],
  },
  'key-cap': {
    subject: 'La clave {key} ha llegado a su tope',
    text: [
      'Una clave para programas de {institution} ha hecho sellar tantas credenciales como puede: {key}.',
      'En la última hora: {inHour}. En el último día: {inDay}. No hará sellar nada más hasta que pase la hora o el día; mientras tanto, una persona puede confirmar un lote en la consola.',
      'Si no lo esperaba, puede que la clave esté en malas manos. Retírela aquí y revoque lo que hizo sellar:',
      '{link}',
    ],
  },
  replacement: {
    subject: 'Una nueva versión de su credencial de {institution}',
    text: [
      'Hola, {learner}:',
      '{institution} ha expedido de nuevo su credencial: {title}. La nueva sustituye a la anterior.',
      'Los enlaces que creó a la anterior siguen vivos; lo dicen y llevan a la nueva. Abra este enlace para verla:',
      '{link}',
      'El enlace es solo para usted. Para mostrar la credencial a alguien, cree en esa página un enlace para compartir.',
    ],
  },
  expiry: {
    subject: 'Su credencial de {institution} termina el {day}',
    text: [
      'Hola, {learner}:',
      'Su credencial es válida hasta el {day}: {title}.',
      '{institution} le dirá si puede renovarse y cómo. La credencial está aquí:',
      '{link}',
    ],
  },
}

const ar: BulkMailWords = {
  'batch-sealed': {
    subject: 'خُتمت: {count} × {title}',
    text: ['خُتمت الدفعة التي أكدتها: {title}.', 'عدد الشهادات: {count}. الرسائل إلى المتعلمين في طريقها.', 'التقرير هنا:', '{link}'],
  },
  'batch-waiting': {
    subject: 'خُتمت: {count} × {title}',
    text: [
      'خُتمت الدفعة التي أكدتها: {title}.',
      'عدد الشهادات: {count}. تخرج الرسائل إلى المتعلمين ابتداءً من {moment}. يمكنك حتى ذلك الحين إلغاؤها دون أن يُخبَر أحد.',
      'التقرير هنا:',
      '{link}',
    ],
  },
  'batch-failed': {
    subject: 'توقف الختم: {title}',
    text: [
      'لم يمكن ختم الدفعة التي أكدتها حتى نهايتها: {title}.',
      'لم يُفقد شيء: ما خُتم يبقى مختومًا. وما حال دون الباقي مذكور هنا:',
      '{link}',
    ],
  },
  'key-cap': {
    subject: 'بلغ المفتاح {key} سقفه',
    text: [
      'مفتاح لبرنامج لدى {institution} طلب ختم أكبر عدد مسموح له من الشهادات: {key}.',
      'في الساعة الأخيرة: {inHour}. في اليوم الأخير: {inDay}. لا يُختم به شيء آخر حتى تنقضي الساعة أو اليوم؛ ويمكن لشخص أن يؤكد دفعة في لوحة العمل أثناء ذلك.',
      'إن لم يكن ذلك متوقعًا فقد يكون المفتاح في أيدٍ غريبة. اسحبه من هنا وألغِ ما خُتم به:',
      '{link}',
    ],
  },
  replacement: {
    subject: 'نسخة جديدة من شهادتك من {institution}',
    text: [
      'عزيزي/عزيزتي {learner}،',
      'أصدرت {institution} شهادتك من جديد: {title}. الجديدة تحل محل القديمة.',
      'الروابط التي أنشأتها للقديمة تبقى حية؛ تقول ذلك وتقود إلى الجديدة. افتح هذا الرابط لتراها:',
      '{link}',
      'هذا الرابط لك وحدك. لعرض الشهادة على غيرك أنشئ رابط مشاركة في تلك الصفحة.',
    ],
  },
  expiry: {
    subject: 'تنتهي صلاحية شهادتك من {institution} في {day}',
    text: [
      'عزيزي/عزيزتي {learner}،',
      'شهادتك صالحة حتى {day}: {title}.',
      'تخبرك {institution} هل يمكن تجديدها وكيف. تجد الشهادة هنا:',
      '{link}',
    ],
  },
}

/** Words by language, the same languages as those of the other mails. */
export const bulkMailWords: Readonly<Record<string, BulkMailWords>> = { en, cs, fr, es, ar }
