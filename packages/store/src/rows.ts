/** Small things that every noun's SQL needs. */
import { createHash } from 'node:crypto'

/** A moment of the database as RFC 3339. */
export const instant = (moment: Date | null | undefined): string | undefined => moment?.toISOString()

/** Tokens are stored as their hash alone (R-LINK-1). */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** JSON for a jsonb parameter. */
export const json = (value: unknown): string => JSON.stringify(value)
