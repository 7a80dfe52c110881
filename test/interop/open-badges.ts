/** Files of the 1EdTech validator: valid and invalid, with a registry that names their keys, as the validator trusts any. */
import { didKeyOfSpki, spkiOfRsaJwk } from '@cairn/seals'
import { standardPolicy, verify } from '@cairn/verifier'
import { areThere, bytesOf, evidenceOf, filesBelow, type Judged, type Row, tableOf, textOf } from './row.ts'

const now = '2026-05-12T10:00:00Z'
const key = 'z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi'

/** Who is trusted: the issuers of the files, by the keys that the files use. */
function issuers() {
  const entry = { legalName: 'Example issuer', types: ['*'], logRequired: false }
  return [
    {
      ...entry,
      id: 'https://example.com/issuers/876543',
      keys: [`did:key:${key}`, 'did:key:z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x'],
    },
    { ...entry, id: 'https://example.edu/issuers/565049', keys: [`did:key:${key}`] },
    { ...entry, ...tokenIssuer() },
    { ...entry, id: 'https://example.org/organization.json', keys: [] },
    { ...entry, id: 'https://example.org/organization-with-revocation-list.json', keys: [] },
  ]
}

/** The token in the SVG brings an RSA key in its header: its issuer is trusted by that key. */
function tokenIssuer(): { id: string; keys: string[] } {
  const token = /verify="([^"]+)"/.exec(textOf('openbadges/v3/simple-jwt.svg'))![1]!
  const [header, payload] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
  return { id: payload.iss as string, keys: [didKeyOfSpki(spkiOfRsaJwk(header.jwk))!] }
}

/** The assets of Open Badges 2.0 by the address that each says it stands at; the hosted assertion stands at its own. */
function hosted(): Record<string, Uint8Array> {
  const found: Record<string, Uint8Array> = {}
  for (const file of [
    'openbadges/v2/basic-assertion.json',
    ...filesBelow('openbadges/v2/assets', '.json').map((name) => `openbadges/v2/assets/${name}`),
  ]) {
    const bytes = bytesOf(file)
    const { id } = JSON.parse(new TextDecoder().decode(bytes)) as { id?: string }
    if (id) found[id] = bytes
  }
  return found
}

async function judge(file: string, expected: string): Promise<Judged> {
  const report = await verify(bytesOf(file), evidenceOf({ issuers: issuers() }, { hosted: hosted() }), standardPolicy, now)
  const why = report.findings.filter(({ outcome }) => outcome !== 'passed').map(({ problem }) => problem?.code)
  return {
    got: report.verdict,
    why:
      [...new Set(why)].join(' ') ||
      Object.entries(report.results)
        .map(([name, outcome]) => `${name} ${outcome}`)
        .join(', '),
    agrees: report.verdict === (expected === 'Valid' ? 'valid' : 'invalid'),
  }
}

/** Rows of the Open Badges files. */
export function openBadgeRows(): Row[] {
  if (!areThere('openbadges')) return []
  return tableOf('openbadges/EXPECTED.tsv').map(([name, expected]) => {
    const file = `openbadges/${name!.replace('ob30/', 'v3/').replace('ob20/', 'v2/')}`
    return { set: 'Open Badges', file, expected: expected!, judge: () => judge(file, expected!) }
  })
}
