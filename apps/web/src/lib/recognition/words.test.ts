/** Domain 2.3 (1): the applicant is asked for exactly the facts that are unknown, in their language. */
import { expect, test } from 'vitest'
import { askFor } from './words.ts'

const finding = (path: string, value: unknown, verdict: 'pass' | 'fail' | 'unknown', effect?: string) => ({
  requirement: path,
  policy: 'P',
  kind: 'x',
  verdict,
  ...(effect ? { effect } : {}),
  facts: [{ path, value, source: 'signed' }],
  sentence: '',
})

test('what is unknown and has an effect is asked for, once each, and nothing else', () => {
  const findings = [
    finding('/credentials/c1/holderMatch', null, 'unknown', 'evidence'),
    finding('/credentials/c2/holderMatch', null, 'unknown', 'evidence'),
    finding('/credentials/c1/mode', null, 'unknown', 'note'),
    finding('/credentials/c1/eqf', 5, 'fail', 'refuse'),
    finding('/credentials/c1/workload', null, 'unknown', 'refer'),
    finding('/credentials/c1/marks', null, 'unknown'),
  ]
  const asked = askFor({ findings }, 'en')
  expect(asked).toMatch(/does not say: .+ and .+\.$/)
  expect(asked).not.toMatch(/Level|Form/)
  expect(askFor({ findings }, 'cs')).toMatch(/ a.Rozsah/)
  // A language that we do not speak is asked in the reader's.
  expect(askFor({ findings }, 'fr')).toBe(asked)
  expect(askFor({ findings: findings.slice(2, 4) }, 'en')).toBe('')
})
