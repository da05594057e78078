import type { FastifyInstance } from 'fastify'
import { decisionsBy } from '../../db/queries/moderation/decisions-by.ts'
import { dueDecisionsOf } from '../../db/queries/moderation/kept-decisions.ts'
import { queuedComments } from '../../db/queries/moderation/queued-comments.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { memberOf } from '../plugins/roles.ts'
import { shanghaiClock, shanghaiDay, startOfDay } from '../rules/days.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import type { Ruling } from '../rules/moderation/decision-form.ts'
import type { Reason } from '../rules/moderation/reasons.ts'
import { nameOf, stateNames } from '../rules/names.ts'
import { typedText } from '../rules/typed.ts'
import { type ListedComment, listedComment } from './listed-comment.ts'

/** A decision of today. */
interface ShownDecision {
  /** To the second, since several fall within a minute. */
  at: string
  outcome: string
  reason: string | null
  comment: ListedComment
  /** What became of the comment since; null where it stands as it was decided. */
  since: string | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/decisions': {
      due: ShownDecision[]
      decided: ShownDecision[]
      /** The address of the earlier ones of today; null on the last page. */
      nextPage: string | null
    }
  }
}

const pageSize = 50

/** GET /moderation/decisions: what one has decided today, the last first, to look at it again. */
export function decisions(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals, now } = deps

  app.get('/decisions', async (request, reply) => {
    const member = memberOf(request)
    const page = Number(/^\d{1,3}$/.exec(typedText(request.query, 'page'))?.[0] ?? 1) || 1
    const today = startOfDay(shanghaiDay(now()))
    const [due, found, reasons] = await Promise.all([
      page === 1 ? dueDecisionsOf(db, seals, member.id, pageSize) : [],
      decisionsBy(db, member.id, today, { skip: (page - 1) * pageSize, most: pageSize + 1 }),
      currentReasons(db),
    ])
    const decided = found.slice(0, pageSize)
    const ids = [...due, ...decided].map(({ commentId }) => commentId)
    const rows = await queuedComments(db, [...new Set(ids)], now())
    const listed = new Map(rows.map((row) => [row.id, row]))
    const shown = (one: { commentId: string; ruling: Ruled; at: Date; review: number | null }) => {
      const row = listed.get(one.commentId)
      if (!row) return []
      const comment = listedComment(row, member, null, now())
      const stands = one.review === null || (one.review === row.review && row.state !== 'withdrawn')
      const since = stands ? null : nameOf(stateNames, row.state)
      return [{ ...inWords(one.ruling, reasons), at: shanghaiClock(one.at), comment, since }]
    }
    return reply.page('moderation/decisions', {
      due: due.flatMap(({ dueAt, ...one }) => shown({ ...one, at: dueAt, review: null })),
      decided: decided.flatMap(({ createdAt, ...one }) => shown({ ...one, at: createdAt })),
      nextPage: found.length > pageSize ? `/moderation/decisions?page=${page + 1}` : null,
    })
  })
}

type Ruled = Pick<Ruling, 'reason'> & { admission: string; publication: string }

function inWords({ admission, publication, reason }: Ruled, reasons: readonly Reason[]) {
  return {
    outcome: nameOf(stateNames, stateAfter(admission, publication)),
    reason: reasons.find(({ code }) => code === reason)?.name ?? reason,
  }
}
