/** A complete specification of an institution that does not exist, and a list of two learners. */
import { sampleSheet } from '@cairn/sheets'
import type { Samples } from '../write-samples.ts'

/** What `cairn issue` needs besides a key. */
export async function issuingSample(): Promise<Samples> {
  const { sampleInstitution, sampleSpecification } = await import('@cairn/testkit')
  return {
    'specification.json': { specification: sampleSpecification, institution: sampleInstitution },
    'learners.csv': sampleSheet(sampleSpecification),
  }
}
