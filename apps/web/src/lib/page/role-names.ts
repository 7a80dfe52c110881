/** Words for the roles of staff. */
import type { StaffRole } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'

/** Names of roles. */
export const roleNames: Record<StaffRole, () => string> = {
  owner: m.role_owner,
  designer: m.role_designer,
  awarder: m.role_awarder,
  approver: m.role_approver,
  sealer: m.role_sealer,
  auditor: m.role_auditor,
}

/** What each role may do, in plain words. */
export const roleTasks: Record<StaffRole, () => string> = {
  owner: m.role_does_owner,
  designer: m.role_does_designer,
  awarder: m.role_does_awarder,
  approver: m.role_does_approver,
  sealer: m.role_does_sealer,
  auditor: m.role_does_auditor,
}
