import type { FastifyInstance } from 'fastify'
import { decisionTallies, sampleOfDecisions } from '../../db/queries/log/audit.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { memberOf } from '../plugins/roles.ts'
import { shanghaiDay, shanghaiMinute } from '../rules/days.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import { nameOf, stanceNames, stateNames, wordsGone } from '../rules/names.ts'
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
    const [tallies, reasons] = await Promise.all([decisionTallies(db), currentReasons(db)])
    const reasonName = (code: string | null) =>
      reasons.find((reason) => reason.code === code)?.name ?? code ?? ''
    const mayRead = hasRole(memberOf(request).grants, ['auditor'], everywhere)
    const drawn = mayRead ? await sampleOfDecisions(db, seed, size) : null
    return reply.page('admin/audit', {
      seed,
      size,
      total: tallies.reduce((sum, { count }) => sum + count, 0),
      tallies: tallies.map(({ by, stance, admission, publication, reason, count }) => ({
        by,
        stance: nameOf(stanceNames, stance),
        outcome: nameOf(stateNames, stateAfter(admission, publication)),
        reason: reasonName(reason),
        count,
      })),
      sample:
        drawn?.map(({ decision, by, publicId, body, state, stance }) => ({
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
