import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as browser from './token-text-browser.ts'
import * as node from './token-text-node.ts'

test('Node and browsers agree on every text, every hash, and on what is no base64url', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(node.encodeText(text)).toBe(browser.encodeText(text))
      expect(node.readText(node.encodeText(text))).toBe(text.toWellFormed())
      for (const hash of ['SHA-256', 'SHA-384', 'SHA-512'] as const)
        expect(node.digestText(hash, text)).toBe(browser.digestText(hash, text))
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(node.encodeBytes(bytes)).toBe(browser.encodeBytes(bytes))
      expect([...node.decodeText(node.encodeBytes(bytes))!]).toEqual([...bytes])
      const read = (port: typeof node) => {
        try {
          return port.readText(node.encodeBytes(bytes))
        } catch (error) {
          return (error as Error).message
        }
      }
      expect(read(node)).toBe(read(browser))
    }),
  )
  const letters = fc.constantFrom(...'ABCabc019-_+/=!. \n\u00e9'.split(''))
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 12 }), (text) => {
      const [one, other] = [node.decodeText(text), browser.decodeText(text)]
      expect(one && [...one], JSON.stringify(text)).toEqual(other && [...other])
    }),
    { numRuns: 3000 },
  )
})

test('bytes that are no UTF-8 are no text, on either side; a sign of replacement and a byte order mark are', () => {
  for (const port of [node, browser]) {
    for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80]])
      expect(() => port.readText(node.encodeBytes(new Uint8Array(bad))), bad.join()).toThrow('json.not-utf8')
    for (const good of ['\ufffd', '\ufeffx', '𠮷']) expect(port.readText(node.encodeText(good))).toBe(good)
  }
})
