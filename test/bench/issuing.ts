/** `cairn issue` as a person runs it: ten thousand rows, from the file to ten thousand sealed files, with the most memory it ever held. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { writeKeyFile } from '@cairn/keys'
import { writeCsv } from '@cairn/sheets'
import { createDemoKey, sampleEdition } from '@cairn/testkit'
import type { Row } from './measure.ts'

const rowsOfFile = 10_000
const passphrase = 'bench passphrase'

/** One row of the table. */
export async function benchIssuing(): Promise<Row> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-bench-'))
  try {
    mkdirSync(path.join(folder, 'in'))
    const place = (name: string) => path.join(folder, 'in', name)
    const demo = createDemoKey({ organisation: sampleEdition.institution, passphrase })
    writeKeyFile(place('key.json'), demo.keyFile)
    writeFileSync(place('edition.json'), JSON.stringify(sampleEdition))
    const lines = Array.from({ length: rowsOfFile }, (_, n) => [`Žofie ${n}`, 'Dvořáková', '1999-05-12', `S-${n}`, '2026-05-12', 'A'])
    writeFileSync(place('rows.csv'), writeCsv([['givenName', 'familyName', 'dateOfBirth', 'identifier', 'awardDate', 'grade'], ...lines]))
    const args = [
      'issue',
      '--spec',
      place('edition.json'),
      '--recipients',
      place('rows.csv'),
      '--key',
      place('key.json'),
      '--out',
      path.join(folder, 'out'),
      '--json',
    ]
    const { seconds, memory, status, stderr } = await run(args)
    const made = status === 0 ? readdirSync(path.join(folder, 'out')).filter((name) => name.endsWith('.jsonld')).length : 0
    if (made !== rowsOfFile) throw new Error(`cairn issue made ${made} of ${rowsOfFile}: ${stderr}`)
    const megabytes = Math.round(memory / 1024)
    return {
      what: 'cairn issue, 10,000 rows end to end',
      figure: `${seconds.toFixed(1)} s, ${megabytes} MB`,
      aim: '10 s, under 500 MB',
      met: seconds <= 10 && megabytes < 500,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs the bin and watches its memory; `memory` is the high-water mark in KiB, as Linux keeps it. */
async function run(args: readonly string[]): Promise<{ seconds: number; memory: number; status: number; stderr: string }> {
  const bin = path.resolve(import.meta.dirname, '../../apps/cli/bin/cairn.js')
  const from = performance.now()
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, CAIRN_KEY_PASSPHRASE: passphrase },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  let memory = 0
  const watch = setInterval(() => {
    try {
      memory = Math.max(memory, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0))
    } catch {
      // The process is gone, or this is no Linux: the last mark stands.
    }
  }, 50)
  const status = await new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? -1)))
  clearInterval(watch)
  return { seconds: (performance.now() - from) / 1000, memory, status, stderr }
}
