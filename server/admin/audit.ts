import type { FastifyInstance } from 'fastify'
import { auditedDecision, decisionIds, decisionTallies } from '../../db/queries/log/audit.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { memberOf } from '../plugins/roles.ts'
import { shanghaiDay, shanghaiMinute } from '../rules/days.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import { nameOf, stanceNames, stateNames, wordsGone } from '../rules/names.ts'
import { sampleOf } from '../rules/samples.ts'
import { everywhere, hasRole } from '../rules/staff/roles.ts'
import { isUnstorable, typedText } from '../rules/typed.ts'

interface AuditPage {
  tallies: { by: string; stance: string; outcome: string; reason: string; count: number }[]
  seed: string
  size: number
  total: number
  /** Read by auditors alone: administrators see no comments. */
  sample:
    | {
        /** Its public id. */
        comment: string
        by: string
        at: string
        stance: string
        outcome: string
        reason: string
        body: string
      }[]
    | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/audit': AuditPage
  }
}

const largestSample = 100

/** GET /admin/audit?seed=&size=: who decided what, and a sample to read again that the same seed draws again. */
export function audit(app: FastifyInstance, { db, now }: Dependencies): void {
  app.get('/audit', async (request, reply) => {
    const typed = typedText(request.query, 'seed').slice(0, 60)
    const seed = typed && !isUnstorable(typed) ? typed : shanghaiDay(now())
    const size = Math.min(
      largestSample,
      Math.max(1, Number.parseInt(typedText(request.query, 'size'), 10) || 20),
    )
    const [tallies, ids, reasons] = await Promise.all([
      decisionTallies(db),
      decisionIds(db),
      currentReasons(db),
    ])
    const reasonName = (code: string | null) =>
      reasons.find((reason) => reason.code === code)?.name ?? code ?? ''
    const mayRead = hasRole(memberOf(request).grants, ['auditor'], everywhere)
    const drawn = mayRead
      ? await Promise.all(sampleOf(ids, seed, size).map((id) => auditedDecision(db, id)))
      : null
    return reply.page('admin/audit', {
      seed,
      size,
      total: ids.length,
      tallies: tallies.map(({ by, stance, admission, publication, reason, count }) => ({
        by,
        stance: nameOf(stanceNames, stance),
        outcome: nameOf(stateNames, stateAfter(admission, publication)),
        reason: reasonName(reason),
        count,
      })),
      sample:
        drawn
          ?.filter((one) => one !== null)
          .map(({ decision, by, publicId, body, state, stance }) => ({
            comment: publicId,
            by,
            at: shanghaiMinute(decision.createdAt),
            stance: nameOf(stanceNames, stance),
            outcome: nameOf(stateNames, stateAfter(decision.admission, decision.publication)),
            reason: reasonName(decision.reason),
            body: body || wordsGone(state),
          })) ?? null,
    })
  })
}
