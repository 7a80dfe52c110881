/** Looking a concept up in every list at once. Loads them all, national frameworks included: pages that need one list import that list instead. */
import { type Concept, type ConceptList, conceptIn } from './concept-list.ts'
import { accreditationTypes } from './vocabularies/accreditation-types.ts'
import { assessmentTypes } from './vocabularies/assessment-types.ts'
import { credentialProfiles } from './vocabularies/credential-profiles.ts'
import { creditSystems } from './vocabularies/credit-systems.ts'
import { entitlementStatuses } from './vocabularies/entitlement-statuses.ts'
import { entitlementTypes } from './vocabularies/entitlement-types.ts'
import { eqfLevels } from './vocabularies/eqf.ts'
import { evidenceTypes } from './vocabularies/evidence-types.ts'
import { fieldsOfEducation } from './vocabularies/isced-f.ts'
import { learningActivityTypes } from './vocabularies/learning-activity-types.ts'
import { learningOpportunityTypes } from './vocabularies/learning-opportunity-types.ts'
import { learningSchedules } from './vocabularies/learning-schedules.ts'
import { learningSettings } from './vocabularies/learning-settings.ts'
import { modes } from './vocabularies/modes.ts'
import { nqfFrameworks, nqfLevels } from './vocabularies/nqf.ts'
import { cycles } from './vocabularies/qf-ehea.ts'
import { skillReuseLevels } from './vocabularies/skill-reuse-levels.ts'
import { skillTypes } from './vocabularies/skill-types.ts'
import { supervisions } from './vocabularies/supervisions.ts'
import { targetGroups } from './vocabularies/target-groups.ts'

/** The concept of an IRI in any of our lists; `undefined` when none has it. Languages and countries are not here: `Intl` names them. */
export function concept(iri: string): Concept | undefined {
  const lists: readonly ConceptList[] = [
    assessmentTypes,
    modes,
    supervisions,
    eqfLevels,
    cycles,
    fieldsOfEducation,
    accreditationTypes,
    learningActivityTypes,
    learningOpportunityTypes,
    learningSettings,
    learningSchedules,
    creditSystems,
    skillTypes,
    skillReuseLevels,
    targetGroups,
    entitlementTypes,
    entitlementStatuses,
    evidenceTypes,
    credentialProfiles,
    nqfLevels,
    nqfFrameworks,
  ]
  for (const list of lists) {
    const found = conceptIn(list, iri)
    if (found) return found
  }
  return undefined
}
