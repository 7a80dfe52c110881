/** Cases against a library, one answer each: what `cairn recognise` and `cairn stack` have in common. */
import { type Json, type Library, ProblemError, parseJson, readLibrary } from '@cairn/core'
import type { Output } from './output.ts'
import { problemLine, visible } from './problem-line.ts'
import { readGiven } from './read-input.ts'
import { type Given, UsageError } from './verb.ts'
import { type Samples, writeSamples } from './write-samples.ts'

type Answer = (file: string, json: Json, library: Library) => number

/** Writes a sample where `--sample` says so, a library and a case in this order; answers cases otherwise, as {@link answerCases} does. */
export function answerOrBegin(given: Given, output: Output, samples: Samples, answer: Answer): number {
  const folder = given.text('sample')
  if (folder === undefined) return answerCases(given, output, answer)
  const [library, file] = Object.keys(samples) as [string, string]
  return writeSamples(folder, samples, output, (place) => `the same command with --library ${place(library)} ${place(file)}`)
}

/**
 * Answers every case that is named, and gives the exit code: of several cases 64 when one cannot be read, else 1, else 2, else 0. `answer` reads a case,
 * prints and answers its code; a problem that it raises is said in its place.
 */
function answerCases(given: Given, output: Output, answer: Answer): number {
  const place = given.text('library')
  if (place === undefined) throw new UsageError('Which library? Give --library FILE.')
  if (given.operands.length === 0) throw new UsageError('Which case?')
  const library = openLibrary(place, output)
  if (!library) return 64
  const codes = given.operands.map((file) => {
    try {
      return answer(file, parseJson(readGiven(file)), library)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      output.data({ file, problem: error.problem })
      output.say(`${visible(file)}: ${problemLine(error.problem)}`)
      return 64
    }
  })
  return worstExit(codes)
}

/** Of several files: unreadable, else bad, else undecided, else good. */
export const worstExit = (codes: readonly number[]): number => [64, 1, 2].find((code) => codes.includes(code)) ?? 0

/** The library that an option names; one that cannot be used is said, with its place, and `undefined`. */
export function openLibrary(place: string, output: Output): Library | undefined {
  try {
    // A register of accreditations is far larger than any document that a stranger hands in.
    return readLibrary(parseJson(readGiven(place, 64 * 1024 * 1024), { bytes: 64 * 1024 * 1024, nodes: 5_000_000 }))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    output.data({ file: place, problem: error.problem })
    output.note(`The library cannot be used: ${problemLine(error.problem)}`)
    return undefined
  }
}

/** What is for people who read worked cases, and no part of a case. */
export function withoutAnswers(json: Json): Json {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return json
  const { expected: _, why: __, ...given } = json
  return given
}
