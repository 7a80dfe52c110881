/** Runs a part of the server as a process of its own, and reads the one line of JSON that it answers. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Problem } from '@cairn/core'
import type { Output } from './output.ts'
import { problemLine } from './problem-line.ts'

/** What a part answers: its result, or problems. */
export type PartAnswer = Record<string, unknown> & { problems?: Problem[] }

/** Runs `apps/server/src/<part>` with arguments; the environment is ours, with `extra` on top. */
export async function runServerPart(part: string, args: readonly string[], extra: Record<string, string | undefined>): Promise<PartAnswer> {
  const main = fileURLToPath(new URL(path.posix.join('../../server/src', part), import.meta.url))
  const child = spawn(process.execPath, ['--conditions=cairn-source', main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined)) },
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  try {
    return JSON.parse(printed.trim().split('\n').at(-1)!)
  } catch {
    return { problems: [{ code: 'server.internal', detail: `The work ended with ${code} and said nothing.` }] }
  }
}

/** Prints problems of an answer; the exit code that follows from them. */
export function tellProblems(answer: PartAnswer, output: Output): number {
  for (const problem of answer.problems ?? []) output.note(problemLine(problem))
  return answer.problems ? 1 : 0
}
