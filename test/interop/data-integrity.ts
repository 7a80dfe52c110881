/** The W3C's own vectors: every signed document holds under the key it names, and every graph gets its canonical form. */

import { existsSync } from 'node:fs'
import path from 'node:path'
import { type JsonObject, parseJson } from '@cairn/core'
import { checkProofs } from '@cairn/seals'
import { canonicalise, canonicalLimits } from '../../packages/seals/src/data-integrity/canonicalise.ts'
import { readNQuads } from '../../packages/seals/src/data-integrity/vectors/read-n-quads.ts'
import { areThere, bytesOf, filesBelow, type Judged, type Row, textOf, vectors } from './row.ts'

/** A vocabulary of the published examples; the product does not know it. */
const contexts = new Map([
  ['https://www.w3.org/ns/credentials/examples/v2', { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }],
])

async function judgeProof(file: string): Promise<Judged> {
  const { proofs } = await checkProofs(parseJson(bytesOf(file)) as JsonObject, { contexts })
  const outcomes = proofs.map(({ outcome }) => outcome)
  return {
    got: `proof ${outcomes.join(', ')}`,
    why: proofs.map(({ suite, problem }) => problem?.code ?? suite ?? '').join(' '),
    agrees: outcomes.every((outcome) => outcome === 'passed'),
  }
}

async function judgeGraph(file: string): Promise<Judged> {
  const wanted = file.replace('-in.nq', '-rdfc10.nq')
  const { lines } = canonicalise(readNQuads(textOf(file)), { ...canonicalLimits, workFactor: 3 })
  const same = !existsSync(path.join(vectors, wanted)) || lines.join('') === textOf(wanted)
  return { got: same ? 'the canonical form' : 'another form', why: `${lines.length} statements`, agrees: same }
}

/** Rows of the signed documents and of the canonicalisation tests. */
export function dataIntegrityRows(): Row[] {
  if (!areThere('data-integrity')) return []
  const signed = filesBelow('data-integrity', '.json').filter((name) => /(^|\/)signed/.test(name))
  return [
    ...signed.map((name): Row => {
      const file = `data-integrity/${name}`
      return { set: 'Data Integrity', file, expected: 'proof holds', judge: () => judgeProof(file) }
    }),
    ...filesBelow('rdf-canon', '-in.nq').map((name): Row => {
      const file = `rdf-canon/${name}`
      return { set: 'rdf-canon', file, expected: 'the canonical form', judge: () => judgeGraph(file) }
    }),
  ]
}
