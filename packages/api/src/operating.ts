/** Operations of running an installation: what a restore left to do. */
import { z } from 'zod'
import { Done, Nothing, operation, staff } from './operation.ts'

export const operatingOperations = {
  'restoration.read': operation({
    method: 'GET',
    path: '/restoration',
    summary: 'Whether this installation was restored from a backup, and waits for a confirmation',
    roles: staff,
    input: Nothing,
    output: z
      .strictObject({
        held: z.boolean(),
        restoration: z
          .strictObject({
            backupAt: z.string(),
            restoredAt: z.string(),
            complete: z.boolean(),
            confirmedAt: z.string().optional(),
          })
          .optional(),
      })
      .meta({ id: 'RestorationAnswer' }),
    problems: [],
  }),
  'restoration.confirm': operation({
    method: 'POST',
    path: '/restoration/confirm',
    summary: 'Say that everything revoked since the backup is revoked again; status lists are published, higher than before',
    roles: ['owner'],
    input: Nothing,
    output: Done,
    problems: ['request.conflict'],
    fresh: true,
  }),
} as const
