import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectFormat } from './detect.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../shared/vectors')
const bytes = (text: string) => new TextEncoder().encode(text)

test('forms are told apart by their outermost members alone', () => {
  const token = (payload: object) =>
    `${btoa('{"alg":"ES256"}').replaceAll('=', '')}.${btoa(JSON.stringify(payload)).replaceAll('=', '')}.AAAA`
  for (const [text, format] of [
    ['{"payload":"{\\"type\\":[\\"EuropeanDigitalCredential\\"]}","signatures":[]}', 'elm-jades'],
    ['{"x":{"payload":"","signatures":[]},"type":["VerifiableCredential","EuropeanDigitalCredential"]}', 'elm-unsealed'],
    ['{"a":{"type":"EuropeanDigitalCredential"},"type":["VerifiableCredential"]}', 'verifiable-credential'],
    ['{"title":"type: \\"EuropeanDigitalCredential\\"","b":1}', 'unknown'],
    ['{"type":["VerifiableCredential","BitstringStatusListCredential"]}', 'status-list'],
    ['{"type":["VerifiableCredential","OpenBadgeCredential"]}', 'open-badge'],
    ['{"type":"VerifiablePresentation"}', 'verifiable-presentation'],
    ['{"id":"urn:x","kind":"badge","title":{},"primaryLanguage":"en"}', 'specification'],
    ['{"anchors":[],"issuers":[]}', 'trust-registry'],
    [token({ type: ['BitstringStatusListCredential'] }), 'status-list'],
    [token({ iss: 'x' }), 'jwt'],
    ['aaaa.bbbb.cccc~', 'sd-jwt'],
    ['{"payload":"eyJ9","protected":"e30","signature":"AA","header":{"disclosures":[]}}', 'sd-jwt'],
    ['{"payload":"eyJ9","signatures":[{"protected":"e30","signature":"AA","header":{"kb_jwt":""}}]}', 'sd-jwt'],
    ['{"payload":"eyJ9","signatures":[{"protected":"e30","signature":"AA","header":{"etsiU":[]}}]}', 'elm-jades'],
    [`${btoa('{"alg":"ES256","typ":"vc+jwt"}').replaceAll('=', '')}.e30.AAAA`, 'vc-jwt'],
    [`${btoa('{"alg":"ES256","typ":"statuslist+jwt"}').replaceAll('=', '')}.e30.AAAA`, 'status-list'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'],
    ['<?xml version="1.0"?><x/>', 'xml'],
    ['%PDF-1.7', 'pdf'],
    ['PK\u0003\u0004', 'zip'],
    ['', 'unknown'],
    ['{"type":', 'unknown'],
  ] as const)
    expect(detectFormat(bytes(text)), text).toBe(format)
})

test('nothing makes it fail', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (input) => void detectFormat(input)))
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void detectFormat(bytes(`{"type":${text}`))))
})

test.skipIf(!existsSync(vectors))('published files are recognised (needs ../shared/vectors)', () => {
  for (const [file, format] of [
    ['elm/samples/Sample-MC-Annex1-signed.jsonld', 'elm-jades'],
    ['elm/samples/Sample-MC-Annex1-unsigned.jsonld', 'elm-unsealed'],
    ['elm/samples/credential_shouldValidate.jsonld', 'elm-unsealed'],
  ] as const)
    expect(detectFormat(readFileSync(path.join(vectors, file))), file).toBe(format)
})
