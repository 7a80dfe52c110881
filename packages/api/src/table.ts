/** The one table of operations. */
import { apiKeyOperations } from './api-keys.ts'
import { awardingOperations } from './awarding.ts'
import { bulkOperations } from './bulk.ts'
import { classroomOperations } from './classroom.ts'
import { designOperations } from './design.ts'
import { holdingOperations } from './holding.ts'
import { institutionOperations } from './institution.ts'
import { mailOperations } from './mail.ts'
import { matrixOperations } from './matrix.ts'
import { operatingOperations } from './operating.ts'
import { recognitionOperations } from './recognition.ts'
import { registryOperations } from './registry.ts'
import { sharingOperations } from './sharing.ts'
import { stackingOperations } from './stacking.ts'
import { surveyOperations } from './survey.ts'
import { surveyCodingOperations } from './survey-coding.ts'
import { surveyLanguageOperations } from './survey-languages.ts'
import { webhookOperations } from './webhooks.ts'

export const operations = {
  ...institutionOperations,
  ...apiKeyOperations,
  ...designOperations,
  ...awardingOperations,
  ...bulkOperations,
  ...classroomOperations,
  ...holdingOperations,
  ...mailOperations,
  ...matrixOperations,
  ...recognitionOperations,
  ...registryOperations,
  ...sharingOperations,
  ...stackingOperations,
  ...surveyOperations,
  ...surveyLanguageOperations,
  ...surveyCodingOperations,
  ...operatingOperations,
  ...webhookOperations,
} as const
export type OperationName = keyof typeof operations
