import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { saveNotice } from '../../../db/queries/consultations/consultation-settings.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { noticeTitle, tellsClosing, writeNotice } from '../../rules/consultations/notice.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { asking, day, optional, text } from '../../rules/fields.ts'
import { form, type TypedIn } from '../../rules/form.ts'
import { type FieldError, typedTick } from '../../rules/typed.ts'
import { actBy, mayDraft } from '../consultation.ts'
import { asSeen } from './settings.ts'

const noticeForm = ({ closesAt }: Consultation) =>
  form(
    {
      notice: text({ name: '公告正文', most: 20_000 }),
      notice_signer: text({ name: '落款单位', most: 100 }),
      notice_day: optional(asking(day({ name: '落款日期' }), '落款日期写成 2026-11-23 这样，或者留空')),
    },
    ({ notice }) => {
      const closesOn = shanghaiDay(closesAt)
      return [['notice', tellsClosing(notice, closesOn) ? null : `公告里要写明截止日期 ${closesOn}`]]
    },
  )
type TypedNotice = TypedIn<ReturnType<typeof noticeForm>>

interface NoticePage {
  consultation: Consultation
  title: string
  typed: TypedNotice
  /** Whether the words are the office's own and no longer follow the facts. */
  isOwn: boolean
  errors: FieldError[]
  mayDraft: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/notice': NoticePage
  }
}

/**
 * /office/:slug/notice: the 征求意见公告, made from the facts until the office words it itself; words that are those made
 * from the facts go on following them.
 */
export function notice(app: FastifyInstance, deps: Dependencies): void {
  app.get('/notice', async (request, reply) => {
    const { consultation } = request
    const { notice, noticeSigner, noticeDay, organ } = consultation
    const kept = {
      notice: notice ?? writeNotice(consultation),
      noticeSigner: noticeSigner ?? organ,
      noticeDay,
    }
    return show(request, reply, noticeForm(consultation).given(kept), [])
  })

  app.post('/notice', async (request, reply) => {
    const act = actBy(request, deps, 'drafter')
    const consultation = asSeen(request)
    const form = noticeForm(consultation)
    const made = writeNotice(consultation)
    const sent = form.typed(request.body)
    const typed = typedTick(request.body, 'anew') ? { ...sent, notice: made } : sent
    const { values, errors } = form.read(typed)
    if (!values) return show(request, reply, typed, errors)
    const words = { ...values, notice: values.notice === made ? null : values.notice }
    await saveNotice(deps.db, consultation, words, act)
    return reply.redirect(`/office/${consultation.slug}/publication`, 303)
  })
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  typed: TypedNotice,
  errors: FieldError[],
): Promise<FastifyReply> {
  const { consultation } = request
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/notice', {
    consultation,
    title: noticeTitle(consultation.title),
    typed,
    isOwn: consultation.notice !== null,
    errors,
    mayDraft: mayDraft(request),
  })
}
