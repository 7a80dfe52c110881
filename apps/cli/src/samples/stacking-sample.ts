/** A certificate of three parts at a body that does not exist, and a learner who has two of them. */
import type { Samples } from '../write-samples.ts'

const held = (id: string, title: string, credits: number, tags: string[], issueDate: string) => ({
  id,
  title,
  credits,
  tags,
  issueDate,
  provider: 'TRAINING-CENTRE',
  eqf: 6,
})

const offered = (id: string, title: string, credits: number, hours: number) => ({
  id,
  title,
  credits,
  hours,
  tags: ['climate-service'],
  provider: 'TRAINING-CENTRE',
  eqf: 6,
})

/** An empty library, for slots need none, and the case: what is held, what is missing, and two courses of a catalogue that would fill it. */
export const stackingSample: Samples = {
  'policies.json': { policies: {}, targets: {} },
  'pathway.json': {
    id: 'a-certificate-of-three-parts',
    type: 'stacking',
    asOf: '2026-06-01',
    pathway: {
      award: 'Certificate in climate services',
      slots: [
        { id: 'data', accept: ['climate-data'], minCredits: 4, maxCredits: 8 },
        { id: 'service', accept: ['climate-service'], minCredits: 4, maxCredits: 8 },
        { id: 'elective', accept: ['climate-data', 'climate-service', 'communication'], minCount: 1 },
      ],
      rules: { totalMin: 12 },
    },
    credentials: [
      held('homogenisation', 'Homogenisation of climate records', 5, ['climate-data'], '2025-05-10'),
      held('talking-of-risk', 'Talking of risk', 3, ['communication'], '2026-02-14'),
    ],
    catalogue: [
      offered('services', 'Climate services for agriculture', 4, 100),
      offered('planning', 'Climate services for planning', 6, 150),
    ],
  },
}
