/** What the sheet shows of one view, in the words of its language. Values of the signed bytes alone (R-DISP-1). */
import { dateTag, fillPlaces, isRightToLeft, keepLast, letterNumber, millis, type SignedView, saidDay } from '@cairn/core'
import { fontsCover } from '../display-fonts.ts'
import { type CertificateWords, certificateWords } from './certificate-words.ts'

/** A text with the direction that it reads in itself, whatever stands around it. */
export interface Line {
  text: string
  rtl: boolean
  /** True when marks stand over or under letters that have no form of their own with them. */
  marks: boolean
}

/** A line set large, with its size in points: the longer it is, the smaller. */
export interface LargeLine extends Line {
  size: number
}

/** One language of the sheet, as the template reads it: a page, and one behind it where there is more to say. */
export interface CertificateFace {
  language: string
  rtl: boolean
  kind: Line
  title: LargeLine
  learner: LargeLine
  awardingBody: LargeLine
  description: Line
  facts: { name: string; value: Line }[]
  outcomes: readonly Line[]
  /** What stands together is a group: its first line says what it is, the others more about it. */
  sections: { title: string; groups: readonly (readonly Line[])[] }[]
  words: Pick<CertificateWords, 'awardedTo' | 'awardedBy' | 'stone' | 'qr' | 'sealedFile' | 'scan' | 'truth' | 'outcomes'>
}

/** The day that a moment says, in the reader's way; anything else stays as it is signed. */
function sayDay(moment: string | undefined, language: string): string | undefined {
  const day = saidDay(moment)
  return day === undefined ? moment : dayFormat(language).format(millis(day))
}

/** Kept by language: making one takes as long as everything else on the face. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()
function dayFormat(language: string): Intl.DateTimeFormat {
  const known = dayFormats.get(language)
  if (known) return known
  const made = new Intl.DateTimeFormat(dateTag(language), {
    dateStyle: 'long',
    timeZone: 'UTC',
    numberingSystem: 'latn',
    calendar: 'gregory',
  })
  if (dayFormats.size < 100) dayFormats.set(language, made)
  return made
}

/** Days that all learners of a batch share, said once. */
const saidDays = new Map<string, string>()
function saySharedDay(moment: string | undefined, language: string): string | undefined {
  if (moment === undefined) return
  const key = `${language} ${moment}`
  return saidDays.get(key) ?? keepLast(saidDays, key, sayDay(moment, language)!, 100)
}

/** Letters that no font of ours has are named by their number, so that a sheet never shows a wrong one. */
const shown = (text: string) =>
  fontsCover(text) ? text : [...text].map((letter) => (fontsCover(letter) ? letter : `[${letterNumber(letter)}]`)).join('')

/** More than four marks on one letter are a name in no language: they would be stacked over what stands above. */
const withoutTowers = (text: string) => text.replace(/(\p{M}{4})\p{M}+/gu, '$1[…]')

/** A word that is longer than any line may be broken anywhere but before a mark: behind each thirtieth letter there is room for it. */
const breakable = (text: string) => (text.length < 40 ? text : text.replace(/[^\s\u200b-]{30}(?=[^\s\u200b-]{10})(?!\p{M})/gu, '$&\u200b'))

/** A text as a sheet can show it, whatever stands in it: on one line, as far as there is room for it. */
export const printable = (text: string): string => breakable(shown(withoutTowers(text.normalize('NFC').replace(/\s+/g, ' ').trim())))

/** Sizes by how many letters there are, in points: a name of one line is large, one of five lines still stands on its page. */
const sizes = {
  title: [
    [32, 27],
    [64, 22],
    [120, 18],
    [Number.POSITIVE_INFINITY, 14],
  ],
  learner: [
    [26, 27],
    [44, 23],
    [90, 19],
    [Number.POSITIVE_INFINITY, 15],
  ],
  awardingBody: [
    [60, 15],
    [Number.POSITIVE_INFINITY, 12],
  ],
} as const

