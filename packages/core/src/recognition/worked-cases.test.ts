/** The published worked cases of recognition, read in place: every answer has to agree with them. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type JsonObject, parseJson } from '../json.ts'
import { readRecognitionCase } from './case.ts'
import { readLibrary } from './library.ts'
import { recognise } from './recognise.ts'

const file = path.resolve(import.meta.dirname, '../../../../../shared/vectors/recognition/worked-cases.json')
const missing = !existsSync(file)
const document = missing ? undefined : (parseJson(readFileSync(file)) as JsonObject)
const cases = ((document?.cases ?? []) as JsonObject[]).filter(({ type }) => type === 'recognition')
const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

describe.skipIf(missing)('worked recognition cases (skipped where the published cases are not beside the checkout)', () => {
  const library = missing ? undefined : readLibrary(document!)
  test('there are twelve', () => expect(cases).toHaveLength(12))
  test.each(cases.map((each) => [String(each.id), String(each.title), each] as const))('%s %s', (_, __, each) => {
    const { expected, why: ___, ...given } = each
    const { outcome, sub, grants, verdicts, reasons, conditions } = recognise(readRecognitionCase(given), library!, hash)
    expect({ outcome, ...(sub ? { sub } : {}), grants, verdicts, reasons, conditions }).toEqual(JSON.parse(JSON.stringify(expected)))
  })
})
