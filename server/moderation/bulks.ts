import type { FastifyInstance, FastifyRequest } from 'fastify'
import { consultationsOfStaff } from '../../db/queries/consultations/consultations-of-staff.ts'
import { clausesOf } from '../../db/queries/moderation/bulk-samples.ts'
import { bulksOf, prepareBulk } from '../../db/queries/moderation/bulks.ts'
import { type CommentToJudge, commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { keptCounts, queueCount, queuedIds } from '../../db/queries/moderation/queue.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { actOf, memberOf, memberWith } from '../plugins/roles.ts'
import { countedName } from '../rules/counted.ts'
import { largestBulk } from '../rules/moderation/bulks.ts'
import { decisionForm, readRuling, type TypedDecision } from '../rules/moderation/decision-form.ts'
import type { Reason } from '../rules/moderation/reasons.ts'
import { type FieldError, typedText } from '../rules/typed.ts'
import { clausesInWords } from './clauses-in-words.ts'
import { idOf, placeOf, queryOf } from './queue-address.ts'
import { filterInWords, filtersOf } from './queue-filters.ts'
import { type ShownBulk, shownBulk } from './shown-bulk.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/bulks': { bulks: ShownBulk[] }
    'moderation/bulk-form': {
      count: number
      /** How many the filter lets through, where that is more than one bulk may hold; else null. */
      matching: string | null
      /** The public ids of those chosen by hand; none where the filter chooses. */
      chosen: string[]
      /** Whether all is meant that the filter lets through: a second act, since nothing ticked is nothing meant. */
      isAll: boolean
      /** What the filter asks for. */
      filter: string
      /** How many stand in which clause. */
      clauses: string
      query: string
      reasons: Reason[]
      errors: FieldError[]
      typed: TypedDecision
    }
  }
}

/** /moderation/bulks: one ruling for many comments. The list is frozen before it is confirmed. */
export function bulks(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/bulks', async (request, reply) => {
    const [mine, reasons] = await Promise.all([bulksOf(db, memberOf(request).id), currentReasons(db)])
    return reply.page('moderation/bulks', { bulks: mine.map((bulk) => shownBulk(bulk, reasons, deps.now())) })
  })

  app.get('/bulks/new', async (request, reply) => {
    const form = await formOf(deps, request, request.query)
    const { blank } = decisionForm(form.reasons)
    return reply.page('moderation/bulk-form', { ...form, errors: [], typed: blank })
  })

  app.post('/bulks', async (request, reply) => {
    const form = await formOf(deps, request, request.body)
    const typed = { ...decisionForm(form.reasons).typed(request.body), version: '1' }
    const { values: ruling, errors } = readRuling(typed, form.reasons)
    if (!ruling || form.ids.length === 0) {
      const none = { field: 'comments', message: '没有可以处理的意见：请重新筛选或选择' }
      return reply
        .code(422)
        .page('moderation/bulk-form', { ...form, errors: ruling ? [none] : errors, typed })
    }
    const { version: _, ...bulkRuling } = ruling
    const id = await prepareBulk(db, bulkRuling, form.ids, actOf(request, deps))
    return reply.redirect(`/moderation/bulks/${id}`, 303)
  })
}

/** What a bulk would be made of: the comments chosen by hand, or all that the filter lets through. */
async function formOf(deps: Dependencies, request: FastifyRequest, fields: unknown) {
  const { db, now } = deps
  const member = memberOf(request)
  const reasons = await currentReasons(db)
  const chosen = await mayDecide(deps, request, [Object(fields).comments].flat())
  const place = { ...placeOf(request), state: null, after: null }
  const isAll = chosen.length === 0 && typedText(request.query, 'all') === 'yes'
  const consultations = await consultationsOfStaff(db, member.id, ['moderator'])
  const query = queryOf({ ...place, ...(isAll ? { all: 'yes' } : {}) })
  const known = { isAll, filter: filterInWords(place, consultations), query, reasons }
  if (chosen.length > 0) {
    const ids = chosen.map(({ id }) => id)
    const publicIds = chosen.map(({ publicId }) => publicId)
    const clauses = clausesInWords(await clausesOf(db, ids))
    return { ...known, ids, chosen: publicIds, count: ids.length, matching: null, clauses }
  }
  // In a group of copies nobody decides on what its senders have said of their own, unread.
  const filters = { ...filtersOf(place, consultations, member.id, now()), alike: true }
  const counts = await keptCounts(db, filters)
  const ids = await queuedIds(db, filters, counts, null, largestBulk, now())
  const matching = ids.length < largestBulk ? null : countedName(await queueCount(db, filters, counts, now()))
  const clauses = clausesInWords(await clausesOf(db, ids))
  return { ...known, ids: isAll ? ids : [], chosen: [], count: ids.length, matching, clauses }
}

/** The comments whose public ids came by a form, where the moderator may decide them. @throws PageError 404, 403 */
async function mayDecide(
  deps: Dependencies,
  request: FastifyRequest,
  typed: unknown[],
): Promise<CommentToJudge[]> {
  const publicIds = typed
    .map((value) => (typeof value === 'string' ? idOf(value) : null))
    .filter((id) => id !== null)
  const chosen: CommentToJudge[] = []
  for (const publicId of new Set(publicIds)) {
    const comment = await commentToJudge(deps.db, publicId)
    if (!comment) throw notFound()
    memberWith(request, comment.consultationId, 'moderator')
    chosen.push(comment)
  }
  return chosen
}
