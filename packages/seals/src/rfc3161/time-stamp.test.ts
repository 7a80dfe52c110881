/** Time-stamp tokens of real authorities, read in place (RFC 3161). */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { elements, readDer } from '../der/read-der.ts'
import { checkTimeStamp, readTimeStamp } from '../index.ts'

const folder = path.resolve(import.meta.dirname, '../../../../../shared/vectors/trust')
/** A `.tsr` file is a whole response: status, then token. */
const tokenOf = (name: string) => {
  const bytes = new Uint8Array(readFileSync(path.join(folder, name)))
  const [first, second] = elements(readDer(bytes))
  return first!.tag === 0x30 && second ? second.raw : bytes
}

describe.skipIf(!existsSync(folder))('tokens of ../shared/vectors/trust (skipped where it is absent)', () => {
  test.each(['archive_timestamp.tst', 'timestamp.tst', 'd-trust.tsr'])('%s is read and sound', async (name) => {
    const token = readTimeStamp(tokenOf(name))
    expect(token.hash).toMatch(/^SHA-/)
    expect(token.genTime).toMatch(/^20\d\d-\d\d-\d\dT/)
    expect(token.signer).toBeDefined()
    expect(await checkTimeStamp(token)).toEqual([])
  })

  test.each(['timestamp.tst', 'd-trust.tsr'])('%s: a changed byte in what is signed, or in the signature, is noticed', async (name) => {
    const bytes = tokenOf(name)
    const sound = readTimeStamp(bytes)
    const { content, attributes, signature } = sound.signed
    for (const part of [content!, attributes.content, signature])
      for (let offset = 0; offset < part.length; offset += 5) {
        const changed = bytes.slice()
        changed[part.byteOffset - bytes.byteOffset + offset]! ^= 1
        const codes = await Promise.resolve()
          .then(async () => (await checkTimeStamp(readTimeStamp(changed))).map(({ code }) => code))
          .catch((error) => [error.problem.code])
        expect(codes[0], `offset ${offset}`).toMatch(/^timestamp\./)
      }
  })
})

test('what is no token is a problem with a name', () => {
  for (const bytes of [new Uint8Array(), Uint8Array.of(0x30, 0), Uint8Array.of(0x30, 0x80, 0, 0), new Uint8Array(100)])
    expect(() => readTimeStamp(bytes)).toThrowError(/timestamp.malformed/)
})
