/** Checks a stack receipt against the parts it names: no solver, no network, no trust in whoever made the receipt. */
import { canonicalJson } from '../canonical-json.ts'
import type { StackReceipt } from '../declaration.ts'
import type { Json } from '../json.ts'
import type { HashOf } from '../recognition/recognise.ts'
import type { Report } from '../report.ts'
import { checkStack } from './check-stack.ts'
import { readPathway } from './pathway.ts'
import { caseOf, countedAs, stackingFacts } from './stacking-facts.ts'

/** A part as a stranger has it: its report, and the SHA-256 (base64url) of what its issuer signed. */
export interface PartAtHand {
  report: Report
  digest: string
}

/** One thing that does not hold. `part` is the id of the credential that it is about, which may be the larger one. */
export interface ReceiptFault {
  code:
    | 'pathway-hash'
    | 'part-missing'
    | 'part-other'
    | 'part-not-valid'
    | 'part-of-another'
    | 'part-facts'
    | 'assignment'
    | 'award-other'
    | 'award-other-body'
    | 'award-not-valid'
    | 'award-of-another'
  part?: string
  detail: string
}

/**
 * What is wrong with a receipt; empty when it holds: the pathway is the one of the hash, every part is at hand, is the very credential, is valid and names the
 * learner, its facts are those that were counted, and the assignment meets every goal. Where the larger credential is at hand too, it is the one that the
 * receipt names, valid, of the body of the pathway and of the learner; what is neither that nor a part is told. Raises `input.invalid` and `stacking.*` for a receipt whose
 * pathway or facts cannot be read.
 */
export function checkReceipt(receipt: StackReceipt, parts: readonly PartAtHand[], hash: HashOf): ReceiptFault[] {
  const pathway = readPathway(receipt.pathway.content as unknown as Json)
  const faults: ReceiptFault[] = []
  if (hash(canonicalJson(receipt.pathway.content as unknown as Json)) !== receipt.pathway.hash)
    faults.push({ code: 'pathway-hash', detail: 'The pathway in the receipt is not the one whose hash it names.' })
  const told = new Map(receipt.facts.map((each) => [each.id, each]))
  for (const { id, digest } of receipt.parts) {
    const fault = (code: ReceiptFault['code'], detail: string) => faults.push({ code, part: id, detail })
    const found = parts.find(({ report }) => report.view?.id === id)
    if (!found) {
      fault('part-missing', 'This part is not at hand.')
      continue
    }
    if (found.digest !== digest) fault('part-other', 'The file has this id, and is not what was stacked.')
    if (found.report.verdict !== 'valid') fault('part-not-valid', `This part is ${found.report.verdict} by itself.`)
    if (found.report.view?.learner !== receipt.learner) fault('part-of-another', 'This part names another learner.')
    if (found.report.results.seal !== 'passed') continue
    const right = countedAs(pathway, stackingFacts(found.report))
    if (canonicalJson(right as unknown as Json) !== canonicalJson((told.get(id) ?? null) as unknown as Json))
      fault('part-facts', 'What was counted is not what this part says.')
  }
  if (told.size !== receipt.parts.length || receipt.parts.some(({ id }) => !told.has(id)))
    faults.push({ code: 'part-facts', detail: 'Facts are counted of which the receipt names no part.' })
  faults.push(...awardFaults(receipt, pathway.body, parts))
  for (const detail of checkStack(caseOf(pathway, receipt.facts, receipt.asOf), receipt.answer)) faults.push({ code: 'assignment', detail })
  if (!receipt.answer.eligible) faults.push({ code: 'assignment', detail: 'By its own answer the award was not to be had.' })
  return faults
}

/** What is wrong with the larger credential, where it is at hand. A receipt that was sealed before receipts named it says nothing of it. */
function awardFaults({ award, learner, parts }: StackReceipt, body: string, held: readonly PartAtHand[]): ReceiptFault[] {
  if (award === undefined) return []
  const named = new Set(parts.map(({ id }) => id))
  return held.flatMap(({ report }): ReceiptFault[] => {
    const { view, verdict, registry } = report
    if (view && named.has(view.id)) return []
    if (view?.id !== award)
      return [
        {
          code: 'award-other',
          ...(view ? { part: view.id } : {}),
          detail: `This is none of the parts, and not the award of the receipt, which is ${award}.`,
        },
      ]
    const fault = (code: ReceiptFault['code'], detail: string) => ({ code, part: award, detail })
    return [
      ...(verdict === 'valid' ? [] : [fault('award-not-valid', `The award is ${verdict} by itself.`)]),
      ...(registry?.id === body ? [] : [fault('award-other-body', 'The award is not of the body that published the pathway.')]),
      ...(view.learner === learner ? [] : [fault('award-of-another', 'The award names another learner.')]),
    ]
  })
}
