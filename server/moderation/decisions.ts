import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../db/open.ts'
import { decide, decisionsOn } from '../../db/queries/decisions.ts'
import { type CommentToJudge, commentToJudge } from '../../db/queries/queue.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberWith } from '../plugins/roles.ts'
import { stateAfter } from '../rules/comment-states.ts'
import { readRuling } from '../rules/decision-form.ts'
import { nameOf, stateNames } from '../rules/names.ts'
import { defaultReasons } from '../rules/reasons.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { typedText } from '../rules/typed.ts'
import { type Notice, placeOf, type QueuePage, queueAddress, queuePage } from './queue.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/_after-decision': QueuePage & { decided: { id: string; outcome: string } | null }
  }
}

interface Route {
  Params: { id: string }
}

/** POST /moderation/comments/:id/decision: one moderator's ruling, with the version of the comment that they read. */
export function decisions(app: FastifyInstance, deps: Dependencies): void {
  app.post<Route>('/comments/:id/decision', async (request, reply) => {
    const { db, now } = deps
    const comment = await commentToJudge(db, request.params.id)
    if (!comment) throw notFound()
    const member = memberWith(request, comment.consultationId, 'moderator')
    const { ruling, errors } = readRuling(request.body, defaultReasons)
    if (!ruling) {
      const said = { comment: comment.id, errors, typed: typedOf(request.body) }
      return show(reply.code(422), request, await queuePage(deps, request, said))
    }
    try {
      await decide(db, comment, ruling, member.id, now())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const said = {
        comment: comment.id,
        notice: await whoWasFirst(deps, comment),
        typed: typedOf(request.body),
      }
      return show(reply.code(409), request, await queuePage(deps, request, said))
    }
    return showNext(deps, request, reply, comment.id, stateAfter(ruling.admission, ruling.publication))
  })
}

/** The same comment again, with what is wrong. */
function show(reply: FastifyReply, request: FastifyRequest, page: QueuePage): Promise<FastifyReply> {
  if (isFragment(request)) return reply.page('moderation/_after-decision', { ...page, decided: null })
  return reply.page('moderation/queue', page)
}

/** With script the next comment opens and the decided one's row is replaced; without, the same by a new page. */
async function showNext(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  decided: string,
  state: string,
): Promise<FastifyReply> {
  const outcome = nameOf(stateNames, state)
  const notice = { text: `已决定：${outcome}`, done: true }
  const page = await queuePage(deps, request, { decided, notice })
  if (isFragment(request))
    return reply.page('moderation/_after-decision', { ...page, decided: { id: decided, outcome } })
  const { consultation, after } = placeOf(request)
  return reply.redirect(queueAddress({ consultation, after, decided }), 303)
}

function isFragment({ headers }: FastifyRequest): boolean {
  return headers['hx-request'] === 'true'
}

/** Why a ruling came too late: somebody decided, or the citizen changed or withdrew the comment. */
async function whoWasFirst({ db }: Dependencies, read: CommentToJudge): Promise<Notice> {
  const comment = await commentToJudge(db, read.id)
  if (comment?.state === 'withdrawn') return refusal('提出人已经撤回这条意见，您的决定没有生效。')
  const [newest] = await decisionsOn(db, read.id)
  if (comment?.state === 'pending' || !newest) {
    return refusal('提出人刚刚修改了这条意见，您的决定没有生效。请阅读现在的内容后重新决定。')
  }
  const { by, decision } = newest
  const outcome = nameOf(stateNames, stateAfter(decision.admission, decision.publication))
  return refusal(
    `这条意见已由 ${by} 于 ${shanghaiMinute(decision.createdAt)} 决定：${outcome}。您的决定没有生效。`,
  )
}

function refusal(text: string): Notice {
  return { text, done: false }
}

function typedOf(form: unknown): QueuePage['typed'] {
  return {
    act: `${typedText(form, 'admission')}-${typedText(form, 'publication')}`,
    reason: typedText(form, 'reason'),
    note: typedText(form, 'note'),
  }
}
