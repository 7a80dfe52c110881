/** Another implementation reads what we issue, and we read what it issues (@sd-jwt/core). */
import { createHash } from 'node:crypto'
import { bytesOf, makeTokenKey, salt } from '@cairn/testkit'
import { SDJwtInstance } from '@sd-jwt/core'
import { expect, test } from 'vitest'
import { checkKeyBinding } from './check-key-binding.ts'
import { issueSdJwt } from './issue-sd-jwt.ts'
import { presentSdJwt } from './present-sd-jwt.ts'
import { processPayload } from './process-payload.ts'
import { readSdJwt } from './read-sd-jwt.ts'
import { isSignedBy } from './read-token.ts'

const at = '2026-05-12T10:00:00Z'
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))
const claims = () => ({
  iss: 'https://issuer.example',
  vct: 'v',
  name: 'Žofie',
  address: { city: 'Brno', country: 'CZ' },
  list: ['a', 'b', 'c'],
})

for (const algorithm of ['ES256', 'ES384', 'EdDSA'] as const) {
  const issuer = makeTokenKey(algorithm)
  const holder = makeTokenKey(algorithm)
  const verifyWith = (key: typeof issuer) => async (data: string, signature: string) => {
    const { verify } = await import('node:crypto')
    const hash = { ES256: 'sha256', ES384: 'sha384', EdDSA: null }[algorithm]
    return verify(hash, Buffer.from(data), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  }
  const signWith = (key: typeof issuer) => async (data: string) => Buffer.from(key.sign(bytesOf(data))).toString('base64url')
  const theirs = new SDJwtInstance({
    signer: signWith(issuer),
    verifier: verifyWith(issuer),
    signAlg: algorithm,
    hasher: (data, alg) =>
      createHash(alg.replace('-', ''))
        .update(typeof data === 'string' ? data : Buffer.from(data))
        .digest(),
    hashAlg: 'sha-256',
    saltGenerator: salt,
    kbSigner: signWith(holder),
    kbSignAlg: algorithm,
    kbVerifier: verifyWith(holder),
  })

  test(`${algorithm}: @sd-jwt/core accepts ours, with and without the holder's proof`, async () => {
    const issued = await issueSdJwt({
      type: 'dc+sd-jwt',
      claims: { ...claims(), cnf: { jwk: holder.jwk } },
      frame: { hide: ['name', 'address'], decoys: 2, within: { address: { hide: ['city'] }, list: { hide: [1], decoys: 1 } } },
      signer: issuer,
      salt,
    })
    expect((await theirs.verify(issued)).payload).toMatchObject(claims())
    const shown = await presentSdJwt(issued, {
      reveal: [['address', 'city']],
      proof: { signer: holder, audience: 'https://verifier.example', nonce: 'n', at },
    })
    const { payload, kb } = await theirs.verify(shown, { keyBindingNonce: 'n' })
    expect(payload).toMatchObject({ address: { city: 'Brno', country: 'CZ' }, list: ['a', 'c'] })
    expect(payload).not.toHaveProperty('name')
    expect(kb?.payload.aud).toBe('https://verifier.example')
  })

  test(`${algorithm}: we accept theirs, with the holder's proof`, async () => {
    const issued = await theirs.issue(
      { ...claims(), cnf: { jwk: holder.jwk } } as never,
      { _sd: ['name', 'address'], _sd_decoy: 2, address: { _sd: ['city'] }, list: { _sd: [0] } } as never,
      { header: { typ: 'dc+sd-jwt' } },
    )
    const shown = await theirs.present(issued, { address: { city: true } } as never, {
      kb: { payload: { iat: Date.parse(at) / 1000, aud: 'https://verifier.example', nonce: 'n' } },
    })
    const read = readSdJwt(bytesOf(shown))
    expect(await isSignedBy(read, issuer.publicKey)).toBe(true)
    const { payload } = processPayload(read)
    expect(plain(payload)).toMatchObject({ vct: 'v', address: { city: 'Brno', country: 'CZ' }, list: ['b', 'c'] })
    expect(payload.name).toBeUndefined()
    expect(
      await checkKeyBinding(read, payload, { audience: 'https://verifier.example', nonce: 'n', now: at, age: { old: 300, ahead: 60 } }),
    ).toEqual([])
  })
}