/** The direction of the first letter that has one (Unicode Bidirectional Algorithm, P2 and P3), else that of the page. */
function lineOf(text: string, pageRtl: boolean): Line {
  const first = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]/u.exec(text)?.[0]
  const line = printable(text)
  return {
    text: line,
    marks: /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}/u.test(line),
    rtl: first === undefined ? pageRtl : /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first),
  }
}

/** Lines that many learners of an edition share, made once. What says who somebody is is never kept. */
const sharedLines = new Map<string, Line>()
function sharedLineOf(text: string, pageRtl: boolean): Line {
  const key = `${pageRtl ? 'r' : 'l'}${text}`
  return sharedLines.get(key) ?? keepLast(sharedLines, key, lineOf(text, pageRtl), 1000)
}

/** The face of a view in one language. `hasAddress` is false when the code holds a fingerprint and no address. */
export function certificateFace(view: SignedView, language: string, hasAddress: boolean): CertificateFace {
  const words = certificateWords(language)
  const { ects, hours } = view.workload ?? {}
  const { eqf, nqf = [], cycle } = view.level ?? {}
  const facts = [
    [words.reference, view.referenceNumber],
    [words.born, sayDay(view.dateOfBirth, language)],
    [words.awardedOn, saySharedDay(view.awardDate, language)],
    [words.issuedOn, saySharedDay(view.issued, language)],
    [words.validUntil, saySharedDay(view.validUntil, language)],
    [words.issuer, view.issuer],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  const each = (lines: readonly string[]) => lines.map((text) => [text])
  const sections: { title: string; groups: (string | undefined)[][] }[] = [
    {
      title: words.size,
      groups: each([
        ects === undefined ? '' : fillPlaces(words.ects, { count: ects }),
        hours === undefined ? '' : fillPlaces(words.hours, { count: hours }),
      ]),
    },
    {
      title: words.level,
      groups: each([eqf === undefined ? '' : fillPlaces(words.eqf, { level: eqf }), ...nqf, words.cycles[cycle ?? ''] ?? cycle ?? '']),
    },
    {
      title: words.assessed,
      groups: view.assessments.map(({ title, type, supervision, grade }) => [
        title,
        [type, supervision].filter(Boolean).join(' · '),
        grade === undefined ? undefined : fillPlaces(words.grade, { grade }),
      ]),
    },
    { title: words.participation, groups: each(view.participation) },
    { title: words.quality, groups: each(view.qualityAssurance) },
    { title: words.fields, groups: each(view.fields.map(({ label }) => label)) },
    { title: words.prerequisites, groups: [[view.prerequisites]] },
    { title: words.stack, groups: [[view.stackability === 'standalone' ? words.standalone : view.stackability]] },
    { title: words.further, groups: [[view.furtherInformation], [view.homepage]] },
  ]
  const rtl = isRightToLeft(language)
  const line = (text: string | undefined) => sharedLineOf(text ?? '', rtl)
  const ownLine = (text: string) => lineOf(text, rtl)
  const large = (of: keyof typeof sizes, text: string | undefined, made = line(text)) => ({
    ...made,
    size: sizes[of].find(([most]) => (text?.length ?? 0) <= most)![1],
  })
  return {
    language: language.split('-')[0]!,
    rtl,
    kind: line(words.kinds[view.kind ?? ''] ?? view.kind),
    title: large('title', view.title),
    learner: large('learner', view.learner, ownLine(view.learner)),
    awardingBody: large('awardingBody', view.awardingBody),
    description: line(view.description),
    facts: facts.map(([name, value]) => ({ name, value: ownLine(value) })),
    outcomes: view.outcomes.map(line),
    sections: sections
      .map(({ title, groups }) => ({
        title,
        groups: groups.map((group) => group.filter((text) => text).map(line)).filter((group) => group.length > 0),
      }))
      .filter(({ groups }) => groups.length > 0),
    words: { ...words, scan: hasAddress ? words.scan : words.scanHash },
  }
}
