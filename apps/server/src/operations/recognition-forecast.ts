/** The forecast beside a draft: which published rules would accept what it awards, and which smallest change would gain most. */
import type { ForecastAnswer, Handlers } from '@cairn/api'
import { type AchievementSpecification, ProblemError } from '@cairn/core'
import { findBodies, listTargets, listVersions, readInstitution, readSpecification, type TargetRow, type VersionRow } from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { canBeAsked, formOfTarget, policiesInForce, titleOf } from '../recognition-case.ts'
import { decideSpecimen } from '../specimen-case.ts'

type Own = Pick<Handlers<Context>, 'recognition.forecast'>

/** How many pairs of policy and target are looked at. */
const most = 200

export const forecastHandlers: Own = {
  'recognition.forecast': async ({ id }, context) => {
    const { draft, organisation } = await asTenant(context, async (tx) => ({
      draft: found(await readSpecification(tx, id)).draft,
      organisation: found(await readInstitution(tx)).organisation,
    }))
    const today = context.now.slice(0, 10)
    const lines: ForecastAnswer['lines'] = []
    const asked = new Map<string, { accepted: boolean; gains: Set<string> }>()
    for (const body of await findBodies(context.database, 'policy')) {
      const { versions, targets } = await context.database.tenant(body.tenant, async (tx) => ({
        versions: policiesInForce(await listVersions(tx, 'policy'), today),
        targets: (await listTargets(tx)).filter(({ archived }) => !archived),
      }))
      for (const version of versions)
        for (const target of targets.filter((each) => canBeAsked(version, formOfTarget(each)))) {
          if (lines.length >= most) break
          const decision = decideFor(draft, { version, target, issuer: organisation.id, body: body.organisation.id, today })
          if (!decision) continue
          const accepted = decision.outcome === 'full' || decision.outcome === 'partial' || decision.outcome === 'conditional'
          const known = asked.get(version.id) ?? { accepted: false, gains: new Set<string>() }
          known.accepted ||= accepted
          for (const { change, wouldGive } of decision.counterfactual)
            if (wouldGive !== 'refused' && wouldGive !== 'needs-human') known.gains.add(plainly(change))
          asked.set(version.id, known)
          lines.push({
            body: body.organisation.legalName,
            policy: titleOf(version.content),
            target: target.title,
            outcome: decision.outcome,
            reasons: decision.reasons,
          })
        }
    }
    const gains = new Map<string, number>()
    for (const { accepted, gains: own } of asked.values())
      if (!accepted) for (const change of own) gains.set(change, (gains.get(change) ?? 0) + 1)
    return {
      policies: asked.size,
      accepting: [...asked.values()].filter(({ accepted }) => accepted).length,
      lines,
      gains: [...gains]
        .map(([change, adds]) => ({ change, adds }))
        .sort((one, other) => other.adds - one.adds || (one.change < other.change ? -1 : 1))
        .slice(0, 5),
    }
  },
}

/** A change without the name of the specimen: which fact, and what it would be. */
const plainly = (change: string): string => change.replace(/\/credentials\/(?:[^/ ]|~1)+\//g, '')

function decideFor(
  draft: AchievementSpecification,
  { version, target, issuer, body, today }: { version: VersionRow; target: TargetRow; issuer: string; body: string; today: string },
) {
  try {
    return decideSpecimen(draft, { id: 'forecast', achievement: draft.id, issuer, asOf: today, policy: version.content, target, body })
  } catch (error) {
    // Rules of an older form that cannot be read any more are no answer.
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
