import type { FastifyInstance } from 'fastify'
import {
  type Changed,
  type PublicConcern,
  publicConcern,
  publishedPoints,
} from '../../../db/queries/points/public-concerns.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import type { Views } from '../../plugins/views.ts'
import { type Corrected, correctedOn } from '../../rules/answers/correction-note.ts'
import { isPublicId } from '../../rules/comments/publication-places.ts'
import { commentsAreShown } from '../../rules/consultations/publication-policies.ts'
import { wholeDraft } from '../../rules/names.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { nameIn, type Scope, seenConsultation, seenKey, withRound } from '../scope.ts'

/** A clause that reads otherwise, with the place in the comparison of the two rounds. */
export interface ShownChange {
  name: string
  round: number
  path: string
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/points/concern': {
      frame: Frame
      title: string
      slug: string
      draftTitle: string
      sentence: string
      clause: { name: string; path: string | null }
      answer: { outcome: string; reason: string; corrected: Corrected | null } | null
      changed: ShownChange[]
      /** In the words of their comments; empty where comments are not shown one by one. */
      points: { text: string; path: string }[]
      next: string | null
    }
  }
}

const pageSize = 50
const mostWords = 200

/**
 * GET /consultations/:slug/concerns/:concern: a sentence into which the office gathered what comments say, the clauses that
 * read otherwise for it, and the published comments that say it. It is there once one of its clauses or its answer is out.
 */
export function concern(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string; concern: string }; Querystring: { after?: unknown } }>(
    '/consultations/:slug/concerns/:concern',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const frame = await frameOf(request, deps, ['after'])
      const { concern: id } = request.params
      if (!isPublicId(id)) throw notFound()
      const after = placeAsked(request.query.after)
      return reply.keptPage([seenKey(seen, deps.now()), id, after, frameKey(frame)], async () => {
        const found = await publicConcern(deps.db, seen.consultation, id)
        const { publicationPolicy, closesAt, outcomeAt } = seen.consultation
        const isShown = commentsAreShown(publicationPolicy, closesAt, deps.now())
        if (!found || !(isShown || outcomeAt)) throw notFound()
        const scope = await withRound(deps, seen)
        return app.page(
          'public/points/concern',
          await concernPage(deps, scope, found, { after, isShown, frame }),
        )
      })
    },
  )
}

async function concernPage(
  { db }: Dependencies,
  scope: Scope,
  { id, sentence, clause, changed, answer }: PublicConcern,
  { after, isShown, frame }: { after: string | null; isShown: boolean; frame: Frame },
): Promise<Views['public/points/concern']> {
  const { slug } = scope.consultation
  const base = `/consultations/${slug}`
  const found = isShown ? await publishedPoints(db, id, { after, limit: pageSize + 1 }) : []
  const points = found.slice(0, pageSize)
  return {
    frame,
    title: `${frame.t.concern.title} · ${scope.round.title}`,
    slug,
    draftTitle: scope.round.title,
    sentence,
    clause: {
      name: nameIn(scope, clause, frame.t.clause.wholeDraft),
      path: clause === wholeDraft ? null : `${base}/clauses/${clause}`,
    },
    answer: answer && {
      outcome: answer.outcome,
      reason: answer.reason,
      corrected: correctedOn(answer),
    },
    changed: changed.map((one) => shownChange(scope, one, frame)),
    points: points.map(({ publicId, text }) => ({
      text: excerpt(text, mostWords),
      path: `${base}/comments/${publicId}`,
    })),
    next: found.length > pageSize ? `${base}/concerns/${id}?after=${points.at(-1)?.id}` : null,
  }
}

/** Where a clause that reads otherwise is compared with what it was. */
export function shownChange(scope: Scope, { round, clause }: Changed, frame: Frame): ShownChange {
  return {
    name: nameIn(scope, clause, frame.t.clause.wholeDraft),
    round,
    path: `/consultations/${scope.consultation.slug}/rounds/${round}/compare/${round + 1}#${clause}`,
  }
}

function placeAsked(after: unknown): string | null {
  return typeof after === 'string' && /^[\w-]{1,64}$/.test(after) ? after : null
}
