/** Who keeps the trust registry of this installation (decision 15). */
import { ProblemError } from '@cairn/core'
import { countInstitutions, listMembers, type TenantTransaction } from '@cairn/store'
import type { Context } from './context.ts'

/**
 * Whether the caller keeps the registry, and whether nobody else does. Its keepers are the owners whom the configuration names; where it names nobody
 * and there is one institution, or in a demonstration, its owners.
 */
export async function keeping({ config, caller }: Context, tx: TenantTransaction): Promise<{ keeper: boolean; alone: boolean }> {
  if (!caller.roles.includes('owner')) return { keeper: false, alone: false }
  const { operators, demo } = config
  if (operators.length > 0) return { keeper: operators.includes(caller.email?.toLowerCase() ?? ''), alone: operators.length === 1 }
  if (!demo && (await countInstitutions(tx)) > 1) return { keeper: false, alone: false }
  return { keeper: true, alone: (await listMembers(tx)).filter(({ roles }) => roles.includes('owner')).length === 1 }
}

/** Raises `request.not-allowed` for whoever does not keep it. */
export async function requireKeeper(context: Context, tx: TenantTransaction): Promise<{ alone: boolean }> {
  const { keeper, alone } = await keeping(context, tx)
  if (keeper) return { alone }
  throw new ProblemError(
    'request.not-allowed',
    'Several institutions share this installation: its operators keep the registry, and CAIRN_OPERATORS names them.',
  )
}
