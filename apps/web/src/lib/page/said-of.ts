/** Which problems belong beside a field. */

/** The details of problems whose pointer is this one or lies below it. */
export function saidOf(problems: readonly { pointer?: string | undefined; detail: string }[] | undefined, pointer: string): string[] {
  return (problems ?? []).filter(({ pointer: at }) => at === pointer || at?.startsWith(`${pointer}/`)).map(({ detail }) => detail)
}
