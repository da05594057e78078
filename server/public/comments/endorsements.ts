import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { endorse } from '../../../db/queries/comments/endorsements.ts'
import { type PublishedComment, publishedComments } from '../../../db/queries/comments/published-comments.ts'
import { KeyReused } from '../../../db/sealing/receipt-secrets.ts'
import type { Dependencies } from '../../dependencies.ts'
import { wantsJson } from '../../plugins/errors.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { isPublicId } from '../../rules/comments/publication-places.ts'
import { type Frame, frameOf } from '../frame.ts'
import { receiptPage } from '../receipts/receipt.ts'
import { mayEndorse, nameIn, publicScope, type Scope } from '../scope.ts'
import { freshToken } from '../submissions/comment-form.ts'
import { tappedKey } from '../submissions/submission-key.ts'
import { type ShownComment, shownComment } from './shown-comment.ts'

interface EndorsementPage {
  frame: Frame
  title: string
  slug: string
  comment: ShownComment
  token: string
  /** Why an endorsement that was sent is asked about again; null where it is asked for the first time. */
  notice: string | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/comments/endorsement': EndorsementPage
  }
}

interface Params {
  slug: string
  comment: string
}

/** What somebody wants to endorse, and the request that says so. */
interface Endorsing {
  scope: Scope
  frame: Frame
  comment: PublishedComment
  request: FastifyRequest
  reply: FastifyReply
}

/**
 * POST /consultations/:slug/comments/:comment/endorsements: 附议. Answers 201 with the receipt where the request names
 * its attempt by a key (a script's, a token's, JSON's Idempotency-Key); without one, a page asks to confirm.
 */
export function endorsements(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: Params }>(
    '/consultations/:slug/comments/:comment/endorsements',
    { config: { limit: 'endorsement' } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const endorsing = await endorsingOf(deps, request, reply)
      const { scope, frame, comment } = endorsing
      const key = tappedKey(deps, request)
      if (!key) return askFirst(deps, endorsing)
      try {
        const endorsed = { consultationId: scope.consultation.id, publicId: comment.id }
        const receipt = await endorse(deps.db, deps.seals, endorsed, key, deps.now())
        reply.code(201)
        if (wantsJson(request)) return reply.send({ receipt: { number: receipt.number, code: receipt.code } })
        return reply.page('public/receipts/receipt', await receiptPage(scope, frame, receipt, null))
      } catch (error) {
        if (error instanceof KeyReused) return askAgain(deps, endorsing)
        throw error
      }
    },
  )
}

/** @throws PageError 404 for a comment that is not public, 403 where nothing may be endorsed */
async function endorsingOf(
  deps: Dependencies,
  request: FastifyRequest<{ Params: Params }>,
  reply: FastifyReply,
): Promise<Endorsing> {
  const scope = await publicScope(deps, request.params.slug)
  const { comment: id } = request.params
  if (!isPublicId(id)) throw notFound()
  const { comments } = await publishedComments(deps, scope.consultation, { id }, deps.now(), 1)
  const [comment] = comments
  if (!comment) throw notFound()
  if (!mayEndorse(scope)) throw notOffered()
  return { scope, frame: await frameOf(request, deps), comment, request, reply }
}

function askFirst(deps: Dependencies, endorsing: Endorsing) {
  return endorsing.reply.page('public/comments/endorsement', confirmation(deps, endorsing, null))
}

function askAgain(deps: Dependencies, endorsing: Endorsing) {
  const { frame, request, reply } = endorsing
  const message = frame.t.endorsement.again
  reply.code(409)
  if (wantsJson(request)) return reply.send({ error: { code: 'conflict', message } })
  return reply.page('public/comments/endorsement', confirmation(deps, endorsing, message))
}

function confirmation(
  deps: Dependencies,
  { scope, frame, comment }: Endorsing,
  notice: string | null,
): EndorsementPage {
  const name = nameIn(scope, comment.clause, frame.t.clause.wholeDraft)
  return {
    frame,
    title: `${frame.t.endorsement.title} · ${scope.round.title}`,
    slug: scope.consultation.slug,
    comment: shownComment(comment, name),
    token: freshToken(deps),
    notice,
  }
}

const notOffered = () =>
  new PageError(
    403,
    'not_offered',
    '现在不能附议',
    '这次征求意见没有开通附议，或者已经不再接收意见。您的附议没有记录。',
  )
