/** Which problems belong beside a field. */
import type { Problem } from '@cairn/core'

/** The details of problems whose pointer is this one or lies below it. */
export function saidOf(problems: readonly Pick<Problem, 'pointer' | 'detail'>[] | undefined, pointer: string): string[] {
  return (problems ?? []).filter(({ pointer: at }) => at === pointer || at?.startsWith(`${pointer}/`)).map(({ detail }) => detail)
}
