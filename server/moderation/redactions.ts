import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../db/open.ts'
import { changeSpans, type Examination, examinationOf } from '../../db/queries/examinations.ts'
import type { CommentToJudge } from '../../db/queries/queue.ts'
import type { Dependencies } from '../dependencies.ts'
import {
  type CommentText,
  isPersonalDataKind,
  type MarkedSpan,
  type TextField,
  withAllHidden,
  withJudged,
  withMarked,
} from '../rules/redactions.ts'
import { typedText } from '../rules/typed.ts'
import { commentInHand } from './comment-in-hand.ts'
import { isFragment, type Said } from './judging.ts'
import { openAddress, queuePage } from './queue.ts'

interface Route {
  Params: { id: string }
}

/**
 * POST /moderation/comments/:id/redactions judges a marked piece (`span`, `hidden`), hides all that nobody has judged
 * (`all`), or marks every place of a text (`text`, `kind`). `revision` names the marks that the moderator saw.
 */
export function redactions(app: FastifyInstance, deps: Dependencies): void {
  app.post<Route>('/comments/:id/redactions', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator')
    const seen = await examinationOf(deps.db, comment)
    const change = spansAfter(request.body, comment, seen)
    if ('problem' in change) return show(deps, request, reply.code(422), comment, change.problem)
    if (comment.state !== 'pending' || typedText(request.body, 'revision') !== String(seen.revision)) {
      return show(deps, request, reply.code(409), comment, '标记刚刚被别人改过，请看过现在的标记后再改。')
    }
    try {
      await changeSpans(deps.db, comment, seen, change.spans, member.id, deps.now())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return show(deps, request, reply.code(409), comment, '标记刚刚被别人改过，请看过现在的标记后再改。')
    }
    if (!isFragment(request)) return reply.redirect(openAddress(request, comment.id), 303)
    return show(deps, request, reply, comment, null)
  })
}

type Change = { spans: MarkedSpan[] } | { problem: string }

function spansAfter(form: unknown, comment: CommentText, { spans }: Examination): Change {
  if (typedText(form, 'all')) return { spans: withAllHidden(spans) }
  const text = typedText(form, 'text')
  if (text) return markedEverywhere(comment, spans, text, typedText(form, 'kind'))
  const place = typedText(form, 'span')
  const judged = /^\d{1,4}$/.test(place)
    ? withJudged(spans, Number(place), typedText(form, 'hidden') === 'yes')
    : null
  return judged ? { spans: judged } : { problem: '请选中或输入要隐去的文字' }
}

function markedEverywhere(comment: CommentText, spans: MarkedSpan[], text: string, kind: string): Change {
  if (!isPersonalDataKind(kind)) return { problem: '请选择这是哪一类个人信息' }
  let marked = spans
  for (const field of ['body', 'wording'] as const) {
    for (const start of placesIn(comment, field, text)) {
      marked = withMarked(comment, marked, { field, kind, start, end: start + [...text].length }) ?? marked
    }
  }
  return marked === spans ? { problem: '这条意见里没有这段文字，请照原文输入' } : { spans: marked }
}

/** Where a text stands in a field, in code points. */
function* placesIn(comment: CommentText, field: TextField, text: string): Generator<number> {
  const whole = comment[field] ?? ''
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + text.length)) {
    yield [...whole.slice(0, at)].length
  }
}

async function show(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  comment: CommentToJudge,
  problem: string | null,
): Promise<FastifyReply> {
  const said: Said = { open: comment.id, decided: null }
  if (problem) said.notice = { text: problem, done: false }
  const page = await queuePage(deps, request, said)
  return reply.page(isFragment(request) ? 'moderation/_judging' : 'moderation/queue', page)
}
