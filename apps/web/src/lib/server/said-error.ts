/** What went wrong as the page for it shows it. The server says it in the reader's language, so that no other page carries the words. */
import type { ProblemCode } from '@cairn/core'
import { problemWords } from '#lib/page/problem-words.ts'

export const saidError = (code: ProblemCode, detail: string): Omit<App.Error, 'status'> => ({
  message: detail,
  code,
  said: problemWords(code),
})
