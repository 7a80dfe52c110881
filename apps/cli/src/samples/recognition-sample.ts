/** A weather service that does not exist, what it counts for the career of its forecasters, and one of them who asks. */
import { policyFrom } from '@cairn/core'
import type { Samples } from '../write-samples.ts'

/** The rules with the post they are about, and a case under them: hours of an assessed course in full, those of a workshop by half. */
export const recognitionSample: Samples = {
  'policies.json': {
    policies: { 'CAREER-HOURS': policyFrom('weather-service', { body: 'WEATHER-SERVICE', from: '2026-01-01' }) },
    targets: {
      FORECASTER: {
        title: 'Operational forecaster, hours of 2025 and 2026',
        body: 'WEATHER-SERVICE',
        competencies: ['ANALYSE-WEATHER', 'WARN-OF-HAZARDS'],
        period: ['2025-01-01', '2026-12-31'],
      },
    },
  },
  'case.json': {
    id: 'hours-of-a-forecaster',
    type: 'recognition',
    asOf: '2026-06-01',
    policies: ['CAREER-HOURS'],
    target: 'FORECASTER',
    credentials: [
      {
        id: 'a-course-with-an-assessment',
        title: 'Warnings of severe convection',
        awardType: 'successful-completion',
        issuer: 'TRAINING-CENTRE',
        issueDate: '2026-03-20',
        proof: 'advanced-eseal',
        status: 'valid',
        holderMatch: 'verified',
        workload: [{ value: 30, unit: 'hours' }],
        competencies: ['WARN-OF-HAZARDS'],
      },
      {
        id: 'a-workshop-that-was-attended-actively',
        title: 'Reading ensembles',
        awardType: 'participation',
        issuer: 'TRAINING-CENTRE',
        issueDate: '2025-11-07',
        proof: 'advanced-eseal',
        status: 'valid',
        holderMatch: 'verified',
        workload: [{ value: 20, unit: 'hours' }],
        competencies: ['ANALYSE-WEATHER'],
      },
    ],
  },
}
