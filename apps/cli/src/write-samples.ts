/** Something to begin with, as files to be changed: what `--sample` of a verb writes. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import type { Output } from './output.ts'

/** What each file holds: text as it is, or JSON. */
export type Samples = Readonly<Record<string, string | object>>

/** Writes samples into a folder, which is made where there is none, says where each is, and then `next`. Raises `request.conflict` when one of them is there already. */
export function writeSamples(folder: string, samples: Samples, output: Output, next: (place: (name: string) => string) => string): number {
  const place = (name: string) => path.join(folder, name)
  const there = Object.keys(samples).find((name) => existsSync(place(name)))
  if (there) throw new ProblemError('request.conflict', `There is a ${there} already; nothing is written over.`)
  mkdirSync(folder, { recursive: true })
  for (const [name, sample] of Object.entries(samples))
    writeFileSync(place(name), typeof sample === 'string' ? sample : `${JSON.stringify(sample, null, 2)}\n`)
  output.data({ files: Object.keys(samples).map(place) })
  for (const name of Object.keys(samples)) output.say(place(name))
  output.say(`To go on: ${next(place)}`)
  return 0
}
