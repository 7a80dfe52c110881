/** What the sheet shows of one view, in the words of its language. Values of the signed bytes alone (R-DISP-1). */
import { broadField, drawStone, type SignedView } from '@cairn/core'
import { fontsCover, isRightToLeft } from '../display-fonts.ts'
import { type CertificateWords, certificateWords } from './certificate-words.ts'

/** A text with the direction that it reads in itself, whatever stands around it. */
export interface Line {
  text: string
  rtl: boolean
  /** True when marks stand over or under letters that have no form of their own with them. */
  marks: boolean
}

/** One language of the sheet, as the template reads it. */
export interface CertificateFace {
  language: string
  rtl: boolean
  kind: Line
  title: Line
  learner: Line
  awardingBody: Line
  description: Line
  facts: { name: string; value: Line }[]
  outcomes: readonly Line[]
  sections: { title: string; lines: readonly Line[] }[]
  words: Pick<CertificateWords, 'awardedTo' | 'awardedBy' | 'stone' | 'qr' | 'sealedFile' | 'scan' | 'truth' | 'outcomes'>
}

/** A day in the reader's way; anything else stays as it is signed. */
function sayDay(moment: string | undefined, language: string): string | undefined {
  if (moment === undefined) return undefined
  const day = new Date(moment.length === 10 ? `${moment}T00:00:00Z` : moment)
  if (Number.isNaN(day.getTime())) return moment
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeZone: 'UTC',
    numberingSystem: 'latn',
    calendar: 'gregory',
  }).format(day)
}

const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))

/** Letters that no font of ours has are named by their number, so that a sheet never shows a wrong one. */
const shown = (text: string) =>
  [...text]
    .map((letter) =>
      fontsCover(letter) || /\s/.test(letter) ? letter : `[U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .join('')

/** The direction of the first letter that has one (Unicode Bidirectional Algorithm, P2 and P3), else that of the page. */
function lineOf(text: string, pageRtl: boolean): Line {
  const first = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]/u.exec(text)?.[0]
  const line = shown(text.normalize('NFC'))
  return {
    text: line,
    marks: /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}/u.test(line),
    rtl: first === undefined ? pageRtl : /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first),
  }
}

/** The face of a view in one language. `hasAddress` is false when the code holds a fingerprint and no address. */
export function certificateFace(view: SignedView, language: string, hasAddress: boolean): CertificateFace {
  const words = certificateWords(language)
  const { ects, hours } = view.workload ?? {}
  const { eqf, nqf = [], cycle } = view.level ?? {}
  const facts = [
    [words.reference, view.referenceNumber],
    [words.born, sayDay(view.dateOfBirth, language)],
    [words.awardedOn, sayDay(view.awardDate, language)],
    [words.issuedOn, sayDay(view.issued, language)],
    [words.validUntil, sayDay(view.validUntil, language)],
    [words.issuer, view.issuer],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  const sections = [
    {
      title: words.size,
      lines: [ects === undefined ? '' : fill(words.ects, { count: ects }), hours === undefined ? '' : fill(words.hours, { count: hours })],
    },
    { title: words.level, lines: [eqf === undefined ? '' : fill(words.eqf, { level: eqf }), ...nqf, cycle ?? ''] },
    {
      title: words.assessed,
      lines: view.assessments.map(({ title, type, supervision, grade }) =>
        [title, type, supervision, grade === undefined ? undefined : fill(words.grade, { grade })].filter(Boolean).join(' · '),
      ),
    },
    { title: words.participation, lines: view.participation },
    { title: words.quality, lines: view.qualityAssurance },
    { title: words.fields, lines: view.fields.map(({ label }) => label) },
    { title: words.prerequisites, lines: [view.prerequisites ?? ''] },
    { title: words.stack, lines: [view.stackability === 'standalone' ? words.standalone : (view.stackability ?? '')] },
    { title: words.further, lines: [view.furtherInformation ?? '', view.homepage ?? ''] },
  ]
  const rtl = isRightToLeft(language)
  const line = (text: string | undefined) => lineOf(text ?? '', rtl)
  return {
    language: language.split('-')[0]!,
    rtl,
    kind: line(view.kind),
    title: line(view.title),
    learner: line(view.learner),
    awardingBody: line(view.awardingBody),
    description: line(view.description),
    facts: facts.map(([name, value]) => ({ name, value: line(value) })),
    outcomes: view.outcomes.map(line),
    sections: sections
      .map(({ title, lines }) => ({ title, lines: lines.filter((text) => text !== '').map(line) }))
      .filter(({ lines }) => lines.length > 0),
    words: { ...words, scan: hasAddress ? words.scan : words.scanHash },
  }
}

/** The stone of a view: the same as on its page. */
export function stoneOfView(view: SignedView): string {
  const { ects, hours } = view.workload ?? {}
  const field = view.fields.map(({ code }) => broadField(code)).find((code) => code !== undefined)
  return drawStone({
    id: view.achievement ?? view.id,
    title: view.title,
    ...(field === undefined ? {} : { field }),
    ...(view.level?.eqf === undefined ? {} : { eqf: view.level.eqf }),
    ...(ects === undefined ? {} : { ects }),
    ...(hours === undefined ? {} : { hours }),
    outcomes: view.outcomes.length,
  }).svg
}
