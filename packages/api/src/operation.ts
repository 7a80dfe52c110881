/** What an operation is: one entry of the table from which server, client, OpenAPI, forms and flags are derived. */
import type { ProblemCode, Role } from '@cairn/core'
import { z } from 'zod'

type AnySchema = z.ZodType

/** One operation. Names in `path` after a colon are fields of `input`; the others travel in the query (GET) or the body. */
export interface Operation<I extends AnySchema = AnySchema, O extends AnySchema = AnySchema> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api/v1`. */
  path: `/${string}`
  summary: string
  /** Who may call it (R-AZ-1). */
  roles: readonly Role[]
  input: I
  output: O
  problems: readonly ProblemCode[]
  /** True where the caller must have signed in or confirmed within five minutes (R-SES-2). */
  fresh?: boolean
  /** Largest body in bytes, when larger than 1 MiB. */
  maxBody?: number
}

/** Keeps the exact types of an operation's schemas. */
export const operation = <I extends AnySchema, O extends AnySchema>(given: Operation<I, O>): Operation<I, O> => given

/** Everybody who works in an institution. */
export const staff = ['owner', 'designer', 'awarder', 'approver', 'sealer', 'auditor'] as const satisfies readonly Role[]

/** A file as an answer: over HTTP the raw bytes with their media type, in process this object. */
export const FileAnswer = z
  .strictObject({ name: z.string(), mediaType: z.string(), base64: z.string() })
  .meta({ id: 'FileAnswer', title: 'File' })
export type FileAnswer = z.infer<typeof FileAnswer>

/** No input. */
export const Nothing = z.strictObject({}).meta({ id: 'Nothing' })
/** Done, and nothing to tell. */
export const Done = z.strictObject({ done: z.literal(true) }).meta({ id: 'Done' })

/** A page of a list, counted from 1. */
export const page = {
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
}
