import type { FastifyInstance, FastifyReply } from 'fastify'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type FilledIn, writeFeedbackForm } from '../../documents/feedback-form/feedback-form.ts'
import type { FormNote } from '../../documents/feedback-form/form-note.ts'
import { inMemory } from '../../plugins/uploads.ts'
import { shanghaiDay, writtenDay } from '../../rules/days.ts'
import { formBytes, meantIn } from '../../rules/submissions/submission-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { keptFile, sendOwnFile } from '../download-headers.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { publicScope, type Scope, seenConsultation, seenKey, withRound } from '../scope.ts'
import { forHistory, freshToken } from './comment-form.ts'
import { type FormProblem, largestForm, readSentForm } from './filled-form.ts'
import { inTurn } from './in-turn.ts'
import { showReview } from './review.ts'
import { asksOf, rulesOf, typedIn } from './submission-rules.ts'

interface FeedbackFormPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  state: string
  /** Why a file that was sent could not be taken. */
  errors: FieldError[]
  /** The page of the consultation that it belongs to; null where it belongs to none but this. */
  elsewhere: { href: string; title: string } | null
  /** What is in a file that holds no comment. */
  notes: FormNote[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/submissions/feedback-form': FeedbackFormPage
  }
}

interface Params {
  slug: string
}

/** What may come with the page's form. */
export const filledForm = {
  fileSize: largestForm,
  fieldSize: 1000,
  textSize: 10_000,
  fields: 10,
  files: 1,
  take: inMemory,
}

/** 意见反馈表: the blank form as a Word file, and the page that takes it back filled in and opens the review. */
export function feedbackForm(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: Params }>('/consultations/:slug/feedback-form.docx', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const make = async () => feedbackFormOf(await withRound(deps, seen))
    const name = `${seen.consultation.title}-意见反馈表`
    return keptFile(reply, seenKey(seen, deps.now()), make, 'docx', name)
  })

  app.get<{ Params: Params }>('/consultations/:slug/feedback-form', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    return reply.keptPage([seenKey(seen, deps.now()), frameKey(frame)], async () =>
      app.page('public/submissions/feedback-form', pageOf(await withRound(deps, seen), frame)),
    )
  })

  app.post<{ Params: Params }>(
    '/consultations/:slug/feedback-form',
    { config: { limit: 'upload' } },
    async (request, reply) => {
      reply.header('cache-control', forHistory)
      const scope = await publicScope(deps, request.params.slug)
      const frame = await frameOf(request, deps)
      if (scope.state !== 'open')
        return reply.code(403).page('public/submissions/feedback-form', pageOf(scope, frame))
      const read = await readSentForm(deps, scope, request.body)
      if ('problem' in read) return refuse(reply, scope, frame, read)
      return showReview(deps, reply, {
        scope,
        frame,
        token: freshToken(deps),
        files: [],
        lost: [],
        wrong: [],
        ...read,
      })
    },
  )
}

/** What has been typed so far as a filled 意见反馈表: to take along to another device, which reads it back. */
export function typedFeedbackForm(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: Params }>(
    '/consultations/:slug/feedback-form.docx',
    { bodyLimit: formBytes, config: { limit: 'form' } },
    async (request, reply) => {
      const scope = await publicScope(deps, request.params.slug)
      const { t } = await frameOf(request, deps)
      const { comments, ...person } = typedIn(request.body, rulesOf(scope, t.wrong))
      const filled = { person, comments: meantIn(comments).map(([, typed]) => typed) }
      const content = await inTurn(() => feedbackFormOf(scope, filled))
      return sendOwnFile(reply, content, 'docx', `${scope.consultation.title}-我的意见`)
    },
  )
}

function feedbackFormOf({ consultation, round }: Scope, filled?: FilledIn): Promise<Buffer> {
  const { slug, organ, closesAt } = consultation
  const closes = writtenDay(shanghaiDay(closesAt))
  const facts = { slug, round: round.number, title: round.title, organ, closes, asks: asksOf(consultation) }
  return writeFeedbackForm(facts, draftOf(round, round.units).units, filled)
}

function refuse(reply: FastifyReply, scope: Scope, frame: Frame, { problem, other, notes }: FormProblem) {
  const errors = [{ field: 'file', message: frame.t.feedbackForm.problems[problem] }]
  const elsewhere = other && {
    href: frame.href(`/consultations/${other.slug}/feedback-form`),
    title: other.title,
  }
  const page = { ...pageOf(scope, frame), errors, elsewhere, notes }
  return reply.code(422).page('public/submissions/feedback-form', page)
}

function pageOf({ consultation, round, state }: Scope, frame: Frame): FeedbackFormPage {
  return {
    frame,
    title: `${frame.t.feedbackForm.title} · ${round.title}`,
    slug: consultation.slug,
    draftTitle: round.title,
    state,
    errors: [],
    elsewhere: null,
    notes: [],
  }
}
