/** Which problems belong beside a field. */
import { sayDetail } from './say-detail.ts'

/** The details of problems whose pointer is this one or lies below it, in the reader's language where they are known in it. */
export function saidOf(problems: readonly { pointer?: string | undefined; detail: string }[] | undefined, pointer: string): string[] {
  return [
    ...new Set(
      (problems ?? [])
        .filter(({ pointer: at }) => at === pointer || at?.startsWith(`${pointer}/`))
        .map(({ detail }) => sayDetail(detail) ?? detail),
    ),
  ]
}
