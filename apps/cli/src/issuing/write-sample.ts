/** Something to begin with: a complete specification and a list of two learners, as files to be changed. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { sampleSheet } from '@cairn/sheets'

/** Where both were written. */
export interface SampleFiles {
  specification: string
  recipients: string
}

/** Writes both into a folder, which is made where there is none. Raises `request.conflict` when one of them is there already. */
export async function writeSample(folder: string): Promise<SampleFiles> {
  const files = { specification: path.join(folder, 'specification.json'), recipients: path.join(folder, 'learners.csv') }
  const there = Object.values(files).find((file) => existsSync(file))
  if (there) throw new ProblemError('request.conflict', `There is a ${path.basename(there)} already; nothing is written over.`)
  const { sampleInstitution, sampleSpecification } = await import('@cairn/testkit')
  mkdirSync(folder, { recursive: true })
  const document = { specification: sampleSpecification, institution: sampleInstitution }
  writeFileSync(files.specification, `${JSON.stringify(document, null, 2)}\n`)
  writeFileSync(files.recipients, sampleSheet(sampleSpecification))
  return files
}
