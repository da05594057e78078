import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { changeSpans, type Examination, examinationOf } from '../../db/queries/moderation/examinations.ts'
import { doneUnless } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { judgementForm, markForm, type TypedMark } from '../rules/moderation/redaction-form.ts'
import {
  type CommentText,
  isTextField,
  type MarkedSpan,
  placesOfText,
  type TextPlace,
  withAllJudged,
  withJudged,
  withMarked,
} from '../rules/moderation/redactions.ts'
import { hearingBy } from './appeals.ts'
import { commentInHand } from './comment-in-hand.ts'
import { isFragment, type Notice, type Said } from './judging.ts'
import { openAddress, queuePage } from './queue.ts'

/**
 * POST /moderation/comments/:id/redactions judges a marked piece (`span`, `hidden`), or all that nobody has judged
 * (`all`: hide or keep), or marks a text (`text`, `kind`): in every place, or in its n-th (`which`), or `only` where it was
 * selected (`field`, `start` in code points). `revision` names the marks that the moderator saw.
 */
export function redactions(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { id: string } }>('/comments/:id/redactions', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator', 'approver')
    const hearing = await hearingBy(deps, comment, member)
    const seen = await examinationOf(deps.db, deps.seals, comment)
    const again = { open: comment.publicId, decided: null }
    const known = { comment, hearing, examination: seen }
    const change = spansAfter(request.body, comment, seen)
    if ('problem' in change) {
      const notice = { text: change.problem, done: false }
      return show(deps, request, reply.code(422), { ...again, known, notice })
    }
    const { revision } = judgementForm.typed(request.body)
    if (comment.state !== 'pending' || revision !== String(seen.revision)) {
      return show(deps, request, reply.code(409), { ...again, known, notice: movedOn })
    }
    if (
      !(await doneUnless('stale', changeSpans(deps.db, comment, seen, change.spans, actOf(request, deps))))
    ) {
      return show(deps, request, reply.code(409), { ...again, notice: movedOn })
    }
    if (!isFragment(request)) return reply.redirect(openAddress(request, comment.publicId), 303)
    return show(deps, request, reply, again)
  })
}

const movedOn: Notice = { text: '标记刚刚被别人改过，请看过现在的标记后再改。', done: false }

type Change = { spans: MarkedSpan[] } | { problem: string }

function spansAfter(body: unknown, comment: CommentText, { spans }: Examination): Change {
  const { all, span, hidden } = judgementForm.typed(body)
  const mark = markForm.typed(body)
  if (all === 'hide' || all === 'keep') return { spans: withAllJudged(spans, all === 'hide') }
  if (mark.text) return marked(mark, comment, spans)
  const judged = /^\d{1,4}$/.test(span) ? withJudged(comment, spans, Number(span), hidden === 'yes') : null
  return judged ? { spans: judged } : { problem: '请选中或输入要隐去的文字' }
}

function marked(typed: TypedMark, comment: CommentText, spans: MarkedSpan[]): Change {
  const { values, errors } = markForm.read(typed)
  if (!values) return { problem: errors.map(({ message }) => message).join('；') }
  const { text, kind } = values
  const places = placesOfText(comment, text)
  if (places.length === 0) return { problem: '这条意见里没有这段文字，请照原文输入' }
  const chosen = chosenOf(values, places)
  if (chosen.length === 0) return { problem: `这段文字共有 ${places.length} 处，没有您选的那一处` }
  const length = [...text].length
  return {
    spans: chosen.reduce<MarkedSpan[]>((all, { field, start }) => {
      return withMarked(comment, all, { field, kind, start, end: start + length }) ?? all
    }, spans),
  }
}

/** Of the places of a text those that are meant: all, the selected one only, or the n-th. */
function chosenOf({ field, start, which, only }: TypedMark, places: TextPlace[]): TextPlace[] {
  if (only && isTextField(field)) {
    return places.filter((place) => place.field === field && String(place.start) === start)
  }
  return which ? places.filter((_, i) => String(i + 1) === which) : places
}

async function show(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  said: Said,
): Promise<FastifyReply> {
  const page = await queuePage(deps, request, said)
  return reply.page(isFragment(request) ? 'moderation/_judging' : 'moderation/queue', page)
}
