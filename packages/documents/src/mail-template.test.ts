/** An institution's own words: sentences with places, and nothing that could compute, fetch or run (R-TPL-1). */
import { expect, test } from 'vitest'
import { mailHtml, mailLanguages, mailTemplateProblems, type OwnMailKind, ownMailPlaces, previewMail, standardTemplate } from './index.ts'

const kinds = Object.keys(ownMailPlaces) as OwnMailKind[]
const codes = (subject: string, text: string) =>
  mailTemplateProblems('claim', { subject, text }).map(({ code, pointer }) => [code, pointer])

test('our own words are templates that anybody could have written, in every language', () => {
  for (const kind of kinds)
    for (const language of mailLanguages) {
      expect(mailTemplateProblems(kind, standardTemplate(kind, language)), `${kind} ${language}`).toEqual([])
      expect(previewMail(kind, language, standardTemplate(kind, language)).text).toContain('https://cairn.example/claim/0000')
    }
})

test('R-TPL-1: scripts, markup, template languages and lines in a subject are refused', () => {
  for (const bad of [
    '<script>alert(1)</script>',
    '<img src=x onerror=a>',
    '{{7*7}}',
    '\u0024{7}',
    '{% if a %}',
    '<%= a %>',
    'javascript:a',
    '&lt;b&gt;',
    'a\u0000b',
  ])
    expect(codes('Hello', `${bad} {link}`), bad).toContainEqual(['mail.not-plain', '/text'])
  expect(codes('Hello\r\nBcc: all@example.org', '{link}')).toEqual([['mail.not-plain', '/subject']])
  expect(codes('', '{link}')).toEqual([['mail.not-plain', '/subject']])
  expect(codes('x'.repeat(201), '{link}')).toEqual([['mail.not-plain', '/subject']])
})

test('places are those of the mail, and the link is never left out', () => {
  expect(codes('{titel}', '{link}')).toEqual([['mail.place', '/subject']])
  expect(codes('{title}', 'Dear {learner.constructor},\n\n{link}')).toEqual([['mail.place', '/text']])
  expect(codes('{title}', 'Dear {learner}')).toEqual([['mail.place', '/text']])
})

test('a value in a place is never read as a template, nor as markup', () => {
  const { text } = previewMail('claim', 'en', { subject: 'S', text: '{learner}: {title}\n\n{link}' })
  expect(text).toBe('Žofie Dvořáková: Reading climate data\n\nhttps://cairn.example/claim/0000\n')
  const html = mailHtml({ subject: '<b>', text: 'Dear {link} "<script>",\nsecond line\n\nhttps://a.example/?a=1&b="\n' }, 'ar')
  expect(html).toContain('<html lang="ar" dir="rtl">')
  expect(html).toContain('Dear {link} &#34;&#60;script&#62;&#34;,<br>second line')
  expect(html).toContain('href="https://a.example/?a=1&#38;b=&#34;"')
  expect(html).not.toContain('<script')
})
