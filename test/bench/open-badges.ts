/** Open Badges 3.0 under `eddsa-rdfc-2022`: issuing many and verifying those of others, beside @digitalbazaar/vc and the signature alone. */
import { generateKeyPairSync, verify as rawVerify, sign } from 'node:crypto'
import { type AwardGiven, Edition } from '@cairn/core'
import { composeOpenBadge, prepareOpenBadge } from '@cairn/formats'
import { didKeyOfSpki, loadContexts, prepareSigning } from '@cairn/seals'
import { sampleEdition, sampleInstitution } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { from } from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { contexts as contextsOfKeys } from '@digitalbazaar/multikey-context'
import { issue, verifyCredential } from '@digitalbazaar/vc'
import { toMultibase } from '../../packages/seals/src/data-integrity/multibase.ts'
import { benchContainers } from './containers.ts'
import { perCpu, type Row, rateOf } from './measure.ts'

const now = '2026-05-13T10:00:00Z'
const given: AwardGiven = {
  learner: { givenName: 'Žofie Anna', familyName: 'Dvořáková', dateOfBirth: '1999-05-12', identifier: 'S-1' },
  awardDate: '2026-05-12',
  grade: 'A',
  referenceNumber: 'LH-2026-1',
}

/** An edition whose badges have 6 KB: as the sample, with as many outcomes as make it so. */
function largeEdition(): Edition {
  const { specification } = sampleEdition
  const more = Array.from({ length: 8 }, (_, index) => ({
    ...specification.outcomes[index % 3]!,
    key: `more-${index}`,
    title: { en: `${specification.outcomes[index % 3]!.title.en}, at station ${index + 1}` },
  }))
  return Edition.parse({
    ...sampleEdition,
    specification: { ...specification, workload: { ects: 10, hours: 280 }, outcomes: [...specification.outcomes, ...more] },
  })
}

/** Rows: issuing and verifying, alone and in pictures and sheets. */
export async function benchOpenBadges(): Promise<Row[]> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const did = didKeyOfSpki(spki)!
  const verificationMethod = `${did}#${did.slice(8)}`
  const prepared = prepareOpenBadge(largeEdition(), { id: did, organisation: sampleInstitution })
  const signBadge = prepareSigning({
    suite: 'eddsa-rdfc-2022',
    algorithm: 'EdDSA',
    verificationMethod,
    sign: (bytes) => sign(null, bytes, privateKey),
  })
  let number = 0
  const compose = () => {
    const id = `urn:uuid:00000000-0000-4000-8000-${(number++).toString(16).padStart(12, '0')}`
    return composeOpenBadge(prepared, { ...given, id }, { issued: now })
  }
  const badge = await signBadge(compose(), now)
  const document = JSON.parse(new TextDecoder().decode(badge)) as Record<string, unknown>
  const size = `${(badge.length / 1000).toFixed(1)} KB`
  const digest = new Uint8Array(64)
  const signature = sign(null, digest, privateKey)

  // The peer as it is used: a key with its signer, contexts from memory, a document of the controller.
  const secret = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })).slice(-32)
  const multibase = toMultibase(Uint8Array.of(0x80, 0x26, ...secret))
  const key = await from({
    type: 'Multikey',
    id: verificationMethod,
    controller: did,
    publicKeyMultibase: did.slice(8),
    secretKeyMultibase: multibase,
  })
  const method = await key.export({ publicKey: true, includeContext: true } as object)
  const relation = { '@id': 'https://w3id.org/security#assertionMethod', '@type': '@id', '@container': '@set' }
  const controller = { '@context': { id: '@id', assertionMethod: relation }, id: did, assertionMethod: [verificationMethod] }
  const known = new Map<string, object>([...(await loadContexts()), ...contextsOfKeys, [did, controller], [verificationMethod, method]])
  const documentLoader = async (url: string) => ({ document: known.get(url), documentUrl: url })
  const peerIssue = () => {
    const { proof: _proof, ...credential } = document
    return issue({
      credential,
      suite: new DataIntegrityProof({ signer: key.signer(), cryptosuite, date: now }),
      documentLoader,
      now: new Date(now),
    })
  }
  const peerVerify = async () => {
    const result = await verifyCredential({
      credential: document,
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader,
      now: new Date(now),
    })
    if (!result.verified) throw result.error ?? new Error('what is measured does not verify')
  }
  const evidence = {
    registry: {
      anchors: [],
      trustedLists: [],
      issuers: [{ id: sampleInstitution.id, legalName: 'Lakeside', keys: [did], types: ['*'], logRequired: false }],
    },
    statusLists: {},
    retrievedAt: now,
  }
  const report = await verify(badge, evidence, standardPolicy, now)
  if (report.verdict !== 'valid') throw new Error(`what is measured does not verify: ${JSON.stringify(report.findings)}`)
  await peerVerify()

  // Both sides run long enough beforehand for the compiler to have done its work, also on a busy machine.
  const settled = async (work: () => unknown) => {
    await rateOf(work)
    return rateOf(work)
  }
  const issuing = await settled(async () => signBadge(compose(), now))
  const peerIssuing = await settled(peerIssue)
  const signing = await rateOf(() => sign(null, digest, privateKey))
  const verifying = await settled(() => verify(badge, evidence, standardPolicy, now))
  const peerVerifying = await settled(peerVerify)
  const checking = await rateOf(() => rawVerify(null, digest, publicKey, signature))
  const times = (own: { perCpu: number }, peer: { perCpu: number }) => own.perCpu / peer.perCpu
  return [
    {
      what: `issue Open Badge, ${size}, eddsa-rdfc-2022`,
      figure: perCpu(issuing),
      floor: `sign alone ${perCpu(signing)}`,
      ratio: signing.perCpu / issuing.perCpu,
      aim: `30x @digitalbazaar/vc (${perCpu(peerIssuing)}): ${times(issuing, peerIssuing).toFixed(1)}x`,
      met: times(issuing, peerIssuing) >= 30,
    },
    {
      what: `verify Open Badge, ${size}, eddsa-rdfc-2022`,
      figure: perCpu(verifying),
      floor: `check alone ${perCpu(checking)}`,
      ratio: checking.perCpu / verifying.perCpu,
      aim: `8x @digitalbazaar/vc (${perCpu(peerVerifying)}): ${times(verifying, peerVerifying).toFixed(1)}x`,
      met: times(verifying, peerVerifying) >= 8,
    },
    ...(await benchContainers(badge, evidence, now)),
  ]
}
