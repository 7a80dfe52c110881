/** Our mails in several languages, paragraph by paragraph. */
import type { RevocationReason } from '@cairn/core'

export type MailKind = 'claim' | 'sign-in' | 'invitation' | 'revocation'

/** One language: a subject and paragraphs for each kind, and why a credential was revoked in half a sentence. */
export interface MailWords extends Record<MailKind, { subject: string; text: readonly string[] }> {
  reasons: Readonly<Record<RevocationReason, string>>
}

const en: MailWords = {
  claim: {
    subject: 'Your credential from {institution}',
    text: [
      'Dear {learner},',
      '{institution} has awarded you: {title}.',
      'The credential is yours. Open this link to see it, download it and share it with whom you like:',
      '{link}',
      'The link is for you alone. To show the credential to somebody, make a share link on that page.',
    ],
  },
  'sign-in': {
    subject: 'Your link to sign in',
    text: [
      'Open this link to sign in:',
      '{link}',
      'It works once, within {minutes} minutes. If you did not ask for it, nothing needs to be done.',
    ],
  },
  invitation: {
    subject: '{institution} invites you to Cairn',
    text: [
      '{inviter} invites you to work for {institution} in Cairn.',
      'Open this link to accept:',
      '{link}',
      'If you do not know {institution}, nothing needs to be done.',
    ],
  },
  revocation: {
    subject: 'Your credential from {institution} was revoked',
    text: [
      'Dear {learner},',
      'On {day}, {institution} revoked your credential: {title}.',
      'The reason: {reason}.',
      'Whoever checks it from now on sees that it was revoked. You still find it here:',
      '{link}',
      'If you think this is wrong, please write to {institution}.',
    ],
  },
  reasons: {
    error: 'there was a mistake in it',
    superseded: 'a newer credential takes its place',
    fraud: 'it was obtained by deception',
    'withdrawn-by-awarding-body': 'the awarding body has withdrawn the award',
    'learner-request': 'you asked for it',
    'key-compromise': 'the key it was sealed with is no longer safe',
  },
}

const cs: MailWords = {
  claim: {
    subject: 'Vaše osvědčení: {institution}',
    text: [
      'Dobrý den, {learner},',
      '{institution} vám udělila osvědčení: {title}.',
      'Osvědčení je vaše. Tento odkaz ho otevře; můžete si ho prohlédnout, stáhnout a sdílet, s kým chcete:',
      '{link}',
      'Odkaz je jen pro vás. Chcete-li osvědčení někomu ukázat, vytvořte si na té stránce odkaz ke sdílení.',
    ],
  },
  'sign-in': {
    subject: 'Odkaz k přihlášení',
    text: ['Přihlásíte se tímto odkazem:', '{link}', 'Platí jednou a {minutes} minut. Pokud jste o něj nežádali, nemusíte nic dělat.'],
  },
  invitation: {
    subject: '{institution} vás zve do Cairnu',
    text: [
      '{inviter} vás zve ke spolupráci v Cairnu. Instituce: {institution}.',
      'Pozvání přijmete tímto odkazem:',
      '{link}',
      'Pokud tuto instituci neznáte, nemusíte nic dělat.',
    ],
  },
  revocation: {
    subject: 'Vaše osvědčení bylo zneplatněno: {institution}',
    text: [
      'Dobrý den, {learner},',
      'dne {day} bylo zneplatněno vaše osvědčení: {title}. Zneplatnila ho instituce {institution}.',
      'Důvod: {reason}.',
      'Kdo ho od teď ověří, uvidí, že bylo zneplatněno. Vy ho najdete dál zde:',
      '{link}',
      'Pokud je to podle vás omyl, napište prosím přímo instituci {institution}.',
    ],
  },
  reasons: {
    error: 'byla v něm chyba',
    superseded: 'nahrazuje ho novější osvědčení',
    fraud: 'bylo získáno podvodem',
    'withdrawn-by-awarding-body': 'instituce, která ho udělila, ho odňala',
    'learner-request': 'požádali jste o to',
    'key-compromise': 'klíč, kterým bylo zapečetěno, už není bezpečný',
  },
}

