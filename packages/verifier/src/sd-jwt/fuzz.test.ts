/** Whatever a token holds, there is a report: never a surprise, never a view without a signature that holds. */
import type { Json, TrustEntry } from '@cairn/core'
import { toBase64Url } from '@cairn/seals'
import { encode, makeTokenKey, signAny } from '@cairn/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { standardPolicy } from '../policy.ts'
import { entry, evidenceOf, now, registryOf } from '../vectors/neighbourhood.ts'
import { verify } from '../verify.ts'

const utf8 = new TextEncoder()
const key = makeTokenKey('ES256')
const listed: TrustEntry = {
  ...entry,
  organizationIdentifier: undefined,
  keys: [`did:jwk:${toBase64Url(utf8.encode(JSON.stringify(key.jwk)))}`],
}
const holder = { ...standardPolicy, holder: { required: true, audience: 'a', nonce: 'n' } }
const evidence = evidenceOf(registryOf(listed))

const names = [
  ...[
    '_sd',
    '...',
    '_sd_alg',
    'vct',
    'iss',
    'iat',
    'nbf',
    'exp',
    'cnf',
    'jwk',
    'status',
    'status_list',
    'idx',
    'uri',
    'jti',
    'aka_vcts',
    'vct#integrity',
  ],
  ...[
    'given_name',
    'achievement_title',
    'assessments',
    'grade',
    'expected_study_time',
    'fields_of_education',
    'learning_outcomes',
    'language',
  ],
  ...['@context', 'type', 'issuer', 'credentialSubject', 'credentialStatus', 'validFrom', 'id', 'name', 'x'],
]
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(
      null,
      true,
      0,
      -1,
      1.5,
      1e300,
      '',
      'x',
      'sha-256',
      entry.id,
      'VerifiableCredential',
      'PT5H',
      '2026-01-01T00:00:00Z',
    ),
    fc.string({ maxLength: 8 }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('json'), { maxKeys: 6, noNullPrototype: true }),
  ),
}))
const claims = fc.dictionary(fc.constantFrom(...names), json, { maxKeys: 12, noNullPrototype: true })

async function judge(token: string) {
  for (const policy of [standardPolicy, holder]) {
    const report = await verify(utf8.encode(token), evidence, policy, now)
    expect(JSON.stringify(report)).not.toContain('server.internal')
    if (report.results.seal !== 'passed') expect(report.view).toBeUndefined()
    if (report.view) expect(typeof report.view.title === 'string' && Array.isArray(report.view.outcomes)).toBe(true)
  }
}

test('any claims at all, signed by an issuer whom the registry knows, with any disclosures', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('dc+sd-jwt', 'vc+sd-jwt', 'vc+jwt'),
      claims,
      fc.array(json, { maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      async (typ, payload, disclosures, known, proof) => {
        const shown = disclosures.map((each) => encode(['salt', ...(Array.isArray(each) ? each : ['name', each])]))
        const jwt = signAny(key, { alg: 'ES256', typ }, known ? { vct: 'v', ...payload, iss: entry.id } : payload)
        const end = proof ? signAny(key, { alg: 'ES256', typ: 'kb+jwt' }, payload) : ''
        await judge(typ === 'vc+jwt' ? jwt : [jwt, ...shown, end].join('~'))
      },
    ),
    { numRuns: 400 },
  )
})

test('any text that looks like a token', async () => {
  const part = fc.oneof(
    fc.constantFrom('', 'e30', 'bnVsbA', 'W10', encode({ alg: 'ES256', typ: 'dc+sd-jwt' }), '~', '.', '{', '"'),
    fc.string({ unit: 'binary-ascii', maxLength: 6 }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 8 }),
      fc.constantFrom('~', '.', '', '{"payload":"', '","signatures":'),
      async (parts, glue) => judge(parts.join(glue)),
    ),
    { numRuns: 600 },
  )
})
