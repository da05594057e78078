import type { FastifyInstance } from 'fastify'
import { type PublishedComment, publishedComments } from '../../../db/queries/comments/published-comments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { nameOf } from '../../rules/names.ts'
import { type ShownComment, shownComment } from '../comments/shown-comment.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { nameIn, seenConsultation, seenKey, withRound } from '../scope.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/consultations/feed': {
      frame: Frame
      address: string
      title: string
      updated: string
      entries: (ShownComment & { updated: string; stanceName: string })[]
    }
  }
}

const newest = 50

/** GET /consultations/:slug/feed.atom: the newest published comments, for readers of feeds (RFC 4287). */
export function feed(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string } }>('/consultations/:slug/feed.atom', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    const make = async () => {
      const scope = await withRound(deps, seen)
      const { comments } = await publishedComments(
        deps,
        seen.consultation,
        { byPublication: true },
        deps.now(),
        newest,
      )
      return app.page('public/consultations/feed', {
        frame,
        address: `${frame.origin}/consultations/${seen.consultation.slug}`,
        title: scope.round.title,
        updated: (comments[0] ? shownSince(comments[0]) : seen.consultation.opensAt).toISOString(),
        entries: comments.map((comment) => ({
          ...shownComment(comment, nameIn(scope, comment.clause, frame.t.clause.wholeDraft)),
          updated: shownSince(comment).toISOString(),
          stanceName: nameOf(frame.t.form.stances, comment.stance),
        })),
      })
    }
    return reply.keptPage(
      [seenKey(seen, deps.now()), frameKey(frame)],
      make,
      'application/atom+xml; charset=utf-8',
    )
  })
}

/** A comment is news on the day on which the public first sees it. */
const shownSince = ({ publishedAt, createdAt }: PublishedComment) => publishedAt ?? createdAt
