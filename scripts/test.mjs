/** `npm test`: installs what is missing, runs units, house rules, interop vectors and journeys, and ends with one plain line of counts. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { install, run } from './setup.mjs'
import { buildWeb } from './web.mjs'

install()
const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-test-'))
const counts = { passed: 0, failed: 0, skipped: 0 }
let bad = 0
for (const project of ['units', 'house', 'journeys']) {
  console.log(`\n— ${project}`)
  if (project === 'journeys') buildWeb()
  const file = path.join(folder, `${project}.json`)
  const code = run(project, ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  if (code !== 0) bad++
  if (!existsSync(file)) continue
  const report = JSON.parse(readFileSync(file, 'utf8'))
  counts.passed += report.numPassedTests
  counts.failed += report.numFailedTests + (code !== 0 && report.numFailedTests === 0 ? 1 : 0)
  counts.skipped += report.numPendingTests + report.numTodoTests
}
rmSync(folder, { recursive: true, force: true })
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exit(bad === 0 ? 0 : 1)