const fr: MailWords = {
  claim: {
    subject: 'Votre attestation de {institution}',
    text: [
      'Bonjour {learner},',
      '{institution} vous a délivré : {title}.',
      'Cette attestation est à vous. Ouvrez ce lien pour la voir, la télécharger et la partager avec qui vous voulez :',
      '{link}',
      'Ce lien est pour vous seul. Pour montrer l’attestation à quelqu’un, créez un lien de partage sur cette page.',
    ],
  },
  'sign-in': {
    subject: 'Votre lien de connexion',
    text: [
      'Ouvrez ce lien pour vous connecter :',
      '{link}',
      'Il sert une fois, pendant {minutes} minutes. Si vous n’avez rien demandé, il n’y a rien à faire.',
    ],
  },
  invitation: {
    subject: '{institution} vous invite dans Cairn',
    text: [
      '{inviter} vous invite à travailler pour {institution} dans Cairn.',
      'Ouvrez ce lien pour accepter :',
      '{link}',
      'Si vous ne connaissez pas {institution}, il n’y a rien à faire.',
    ],
  },
  revocation: {
    subject: 'Votre attestation de {institution} a été révoquée',
    text: [
      'Bonjour {learner},',
      'Le {day}, {institution} a révoqué votre attestation : {title}.',
      'La raison : {reason}.',
      'Toute personne qui la vérifie voit désormais qu’elle est révoquée. Vous la trouvez toujours ici :',
      '{link}',
      'Si vous pensez que c’est une erreur, écrivez à {institution}.',
    ],
  },
  reasons: {
    error: 'elle contenait une erreur',
    superseded: 'une attestation plus récente la remplace',
    fraud: 'elle a été obtenue par tromperie',
    'withdrawn-by-awarding-body': 'l’organisme qui l’a délivrée l’a retirée',
    'learner-request': 'vous l’avez demandé',
    'key-compromise': 'la clé qui l’a scellée n’est plus sûre',
  },
}

const es: MailWords = {
  claim: {
    subject: 'Su credencial de {institution}',
    text: [
      'Hola, {learner}:',
      '{institution} le ha otorgado: {title}.',
      'La credencial es suya. Abra este enlace para verla, descargarla y compartirla con quien quiera:',
      '{link}',
      'El enlace es solo para usted. Para mostrar la credencial a alguien, cree en esa página un enlace para compartir.',
    ],
  },
  'sign-in': {
    subject: 'Su enlace de acceso',
    text: [
      'Abra este enlace para entrar:',
      '{link}',
      'Sirve una vez, durante {minutes} minutos. Si no lo ha pedido, no tiene que hacer nada.',
    ],
  },
  invitation: {
    subject: '{institution} le invita a Cairn',
    text: [
      '{inviter} le invita a trabajar para {institution} en Cairn.',
      'Abra este enlace para aceptar:',
      '{link}',
      'Si no conoce {institution}, no tiene que hacer nada.',
    ],
  },
  revocation: {
    subject: 'Su credencial de {institution} ha sido revocada',
    text: [
      'Hola, {learner}:',
      'El {day}, {institution} revocó su credencial: {title}.',
      'El motivo: {reason}.',
      'Quien la compruebe a partir de ahora verá que está revocada. Usted la sigue encontrando aquí:',
      '{link}',
      'Si cree que es un error, escriba a {institution}.',
    ],
  },
  reasons: {
    error: 'contenía un error',
    superseded: 'otra credencial más reciente la sustituye',
    fraud: 'se obtuvo con engaño',
    'withdrawn-by-awarding-body': 'la institución que la otorgó la ha retirado',
    'learner-request': 'usted lo pidió',
    'key-compromise': 'la clave con la que se selló ya no es segura',
  },
}

const ar: MailWords = {
  claim: {
    subject: 'شهادتك من {institution}',
    text: [
      'عزيزي/عزيزتي {learner}،',
      'منحتك {institution}: {title}.',
      'هذه الشهادة لك. افتح هذا الرابط لتراها وتحفظها وتشاركها مع من تشاء:',
      '{link}',
      'هذا الرابط لك وحدك. لعرض الشهادة على غيرك أنشئ رابط مشاركة في تلك الصفحة.',
    ],
  },
  'sign-in': {
    subject: 'رابط تسجيل الدخول',
    text: ['افتح هذا الرابط لتسجيل الدخول:', '{link}', 'يعمل الرابط مرة واحدة خلال {minutes} دقيقة. إن لم تطلبه فلا حاجة إلى فعل شيء.'],
  },
  invitation: {
    subject: 'دعوة من {institution} إلى Cairn',
    text: [
      'يدعوك {inviter} إلى العمل لدى {institution} في Cairn.',
      'افتح هذا الرابط لقبول الدعوة:',
      '{link}',
      'إن كنت لا تعرف {institution} فلا حاجة إلى فعل شيء.',
    ],
  },
  revocation: {
    subject: 'أُلغيت شهادتك من {institution}',
    text: [
      'عزيزي/عزيزتي {learner}،',
      'في {day} ألغت {institution} شهادتك: {title}.',
      'السبب: {reason}.',
      'كل من يتحقق منها من الآن يرى أنها ملغاة. تجدها دائمًا هنا:',
      '{link}',
      'إن كنت ترى أن هذا خطأ فاكتب إلى {institution}.',
    ],
  },
  reasons: {
    error: 'كان فيها خطأ',
    superseded: 'حلّت محلها شهادة أحدث',
    fraud: 'حُصل عليها بالتحايل',
    'withdrawn-by-awarding-body': 'سحبتها الجهة المانحة',
    'learner-request': 'طلبتَ ذلك',
    'key-compromise': 'لم يعد المفتاح الذي خُتمت به آمنًا',
  },
}

/** Words by language. English has to be there. */
export const mailWords: Readonly<Record<string, MailWords>> = { en, cs, fr, es, ar }
