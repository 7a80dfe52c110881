/** The reader against generated documents: what is well-formed is canonicalised as an independent implementation does, and nothing makes it crash. */
import { ProblemError } from '@cairn/core'
import { cpuClock } from '@cairn/testkit'
import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { canonicalXml } from './canonical-xml.ts'
import { readXml } from './read-xml.ts'

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const theirs = (text: string) => {
  const signed = new SignedXml({ privateKey: '', canonicalizationAlgorithm: exclusive, signatureAlgorithm: '' })
  return signed.getCanonXml([exclusive], new DOMParser().parseFromString(text, 'text/xml').documentElement as unknown as Node, {})
}
const ours = (text: string) => {
  const root = readXml(new TextEncoder().encode(text))
  return new TextDecoder().decode(canonicalXml(root, root))
}

const content = fc.constantFrom(
  'text',
  ' ',
  'ž 𝄞',
  '&amp;',
  '&lt;',
  '&gt;',
  '&#xD;',
  '&#9;',
  '"',
  "'",
  '\n',
  '<!-- note -->',
  '<![CDATA[a < b & c]]>',
  '&#x1F600;',
)
const value = fc.constantFrom('', 'v', '&quot;', '&amp;', '&#10;', '&#x9;', 'a\tb', 'ž', '&lt;', '>')
const scopes = ['', ' xmlns="urn:a"', ' xmlns:p="urn:p"', ' xmlns:p="urn:q"', ' xmlns:q="urn:p" xmlns:p="urn:p"']
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc
    .tuple(
      fc.constantFrom('a', 'b', 'p:a', 'q:c'),
      fc.constantFrom(...scopes),
      fc.uniqueArray(fc.tuple(fc.constantFrom('x', 'y', 'p:x', 'q:z', 'xml:lang'), value), { maxLength: 3, selector: ([name]) => name }),
      fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, content, tie('tree')), { maxLength: 4 }),
    )
    .map(([name, scope, attributes, children]) => {
      const text = attributes.map(([attribute, given]) => ` ${attribute}="${given}"`).join('')
      return children.length > 0 ? `<${name}${scope}${text}>${children.join('')}</${name}>` : `<${name}${scope}${text}/>`
    }),
}))
const documents = tree.map((inner) => `<root xmlns:p="urn:outer-p" xmlns:q="urn:outer-q">${inner}</root>`)

test('generated documents have the canonical form of xml-crypto', () => {
  fc.assert(
    fc.property(documents, (text) => {
      expect(ours(text)).toBe(theirs(text))
    }),
    { numRuns: 1500 },
  )
})

test('what is canonical stays as it is', () => {
  fc.assert(
    fc.property(documents, (text) => {
      expect(ours(ours(text))).toBe(ours(text))
    }),
    { numRuns: 500 },
  )
})

test('the default namespace is taken back where it was written, and once (xml-exc-c14n, 3)', () => {
  // Generated documents leave this out, for xml-crypto writes the empty declaration again and again.
  expect(ours('<r xmlns="urn:a"><a xmlns=""><b/><c xmlns="urn:a"/></a></r>')).toBe(
    '<r xmlns="urn:a"><a xmlns=""><b></b><c xmlns="urn:a"></c></a></r>',
  )
  expect(ours('<r><a xmlns=""/></r>')).toBe('<r><a></a></r>')
  expect(ours('<p:r xmlns:p="urn:p" xmlns="urn:a"><a/></p:r>')).toBe('<p:r xmlns:p="urn:p"><a xmlns="urn:a"></a></p:r>')
})

test('R-LIM: no bytes make the reader crash, and it is quick to refuse', () => {
  const damaged = fc
    .tuple(documents, fc.nat(), fc.constantFrom('<', '>', '&', '"', '/', '!', ']]>', '<!--', '\u0000', 'xmlns:', '&#', '<?'), fc.nat(3))
    .map(([text, at, put, cut]) => {
      const place = at % text.length
      return text.slice(0, place) + put + text.slice(place + cut)
    })
  const tried = fc.oneof(
    damaged.map((text) => new TextEncoder().encode(text)),
    fc.uint8Array({ maxLength: 200 }),
  )
  fc.assert(
    fc.property(tried, (bytes) => {
      const spent = cpuClock()
      try {
        readXml(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError)
      }
      expect(spent()).toBeLessThan(500)
    }),
    { numRuns: 5000 },
  )
})
