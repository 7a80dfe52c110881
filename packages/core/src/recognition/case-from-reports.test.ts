import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Json } from '../json.ts'
import type { Report } from '../report.ts'
import { type CaseGround, caseFromReports, factsFromReport } from './case-from-reports.ts'
import { readLibrary } from './library.ts'
import { recognise } from './recognise.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

function reportOf(change: Partial<Report> = {}, view: Partial<NonNullable<Report['view']>> = {}): Report {
  return {
    format: 'elm-jades',
    verdict: 'valid',
    results: { seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' },
    findings: [],
    registry: { legalName: 'Hill College', id: 'urn:uuid:11111111-1111-4111-8111-111111111111' },
    at: '2026-06-01T08:00:00Z',
    view: {
      id: 'urn:uuid:22222222-2222-4222-8222-222222222222',
      title: 'Radar basics',
      kind: 'micro-credential',
      learner: 'Ana Test',
      awardingBody: 'Hill College',
      issuer: 'A name that anybody can write',
      issued: '2026-05-20T09:00:00Z',
      awardDate: '2026-05-12',
      language: 'en',
      outcomes: ['Read a radar picture'],
      workload: { ects: 2, hours: 54 },
      level: { eqf: 5 },
      assessments: [{ title: 'Examination', type: 'Written examination', supervision: 'Supervised with ID Verification' }],
      participation: ['Online'],
      qualityAssurance: [],
      fields: [],
      referenceNumber: 'HC-2026-0001',
      achievement: 'urn:uuid:33333333-3333-4333-8333-333333333333',
      ...view,
    },
    ...change,
  }
}
const ground: CaseGround = { id: 'case-1', asOf: '2026-06-01', target: 'T1', form: 'post', policies: ['P1'] }

describe('facts of a case come from verification reports alone (domain 2.2)', () => {
  test('what was sealed and what the registry says become facts, and nothing else does', () => {
    expect(factsFromReport(reportOf(), 'module')).toMatchObject({
      awardType: 'successful-completion',
      issuer: 'urn:uuid:11111111-1111-4111-8111-111111111111',
      issueDate: '2026-05-12',
      proof: 'advanced-eseal',
      status: 'valid',
      holderMatch: null,
      eqf: 5,
      workload: [
        { value: 2, unit: 'ECTS', basis: 'total' },
        { value: 54, unit: 'hours', basis: 'total', hoursPerECTS: 27 },
      ],
      assessment: { type: 'Written examination', supervised: true, idVerified: true, inPerson: null },
      mode: 'online',
      marks: { reference: 'HC-2026-0001' },
      achievement: 'urn:uuid:33333333-3333-4333-8333-333333333333',
      competencies: null,
      matches: null,
    })
  })

  test('a post counts the hours as they are told, a module the credits', () => {
    expect(factsFromReport(reportOf(), 'post').workload![0]).toMatchObject({ value: 54, unit: 'hours' })
    expect(factsFromReport(reportOf(), 'module').workload![0]).toMatchObject({ value: 2, unit: 'ECTS' })
  })

  test('null where the view does not say, never a guess', () => {
    const { validUntil, ...facts } = factsFromReport(
      reportOf({}, { kind: 'badge', assessments: [], participation: ['Online', 'Presential'], workload: {}, level: {} }),
      'module',
    )
    expect(validUntil).toBeUndefined()
    expect(facts).toMatchObject({ awardType: null, assessment: null, mode: null, workload: null, eqf: null })
  })

  test.each(['failed', 'unknown'] as const)('a seal that is %s gives no facts but a problem', (seal) => {
    const results = { seal, issuer: 'passed', validity: 'passed', status: 'passed' } as const
    expect(() => factsFromReport(reportOf({ results }), 'post')).toThrow('recognition.not-sealed')
    const { view: _, ...bare } = reportOf()
    expect(() => caseFromReports([bare], ground)).toThrow('recognition.not-sealed')
  })

  test('an issuer that nobody told us about is no fact, whatever name the credential writes', () => {
    const results = { seal: 'passed', issuer: 'unknown', validity: 'passed', status: 'passed' } as const
    expect(factsFromReport(reportOf({ results }), 'post')).toMatchObject({ issuer: null, proof: null, status: 'unknown' })
  })

  test('revoked, suspended and bound to another are told apart; past its end is a date and no status', () => {
    const finding = (code: 'status.revoked' | 'status.suspended' | 'validity.ended') => ({
      findings: [{ check: 'status.entry', outcome: 'failed' as const, problem: { code, detail: '' } }],
    })
    expect(factsFromReport(reportOf(finding('status.revoked')), 'post').status).toBe('revoked')
    expect(factsFromReport(reportOf(finding('status.suspended')), 'post').status).toBe('suspended')
    expect(factsFromReport(reportOf(finding('validity.ended'), { validUntil: '2026-05-31T23:59:59Z' }), 'post')).toMatchObject({
      status: 'valid',
      validUntil: '2026-05-31',
    })
    const results = { seal: 'passed', issuer: 'failed', validity: 'passed', status: 'passed' } as const
    expect(factsFromReport(reportOf({ results }), 'post').status).toBe('invalid')
  })

  test('the kind of proof is what the seal was', () => {
    const qualified = { qualification: 'qualified-seal', holder: {}, reasons: [], at: '2026-05-20' } as const
    expect(factsFromReport(reportOf({ qualification: qualified }), 'post').proof).toBe('qualified-eseal')
    expect(factsFromReport(reportOf({ format: 'open-badge' }), 'post').proof).toBe('wallet-vc')
    expect(factsFromReport(reportOf({ format: 'unknown' }), 'post').proof).toBeNull()
  })

  test('what a person knows fills gaps and never replaces what was signed', () => {
    const id = 'urn:uuid:22222222-2222-4222-8222-222222222222'
    const known = {
      [id]: { holderMatch: 'verified', mode: 'presential', eqf: 8, assessment: { inPerson: true, supervised: false } },
    } as const
    expect(caseFromReports([reportOf()], { ...ground, known }).credentials[0]).toMatchObject({
      holderMatch: 'verified',
      mode: 'online',
      eqf: 5,
      assessment: { supervised: true, inPerson: true },
    })
  })

  test('the case is decided by the engine as it stands', () => {
    const library = readLibrary({
      policies: {
        P1: {
          body: 'S1',
          rank: 'institution',
          purpose: 'career-progression',
          effective: ['2026-01-01', null],
          params: { minHours: 16, typeFactor: { 'successful-completion': 1 } },
          requirements: [
            { id: 'W1', kind: 'certificate-type', onFail: 'refuse' },
            { id: 'W2', kind: 'min-hours', onFail: 'refuse' },
            { id: 'W3', kind: 'formal-marks', params: { need: ['reference', 'signature', 'seal'] }, onFail: 'evidence' },
          ],
        },
      },
      targets: { T1: { body: 'S1', competencies: ['C1'] } },
    } as unknown as Json)
    const decision = recognise(caseFromReports([reportOf()], ground), library, hash)
    expect(decision.verdicts).toEqual({ W1: 'pass', W2: 'pass', W3: 'pass' })
    expect(decision.grants).toEqual([{ kind: 'career-hours', amount: 54, unit: 'hours', category: 'general' }])
  })

  test('two reports on one credential are refused', () => {
    expect(() => caseFromReports([reportOf(), reportOf()], ground)).toThrow('input.invalid')
  })
})
