/**
 * `node --conditions=cairn-source test/interop/dss/levels.ts`: seals of every algorithm and level, made against a neighbourhood on loopback and judged
 * by the EU DSS without a network. B-B and B-T carry no statement on revocation, so that DSS leaves them open as we do; B-LT, B-LTA and a renewed
 * seal have to pass without an error or a warning.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeElm, prepareElm } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { type AugmentOptions, augment, fetchSafely } from '@cairn/online'
import { finishSeal, prepareSeal } from '@cairn/seals'
import { type RunningAuthority, sampleEdition, sampleInstitution, startAuthority } from '@cairn/testkit'
import { dssMissing, judgeWithDss } from './run.ts'

const algorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256'] as const
const number = 'VATCZ-00000019'
const image = { language: 'en', mediaType: 'image/png', base64: 'iVBORw0KGgo=' } as const
const now = () => new Date().toISOString()

async function sealed(authority: RunningAuthority, algorithm: (typeof algorithms)[number]): Promise<Uint8Array> {
  const made = authority.issue({ organisation: 'Lakeside Institute', organizationIdentifier: number, algorithm })
  const signer = makeSigner(made.privateKey, made.certificates, algorithm)
  const at = now()
  const award = {
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
    learner: { givenName: 'Ana', identifier: '1' },
    awardDate: '2026-05-10',
  }
  const issuer = { organisation: sampleInstitution, organizationIdentifier: number }
  const document = composeElm(prepareElm(sampleEdition, issuer, [image]), award, { issued: at })
  const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm, at })
  return finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes
}

/** Writes a seal of each algorithm and level into a folder; gives the files with the level of each. */
async function makeAll(authority: RunningAuthority, folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const options: AugmentOptions = {
    timeStamps: { address: authority.timeStampAddress },
    registry: { anchors: [authority.anchor], trustedLists: [], issuers: [] },
    door: (address, ask) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] }),
    now,
  }
  for (const algorithm of algorithms) {
    let bytes = await sealed(authority, algorithm)
    const keep = (level: string) => {
      const file = path.join(folder, `${algorithm}-${level}.json`)
      writeFileSync(file, bytes)
      files.set(file, level)
    }
    keep('B-B')
    for (const level of ['B-T', 'B-LT', 'B-LTA', 'B-LTA'] as const) {
      const isRenewal = level === 'B-LTA' && files.has(path.join(folder, `${algorithm}-B-LTA.json`))
      bytes = await augment(bytes, level, options)
      keep(isRenewal ? 'renewed' : level)
    }
  }
  return files
}

const formats: Record<string, string> = { 'B-B': 'B', 'B-T': 'T', 'B-LT': 'LT', 'B-LTA': 'LTA', renewed: 'LTA' }

const missing = dssMissing()
if (missing) {
  console.error(`The EU DSS cannot judge here: ${missing}.`)
  process.exitCode = 2
} else {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-levels-'))
  const authority = await startAuthority()
  try {
    mkdirSync(path.join(folder, 'trust'))
    writeFileSync(path.join(folder, 'trust/root.der'), authority.root.certificate)
    const files = await makeAll(authority, folder)
    await authority.stop()
    for (const verdict of judgeWithDss(['--trust', path.join(folder, 'trust'), ...files.keys()])) {
      const level = files.get(verdict.file)!
      const passes = level !== 'B-B' && level !== 'B-T'
      const agrees =
        verdict.format === `JAdES-BASELINE-${formats[level]}` &&
        verdict.intact &&
        (passes
          ? verdict.indication === 'TOTAL_PASSED' && verdict.errors.length + verdict.warnings.length === 0
          : verdict.indication === 'INDETERMINATE')
      console.log(
        `${agrees ? 'as expected' : 'DIFFERS'}  ${path.basename(verdict.file)}  ${verdict.format}  ${verdict.indication}  ${verdict.errors.join(' ')}`,
      )
      if (!agrees) process.exitCode = 1
    }
  } finally {
    await authority.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
