/** OpenAPI 3.1 from the table. */
import { problems } from '@cairn/core'
import { z } from 'zod'
import { FileAnswer } from './operation.ts'
import { operations } from './table.ts'

type Json = Record<string, unknown>

/** Follows a `$ref` into `$defs`, so that the fields of a named schema can be read. */
function resolved(schema: Json): Json {
  const ref = schema.$ref as string | undefined
  return ref ? ((schema.$defs as Record<string, Json>)[ref.split('/').at(-1)!] ?? schema) : schema
}

const named = (schema: z.ZodType): Json => {
  const id = z.globalRegistry.get(schema)?.id
  if (id) return { $ref: `#/components/schemas/${id}` }
  const inline = JSON.stringify(strip(z.toJSONSchema(schema, { io: 'input' }) as Json))
  return JSON.parse(inline.replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
}
const strip = ({ $schema: _, $id: __, $defs: ___, id: ____, ...rest }: Json): Json => rest

/** The whole description of `/api/v1`, derived; nothing in it is written by hand. */
export function openapi(version: string): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: 'input', uri: (id) => `#/components/schemas/${id}` })
  const components: Json = Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, strip(schema as Json)]))
  const paths: Record<string, Json> = {}
  for (const [operationId, o] of Object.entries(operations)) {
    const fields = (resolved(z.toJSONSchema(o.input, { io: 'input' }) as Json).properties ?? {}) as Record<string, Json>
    const required = (resolved(z.toJSONSchema(o.input, { io: 'input' }) as Json).required ?? []) as string[]
    const inPath = [...o.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1]!)
    const query = o.method === 'GET' || o.method === 'DELETE' ? Object.keys(fields).filter((field) => !inPath.includes(field)) : []
    const responses: Record<string, Json> = {
      200: {
        description: 'Done.',
        content:
          (o.output as z.ZodType) === FileAnswer ? { 'application/octet-stream': {} } : { 'application/json': { schema: named(o.output) } },
      },
    }
    for (const code of o.problems) {
      const status = String(problems[code].status)
      const known = responses[status]?.description
      responses[status] = { description: known ? `${known}, ${code}` : code, content: { 'application/problem+json': {} } }
    }
    const entry: Json = {
      operationId,
      summary: o.summary,
      'x-roles': o.roles,
      parameters: [
        ...inPath.map((field) => ({ name: field, in: 'path', required: true, schema: { type: 'string' } })),
        ...query.map((field) => ({ name: field, in: 'query', required: required.includes(field), schema: strip(fields[field]!) })),
      ],
      responses,
    }
    if (o.method === 'POST' || o.method === 'PUT') entry.requestBody = { content: { 'application/json': { schema: named(o.input) } } }
    const path = o.path.replace(/:([a-zA-Z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [o.method.toLowerCase()]: entry }
  }
  return { openapi: '3.1.0', info: { title: 'Cairn', version }, servers: [{ url: '/api/v1' }], paths, components: { schemas: components } }
}
