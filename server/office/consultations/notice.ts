import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { saveNotice } from '../../../db/queries/consultations/consultation-settings.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { noticeTitle, tellsClosing, writeNotice } from '../../rules/consultations/notice.ts'
import { isDay, shanghaiDay } from '../../rules/days.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'
import { changedMeanwhile } from '../conflicts.ts'
import { actBy, mayDraft } from '../consultation.ts'
import { asSeen } from './settings.ts'

interface TypedNotice {
  notice: string
  notice_signer: string
  notice_day: string
}

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
    const { notice, noticeSigner, noticeDay, organ, ...facts } = request.consultation
    const typed = {
      notice: notice ?? writeNotice(facts),
      notice_signer: noticeSigner ?? organ,
      notice_day: noticeDay ?? '',
    }
    return show(request, reply, typed, [])
  })

  app.post('/notice', async (request, reply) => {
    const act = actBy(request, deps, 'drafter')
    const consultation = asSeen(request)
    const typed = readForm(request.body, consultation)
    const errors = check(typed, consultation)
    if (errors.length > 0) return show(request, reply, typed, errors)
    const { notice, notice_signer, notice_day } = typed
    const words = {
      notice: notice === writeNotice(consultation) ? null : notice,
      noticeSigner: notice_signer,
      noticeDay: notice_day || null,
    }
    try {
      await saveNotice(deps.db, consultation, words, act)
    } catch (error) {
      throw error instanceof Refused ? changedMeanwhile() : error
    }
    return reply.redirect(`/office/${consultation.slug}/publication`, 303)
  })
}

function readForm(form: unknown, consultation: Consultation): TypedNotice {
  const anew = typedText(form, 'anew') !== ''
  return {
    notice: anew ? writeNotice(consultation) : typedText(form, 'notice'),
    notice_signer: typedText(form, 'notice_signer'),
    notice_day: typedText(form, 'notice_day'),
  }
}

function check(typed: TypedNotice, { closesAt }: Consultation): FieldError[] {
  const closesOn = shanghaiDay(closesAt)
  const problems: [string, string | null][] = [
    [
      'notice',
      textProblem(typed.notice, { name: '公告正文', required: true, most: 20_000 }) ??
        (tellsClosing(typed.notice, closesOn) ? null : `公告里要写明截止日期 ${closesOn}`),
    ],
    ['notice_signer', textProblem(typed.notice_signer, { name: '落款单位', required: true, most: 100 })],
    [
      'notice_day',
      typed.notice_day === '' || isDay(typed.notice_day) ? null : '落款日期写成 2026-11-23 这样，或者留空',
    ],
  ]
  return problems.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]))
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
