/** Making an evidence package from a file. */
import { writeFileSync } from 'node:fs'
import { writePackage } from '@cairn/online'
import { standardPolicy } from '@cairn/verifier'
import { evidenceSource } from './evidence-source.ts'
import type { Output } from './output.ts'
import { printReport } from './print-report.ts'
import { readGiven } from './read-input.ts'
import { type Given, UsageError } from './verb.ts'

/** Gathers, packs and writes; answers the exit code. Raises what reading the credential raises. */
export async function exportFile(given: Given, output: Output): Promise<number> {
  const [file] = given.operands
  const out = given.text('out')!
  const bytes = readGiven(file!)
  const evidence = await evidenceSource(given, output.note)(bytes)
  const {
    bytes: packed,
    report,
    protectedUntil,
  } = await writePackage({ name: 'credential.jsonld', bytes }, evidence, standardPolicy, new Date().toISOString())
  output.data({
    file,
    verdict: report.verdict,
    protectedUntil,
    bytes: packed.length,
    ...(report.verdict === 'invalid' ? {} : { out }),
  })
  if (!output.json) printReport(file!, report, output)
  if (report.verdict === 'invalid') return 1
  try {
    writeFileSync(out, packed, { flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(
      code === 'EEXIST' ? 'There is a file of this name, and it is not written over.' : 'The package cannot be written there.',
    )
  }
  output.say(`  ${out}: ${Math.ceil(packed.length / 1024)} KB; its seal is protected until ${protectedUntil.slice(0, 10)}.`)
  return report.verdict === 'valid' ? 0 : 2
}
