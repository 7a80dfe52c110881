/** Headers of every answer, errors included (R-HDR-1). */
import type { FastifyInstance } from 'fastify'

const always: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
}
const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Sets them. Pages bring a content policy of their own, which is kept. */
export function registerSecurityHeaders(app: FastifyInstance, https: boolean): void {
  app.addHook('onRequest', async (_request, reply) => {
    for (const [name, value] of Object.entries(always)) reply.raw.setHeader(name, value)
    reply.raw.setHeader('content-security-policy', nothing)
    if (https) reply.raw.setHeader('strict-transport-security', 'max-age=63072000; includeSubDomains')
  })
}
