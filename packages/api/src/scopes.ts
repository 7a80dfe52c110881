/** What a program may be allowed to do with a key: groups of operations. What is in no group, and not open to everybody, needs a person. */
import { type OperationName, operations } from './table.ts'

/** Groups by name. Approving, keys, people and decisions are in none: they are a person's, whom somebody can ask. */
export const scopes = {
  read: [
    'institution.read',
    'specification.list',
    'specification.read',
    'edition.list',
    'edition.read',
    'batch.sample',
    'batch.list',
    'batch.read',
    'batch.rows',
    'batch.progress',
    'batch.report',
    'credential.list',
    'credential.read',
  ],
  design: ['specification.create', 'specification.save', 'specification.badge', 'specification.copy', 'specification.publish'],
  award: [
    'batch.create',
    'award.make',
    'batch.map',
    'batch.fix',
    'batch.template',
    'batch.correct',
    'batch.confirm',
    'batch.cancel',
    'credential.given',
  ],
  deliver: ['credential.download', 'credential.package', 'credential.send', 'credential.share'],
  revoke: ['credential.revoke', 'revocation.preview', 'revocation.make'],
  recognise: [
    'policy.list',
    'policy.read',
    'policy.try',
    'target.list',
    'recognition.list',
    'recognition.read',
    'recognition.export',
    'recognition.forecast',
    'matrix.read',
    'matrix.cell',
    'matrix.file',
    'survey.list',
    'survey.analyse',
    'survey.export',
  ],
} as const satisfies Readonly<Record<string, readonly OperationName[]>>

/** The name of a group. */
export type Scope = keyof typeof scopes
/** All groups, in the order in which they are offered. */
export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]]

/** The group that an operation is in; undefined where no key may do it. */
export const scopeOf = (name: OperationName): Scope | undefined =>
  scopeNames.find((scope) => (scopes[scope] as readonly OperationName[]).includes(name))

/** True when a key with these groups may call the operation; what is open to everybody is open to keys. */
export function keyMayCall(name: OperationName, granted: readonly string[]): boolean {
  const scope = scopeOf(name)
  return (operations[name].roles as readonly string[]).includes('anonymous') || (scope !== undefined && granted.includes(scope))
}
