/**
 * The command that the W3C's vc-jose-cose-test-suite calls: `issue` or `verify` with `--input`, `--key`, `--feature`, `--output`, and `--sd` for what may
 * be hidden. It answers for `credential_jose`, `presentation_jose` and `credential_sdjwt`; docs/STANDARDS.md tells what came of it.
 *
 * @example node --conditions=cairn-source test/interop/jose-cose.ts verify --input token.txt --key vm-p256.json --feature credential_jose --output answer.json
 */
import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isObject, type Json, type JsonObject, ProblemError, parseJson, refuseProblems } from '@cairn/core'
import { credentialProblems, presentationProblems } from '@cairn/formats'
import {
  type DisclosureFrame,
  isSignedBy,
  issueSdJwt,
  keyOfJwk,
  processPayload,
  readSdJwt,
  readToken,
  type TokenRead,
  toBase64Url,
} from '@cairn/seals'

const utf8 = new TextEncoder()
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    input: { type: 'string' },
    key: { type: 'string' },
    feature: { type: 'string' },
    sd: { type: 'string' },
    output: { type: 'string' },
  },
})
const { input = '', key: keyFile = '', feature = '', sd = '[]', output = '' } = values
const method = parseJson(readFileSync(keyFile)) as { id: string; controller: string; publicKeyJwk: JsonObject; secretKeyJwk: JsonObject }
const key = keyOfJwk(method.publicKeyJwk)

const object = (value: Json): JsonObject => {
  if (isObject(value)) return value
  throw new ProblemError('input.invalid', 'This is no object.')
}

function signBytes(bytes: Uint8Array): Uint8Array {
  const privateKey = createPrivateKey({ key: method.secretKeyJwk, format: 'jwk' })
  const hash = { ES256: 'sha256', ES384: 'sha384', ES512: 'sha512', EdDSA: null }[key.algorithm]
  return new Uint8Array(hash === null ? sign(null, bytes, privateKey) : sign(hash, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
}

/** `credentialSubject.phoneNumbers[0]` and its like as a frame of what is hidden. */
function frameOf(paths: readonly (readonly string[])[]): DisclosureFrame {
  const heads = [...new Set(paths.map(([head]) => head!))]
  const under = (head: string) => paths.filter((each) => each[0] === head && each.length > 1).map((each) => each.slice(1))
  return {
    hide: heads.filter((head) => paths.some((each) => each.length === 1 && each[0] === head)),
    within: Object.fromEntries(heads.filter((head) => under(head).length > 0).map((head) => [head, frameOf(under(head))])),
  }
}

async function issue(document: JsonObject): Promise<string> {
  refuseProblems(feature.startsWith('presentation') ? presentationProblems(document) : credentialProblems(document))
  const { algorithm } = key
  if (feature === 'credential_sdjwt') {
    const paths = (JSON.parse(sd) as string[]).map((each) => each.split(/[.[\]]+/).filter(Boolean))
    const signer = { algorithm, kid: method.id, sign: async (bytes: Uint8Array) => signBytes(bytes) }
    return issueSdJwt({ type: 'vc+sd-jwt', claims: document, frame: frameOf(paths), signer, salt: () => toBase64Url(randomBytes(16)) })
  }
  const encode = (value: object) => toBase64Url(utf8.encode(JSON.stringify(value)))
  const signed = `${encode({ alg: algorithm, typ: feature === 'credential_jose' ? 'vc+jwt' : 'vp+jwt', kid: method.id })}.${encode(document)}`
  return `${signed}.${toBase64Url(signBytes(utf8.encode(signed)))}`
}

async function verify(text: string): Promise<void> {
  const read: TokenRead & { disclosures?: [] } =
    feature === 'credential_sdjwt' ? readVc(text) : readToken(text, [feature === 'credential_jose' ? 'vc+jwt' : 'vp+jwt'])
  if (!(await isSignedBy(read, key))) throw new ProblemError('seal.broken', 'The token was altered.')
  const { payload } = read
  if (payload.vc !== undefined || payload.vp !== undefined) throw new ProblemError('input.invalid', 'The payload holds vc or vp.')
  if (feature === 'presentation_jose') return presentation(payload)
  refuseProblems(credentialProblems(payload))
  const issuer = isObject(payload.issuer) ? payload.issuer.id : payload.issuer
  if (issuer !== method.controller || (payload.iss !== undefined && payload.iss !== issuer))
    throw new ProblemError('proof.key-not-of-controller', 'The issuer is not who signed.')
}

function readVc(text: string): TokenRead {
  const read = readSdJwt(utf8.encode(text))
  if (read.type !== 'vc+sd-jwt') throw new ProblemError('seal.malformed', 'The token is of another type.')
  return { ...read, payload: processPayload(read).payload }
}

/** VC-JOSE-COSE, 3.1.2: what is presented is enveloped, and signed itself; the form of one in COSE is not looked at. */
function presentation(payload: JsonObject): void {
  refuseProblems(presentationProblems(payload))
  for (const each of [payload.verifiableCredential].flat()) {
    const id = isObject(each) && [each.type].flat().includes('EnvelopedVerifiableCredential') ? String(each.id) : ''
    const [, type, token] = /^data:application\/(vc\+(?:(?:sd-)?jwt|cose;base64)),(.+)$/.exec(id.trim()) ?? []
    if (token === undefined) throw new ProblemError('input.invalid', 'A credential is not enveloped.')
    if (type === 'vc+jwt') readToken(token, ['vc+jwt'])
    if (type === 'vc+sd-jwt') readVc(token)
  }
}

const answer = (result: 'success' | 'failure' | 'indeterminate', data: string) => writeFileSync(output, JSON.stringify({ result, data }))
if (!['credential_jose', 'presentation_jose', 'credential_sdjwt'].includes(feature)) answer('indeterminate', 'not among what is made')
else
  try {
    const bytes = readFileSync(input)
    if (positionals[0] === 'issue') answer('success', await issue(object(parseJson(bytes))))
    else {
      await verify(bytes.toString().trim())
      answer('success', 'verified')
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    answer('failure', `${error.problem.code}: ${error.problem.detail}`)
  }
