/** `npm test`: installs what is missing, runs units, house rules, interop vectors and journeys, and ends with one plain line of counts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { install, run } from './setup.mjs'
import { tryBuildWeb } from './web.mjs'

/** Counts of one project's report, and what failed in it; undefined when the run ended before it could write one. */
function readCounts(file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
    return {
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
      failures: testResults.flatMap(sayFailures),
    }
  } catch {
    return undefined
  }
}

/** What failed in one file, a few lines each: whoever reads only the end of a long log finds it there. */
function sayFailures({ name, status, message, assertionResults }) {
  const file = path.relative(process.cwd(), name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`${file}\n${firstLines(message)}`] : []
  return failed.map((test) => `${file} > ${test.fullName}\n${test.failureMessages.map(firstLines).join('\n')}`)
}

const firstLines = (text = '') =>
  text
    .split('\n')
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join('\n')

install()
const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const failures = []
// Built before anything runs: some units start the whole server, pages and all.
const built = tryBuildWeb() === 0
for (const project of ['units', 'house', 'journeys']) {
  console.log(`\n— ${project}`)
  if (project === 'journeys' && !built) {
    console.log('The journeys were not run: the web app could not be built.')
    total.failed++
    continue
  }
  const file = path.join(folder, `${project}.json`)
  const code = run(project, ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const counts = readCounts(file)
  if (!counts) console.log(`The run of ${project} ended before its report was written (exit code ${code}).`)
  total.passed += counts?.passed ?? 0
  total.skipped += counts?.skipped ?? 0
  // A file that cannot even be loaded, or a run that breaks off, has no failed test of its own; it counts as one.
  total.failed += counts?.failed || (code === 0 && counts ? 0 : 1)
  failures.push(...(counts?.failures ?? []))
}
rmSync(folder, { recursive: true, force: true })
process.exitCode = total.failed === 0 ? 0 : 1
if (failures.length > 0) console.log(`\n— What failed\n\n${failures.join('\n\n')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
