/** A file to begin with: the right columns, and two learners who do not exist. */
import type { AchievementSpecification } from '@cairn/core'
import { type Field, fieldNames } from './fields.ts'
import { writeCsv } from './write-csv.ts'

const examples: Readonly<Partial<Record<Field, readonly [string, string]>>> = {
  givenName: ['Ana María', 'Ngọc'],
  familyName: ["O'Neill Novák", ''],
  dateOfBirth: ['1999-04-30', '2001-11-05'],
  identifier: ['S-1001', 'S-1002'],
  email: ['ana@example.org', 'ngoc@example.org'],
  language: ['en', 'en'],
  awardDate: ['2026-05-12', '2026-05-12'],
  grade: ['A', 'B'],
  // Which outcomes were met, by number; empty where all were.
  outcomes: ['', '1'],
}

/** The sample file of a specification as CSV text: grades only where something is graded, outcomes where it may be awarded in part, and a column for every part of a transcript. */
export function sampleSheet(specification: Pick<AchievementSpecification, 'assessments' | 'parts' | 'kind' | 'awardedInPart'>): string {
  const graded = specification.assessments.some((assessment) => assessment.graded)
  const wanted = (field: Field) => (field === 'grade' ? graded : field === 'outcomes' ? specification.awardedInPart : true)
  const plain = fieldNames.filter((field) => examples[field] && wanted(field))
  const parts = specification.parts.map((part): Field => `part:${part.key}`)
  const columns: readonly Field[] = [...plain, ...parts]
  const row = (which: 0 | 1) => columns.map((field) => examples[field]?.[which] ?? '')
  return writeCsv([columns, row(0), row(1)])
}
