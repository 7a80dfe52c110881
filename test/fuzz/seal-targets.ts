/** What stands inside seals and tokens, fuzzed behind what keeps a change out: unsigned properties, lists in tokens, proofs in CBOR. */
import { expandBits, expandStatuses, readStatusList, readTokenStatusList } from '@cairn/formats'
import { checkProofs, readCompact, toBase64Url } from '@cairn/seals'
import { judge, objectOf, textOf, tokenOf, utf8 } from './judge.ts'
import type { Target } from './target.ts'

const base64Url = (text: string) => toBase64Url(utf8.encode(text))

/** Lines of JSON to a seal: payload, head and signature in the first, an unsigned property in each that follows, as base64url and in clear by turns. */
function sealOf(bytes: Uint8Array): Uint8Array {
  const [first = '', ...parts] = textOf(bytes).split('\n')
  const etsiU = parts.map((part, at) => (at % 3 === 2 ? part : JSON.stringify(base64Url(part)))).join()
  return utf8.encode(`${first.slice(0, -1)},"header":{"etsiU":[${etsiU}]}}`)
}

export const sealTargets: Readonly<Record<string, Target>> = {
  'etsi-u': { kind: 'json', seeds: ({ unsignedParts }) => unsignedParts(), read: (bytes) => judge(sealOf(bytes)) },
  'status-token': {
    kind: 'json',
    seeds: async ({ statusLists }) =>
      (await statusLists()).map((list) =>
        utf8.encode(
          `{"alg":"ES256","typ":"${textOf(list).includes('status_list') ? 'statuslist' : 'vc'}+jwt","x5c":["AA=="]}\n${textOf(list)}\n"AAAA"`,
        ),
      ),
    read: (bytes) => {
      const token = tokenOf(bytes)
      if (textOf(bytes).includes('statuslist+jwt')) return expandStatuses(readTokenStatusList(readCompact(token, 'statuslist+jwt').payload))
      return expandBits(readStatusList(readCompact(token, 'vc+jwt').payload).encodedList)
    },
  },
  selective: {
    kind: 'bytes',
    seeds: async ({ selectiveBadge }) => {
      const { proof } = objectOf(utf8.encode(JSON.stringify(await selectiveBadge())))
      return [Uint8Array.from(Buffer.from(String((proof as { proofValue: string }).proofValue).slice(1), 'base64url'))]
    },
    read: async (bytes) => {
      const badge = await (await import('./seeds.ts')).selectiveBadge()
      return checkProofs({ ...badge, proof: { ...(badge.proof as object), proofValue: `u${toBase64Url(bytes)}` } })
    },
  },
}
