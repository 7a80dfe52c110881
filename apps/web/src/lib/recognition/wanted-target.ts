/** What an address asks about: a module, a post, a module of vocational training or a job; nothing where it names none. */
import type { TargetForm } from '@cairn/core'
import { formNames } from './words.ts'

export function wantedTarget(url: URL): TargetForm | undefined {
  return (Object.keys(formNames) as TargetForm[]).find((form) => form === url.searchParams.get('form'))
}
