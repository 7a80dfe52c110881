/** Annex II's principles as questions. */
import type { principles } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'

export const principleNames: Record<(typeof principles)[number], () => string> = {
  quality: m.principle_quality,
  transparency: m.principle_transparency,
  relevance: m.principle_relevance,
  assessment: m.principle_assessment,
  pathways: m.principle_pathways,
  recognition: m.principle_recognition,
  portability: m.principle_portability,
  'learner-centred': m.principle_learner_centred,
  authenticity: m.principle_authenticity,
  guidance: m.principle_guidance,
}
