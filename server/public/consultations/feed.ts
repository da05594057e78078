import type { FastifyInstance } from 'fastify'
import {
  type PublishedComment,
  publishedBefore,
  publishedComments,
} from '../../../db/queries/comments/published-comments.ts'
import type { Standing } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { startOfHour } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import { printable } from '../../text/words/printable.ts'
import { type ShownComment, shownComment } from '../comments/shown-comment.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { nameIn, seenConsultation, seenKey, withRound } from '../scope.ts'
import { withListing } from '../search-engines.ts'

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
/** All of the last hour of them too, lest their choice tell which came first in it; but no more than these. */
const most = 200

/** GET /consultations/:slug/feed.atom: the newest published comments, for readers of feeds (RFC 4287). */
export function feed(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string } }>('/consultations/:slug/feed.atom', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    const make = async () => {
      const scope = await withRound(deps, seen)
      const comments = await newestComments(deps, seen.consultation)
      return app.page('public/consultations/feed', {
        frame,
        address: `${frame.origin}/consultations/${seen.consultation.slug}`,
        title: scope.round.title,
        updated: (comments[0] ? publishedHour(comments[0]) : seen.consultation.opensAt).toISOString(),
        entries: comments.map((comment) => ({
          ...shownComment(comment, nameIn(scope, comment.clause, frame.t.clause.wholeDraft)),
          body: printable(comment.body),
          updated: publishedHour(comment).toISOString(),
          stanceName: nameOf(frame.t.form.stances, comment.stance),
        })),
      })
    }
    return withListing(reply, frame).keptPage(
      [seenKey(seen, deps.now()), frameKey(frame)],
      make,
      'application/atom+xml; charset=utf-8',
    )
  })
}

/** The last hour of publication first; within an hour they stand by their ids, which are chance. */
async function newestComments(deps: Dependencies, consultation: Standing): Promise<PublishedComment[]> {
  const last = await publishedBefore(deps.db, consultation.id, newest - 1)
  const since = last ? startOfHour(last) : undefined
  const { comments } = await publishedComments(deps, consultation, { since }, deps.now(), most)
  return comments.sort((a, b) => publishedHour(b).getTime() - publishedHour(a).getTime())
}

/** A comment is news when the public first sees it; to the hour, since what is published in one act is often one person's. */
const publishedHour = ({ publishedAt, createdAt }: PublishedComment) => startOfHour(publishedAt ?? createdAt)
