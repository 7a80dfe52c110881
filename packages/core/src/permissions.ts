/** Roles and what each may do. Nobody grants what they lack (R-AZ-4). */
import { z } from 'zod'

/** Roles of people in an institution. One person may hold several. */
export const staffRoles = ['owner', 'designer', 'awarder', 'approver', 'sealer', 'auditor'] as const
export const StaffRole = z.enum(staffRoles).meta({ id: 'StaffRole', title: 'Role' })
export type StaffRole = z.infer<typeof StaffRole>

/** All nine roles of R-AZ-1. */
export const roles = [...staffRoles, 'learner', 'operator', 'anonymous'] as const
export type Role = (typeof roles)[number]

/** Who is calling. `tenant` comes from the session alone, never from input (R-AZ-2). */
export interface Caller {
  tenant?: string
  person?: string
  name?: string
  email?: string
  roles: readonly Role[]
}

/** True when the caller holds one of the allowed roles; `anonymous` in the list lets everybody in. */
export function mayCall(allowed: readonly Role[], caller: Caller): boolean {
  return allowed.includes('anonymous') || caller.roles.some((role) => allowed.includes(role))
}
