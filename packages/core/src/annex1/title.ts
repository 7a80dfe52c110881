/** A2 title, X13 the label micro-credential, X9 languages of texts. */
import type { Rule } from './rule.ts'
import { found } from './rule.ts'
import { forbiddenByCountry, microCredential, wordsOf } from './words.ts'

/** A2: there in the primary language, no word of a full award, more than a course code. */
export const titleRule: Rule = ({ title, primaryLanguage, awardingBody }) => {
  const texts = Object.entries(title.value)
  const primary = title.value[primaryLanguage] ?? title.value[primaryLanguage.split('-')[0]!]
  if (!primary?.trim())
    return [
      found(
        'A2',
        'B',
        'annex1.title-missing',
        'There is no title in the primary language. Give it one.',
        `${title.pointer}/${primaryLanguage}`,
      ),
    ]
  const findings = []
  const national = forbiddenByCountry[awardingBody.value?.country?.value ?? '']
  for (const [tag, text] of texts) {
    const pointer = `${title.pointer}/${tag}`
    if (wordsOf(tag)?.fullAward.test(text) || national?.test(text))
      findings.push(
        found(
          'A2',
          'W',
          'annex1.title-full-award',
          'The title has a word of a full award, such as diploma or master. Choose a title that says how small it is.',
          pointer,
        ),
      )
    if (/^[\p{Lu}\d]{1,8}[-_. ]?\d{2,6}[\p{Lu}\d]{0,3}$/u.test(text.trim()))
      findings.push(found('A2', 'W', 'annex1.title-code', 'The title is a bare course code. Say in words what it is about.', pointer))
  }
  return findings
}

/** X13: only a micro-credential is called one. */
export const labelRule: Rule = ({ title }) =>
  Object.entries(title.value)
    .filter(([, text]) => microCredential.test(text))
    .map(([tag]) =>
      found(
        'X13',
        'B',
        'annex1.kind-label',
        'The title says micro-credential, but this kind of record is none. Change the title, or make it a micro-credential with all its elements.',
        `${title.pointer}/${tag}`,
      ),
    )

const scripts: Readonly<Record<string, RegExp>> = {
  bg: /\p{Script=Cyrillic}/u,
  ru: /\p{Script=Cyrillic}/u,
  uk: /\p{Script=Cyrillic}/u,
  mk: /\p{Script=Cyrillic}/u,
  el: /\p{Script=Greek}/u,
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  hi: /\p{Script=Devanagari}/u,
  ka: /\p{Script=Georgian}/u,
  hy: /\p{Script=Armenian}/u,
  zh: /\p{Script=Han}/u,
  ja: /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u,
  ko: /\p{Script=Hangul}/u,
  th: /\p{Script=Thai}/u,
}

/** X9: every text stands in the primary language, and is written in the script of its language. */
export const languagesRule: Rule = ({ texts, primaryLanguage }) =>
  texts.flatMap(({ value, pointer }) => {
    const findings = []
    if (!value[primaryLanguage] && !value[primaryLanguage.split('-')[0]!])
      findings.push(
        found('X9', 'W', 'annex1.language-missing', `There is no text in the primary language (${primaryLanguage}). Add it.`, pointer),
      )
    for (const [tag, text] of Object.entries(value)) {
      const script = scripts[tag.split('-')[0]!] ?? /\p{Script=Latin}/u
      if (tag !== 'und' && !tag.includes('-') && !unclearScript.has(tag) && /\p{L}{4}/u.test(text) && !script.test(text))
        findings.push(
          found(
            'X9',
            'W',
            'annex1.language-script',
            `The text marked ${tag} is not written in the script of that language. Check the language.`,
            `${pointer}/${tag}`,
          ),
        )
    }
    return findings
  })

/** Languages written in several scripts, or in one that we do not tell. */
const unclearScript = new Set(
  'sr bs az kk ky uz tk tg mn ur ps sd ku ks pa ug yi am ti bn as gu or ta te kn ml si ne mr sa my km lo bo dz ii be dv'.split(' '),
)
