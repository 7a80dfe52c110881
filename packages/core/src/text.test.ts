import { expect, test } from 'vitest'
import { MailAddress } from './text.ts'

test.each(['ana@example.org', 'a.b+c@d.e-f.example', 'ž@dóména.example', "o'neill@example.org", '李@例子.example'])(
  'R-MAIL-1: %s is an address',
  (text) => {
    expect(MailAddress.safeParse(text).success).toBe(true)
  },
)

test.each([
  ...['ana', 'ana@example', 'ana@@example.org', 'ana@example.', '"a b"@example.org', 'a@[127.0.0.1]', 'a@x.org,b@x.org', 'a@x.org;b@x.org'],
  ...['<a@x.org>', 'A <a@x.org>', 'a@x.org\nBcc: b@x.org', 'a@x.org\r', 'a:b@x.org', `${'a'.repeat(250)}@x.org`],
  // Found by fuzzing: what a mailer drops, it sends to somebody else.
  ...[
    '\u0002a@x.org',
    'a\u0000@x.org',
    'a\u200b@x.org',
    'a\u202e@x.org',
    'a\u007f@x.org',
    'a@x\u00ad.org',
    'a\ufeff@x.org',
    'a@x\ufffd.org',
  ],
])('R-MAIL-1: %j is none', (text) => {
  expect(MailAddress.safeParse(text).success).toBe(false)
})
