import type { FastifyInstance } from 'fastify'
import { publishedComments } from '../../../db/queries/comments/published-comments.ts'
import { changesBy } from '../../../db/queries/points/public-concerns.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { isPublicId } from '../../rules/comments/publication-places.ts'
import { type ShownClause, shownClause } from '../drafts/shown-clause.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { type ShownChange, shownChange } from '../points/concern.ts'
import { clausesOf, mayEndorse, nameIn, seenConsultation, seenKey, withRound } from '../scope.ts'
import { withListing } from '../search-engines.ts'
import { answersShown } from './shown-answers.ts'
import { type ShownComment, shownComment } from './shown-comment.ts'

interface CommentPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  clause: ShownClause | null
  comment: ShownComment
  /** The newest round; a comment on an earlier one says so. */
  currentRound: number
  mayEndorse: boolean
  /** The clauses that read otherwise for it, where that is out, and the sentences into which the office gathered it. */
  changed: ShownChange[]
  gathered: { sentence: string; path: string }[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/comments/comment': CommentPage
  }
}

/** One published comment at its own address. */
export function comment(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string; comment: string } }>(
    '/consultations/:slug/comments/:comment',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const frame = await frameOf(request, deps)
      const { comment: id } = request.params
      if (!isPublicId(id)) throw notFound()
      return withListing(reply, frame).keptPage(
        [seenKey(seen, deps.now()), id, frameKey(frame)],
        async () => {
          const { comments } = await publishedComments(deps, seen.consultation, { id }, deps.now(), 1)
          const [comment] = comments
          if (!comment) throw notFound()
          const scope = await withRound(deps, seen)
          const clause = clausesOf(scope).find(({ key }) => key === comment.clause)
          const name = nameIn(scope, comment.clause, frame.t.clause.wholeDraft)
          const [answers, changes] = await Promise.all([
            answersShown(deps, scope, [comment]),
            changesBy(deps.db, seen.consultation, comment.id),
          ])
          return app.page('public/comments/comment', {
            frame,
            title: `${frame.t.comment.on(name)} · ${scope.round.title}`,
            slug: seen.consultation.slug,
            draftTitle: scope.round.title,
            clause: clause ? shownClause(scope, clause) : null,
            mayEndorse: mayEndorse(scope),
            comment: shownComment(comment, name, clause?.text ?? null, answers.get(comment.id)),
            currentRound: scope.round.number,
            changed: changes.changed.map((one) => shownChange(scope, one, frame)),
            gathered: changes.concerns.map(({ id, sentence }) => ({
              sentence,
              path: `/consultations/${seen.consultation.slug}/concerns/${id}`,
            })),
          })
        },
      )
    },
  )
}
