import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64Url } from '../base64.ts'
import * as browser from './token-text-browser.ts'
import * as node from './token-text-node.ts'

test('Node and browsers agree on every text and every hash', () => {
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
      const read = (port: typeof node) => {
        try {
          return port.readText(toBase64Url(bytes))
        } catch (error) {
          return (error as Error).message
        }
      }
      expect(read(node)).toBe(read(browser))
    }),
  )
})

test('bytes that are no UTF-8 are no text, on either side; a sign of replacement and a byte order mark are', () => {
  for (const port of [node, browser]) {
    for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80]])
      expect(() => port.readText(toBase64Url(new Uint8Array(bad))), bad.join()).toThrow('json.not-utf8')
    for (const good of ['\ufffd', '\ufeffx', '𠮷']) expect(port.readText(node.encodeText(good))).toBe(good)
  }
})
