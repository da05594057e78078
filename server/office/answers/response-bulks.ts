import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act } from '../../../db/act.ts'
import {
  answersAmong,
  type BulkAnswer,
  firstWords,
  standsSince,
  waitingIds,
} from '../../../db/queries/answers/response-bulks.ts'
import { approveResponse, returnResponse } from '../../../db/queries/answers/responses.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { PageError } from '../../plugins/page-error.ts'
import {
  type BulkAct,
  bulkActNames,
  bulkForm,
  largestBulk,
  mustBeTyped,
  shownBefore,
  type TypedBulk,
  whySkipped,
} from '../../rules/answers/response-bulks.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { type FieldError, isUnstorable, typedText, typedTick, typedTicks } from '../../rules/typed.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { actBy } from '../consultation.ts'
import { type OneVoice, warningsOf } from './one-voice.ts'
import { responsesAddress, responsesAsked } from './responses-address.ts'
import { type ShownAnswer, type SkippedAnswer, shownAnswer, skippedAnswers } from './shown-answer.ts'

interface BulkPage {
  consultation: Consultation
  act: BulkAct
  actName: string
  back: string
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/response-bulk': BulkPage & {
      /** Of those that will be done. */
      ids: string[]
      seenAt: string
      /** How many there are of each outcome. */
      outcomes: { name: string; count: number }[]
      points: number
      notAdopted: (ShownAnswer & { words: string })[]
      drawn: (ShownAnswer & { words: string })[]
      /** What to look at once more; null where they are sent back. */
      voice: OneVoice | null
      others: number
      skipped: SkippedAnswer[]
      mustBeTyped: boolean
      typed: TypedBulk
      errors: FieldError[]
    }
    'office/answers/response-bulk-result': BulkPage & { done: number; skipped: SkippedAnswer[] }
  }
}

const firstCharacters = 120

/**
 * POST /office/:slug/responses/bulks: many answers are approved or returned at once. First it shows what is meant, each
 * 未采纳 of it and some others by chance; what is sent from there is done, and the page says which were not, and why.
 */
export function responseBulks(app: FastifyInstance, deps: Dependencies): void {
  app.post('/responses/bulks', async (request, reply) => {
    const by = actBy(request, deps, 'approver')
    const act = typedText(request.body, 'act') === 'return' ? 'return' : 'approve'
    const ids = await idsAsked(deps, request)
    if (ids.length === 0) throw nothingTicked()
    const form = bulkForm(act, ids.length)
    if (!typedTick(request.body, 'confirmed')) {
      return reply.page('office/answers/response-bulk', {
        ...(await confirmation(deps, request, act, ids, by.staffId)),
        ...{ typed: form.blank, errors: [] },
      })
    }
    const { typed, values, errors } = form.sent(request.body)
    if (!values) {
      const page = await confirmation(deps, request, act, ids, by.staffId)
      return reply.code(422).page('office/answers/response-bulk', { ...page, typed, errors })
    }
    const seenAt = instantIn(typedText(request.body, 'seen_at'))
    const left = await done(deps, request.consultation, ids, { act, note: values.note, seenAt }, by)
    return reply.page('office/answers/response-bulk-result', {
      ...frameOf(request, act),
      done: ids.length - left.length,
      skipped: await leftAsTheyWere(deps, request.consultation, left, act, by),
    })
  })
}

/** The answers that were ticked, or all that the list shows where it is all that was asked for; the oldest first. */
async function idsAsked({ db }: Dependencies, { body, consultation }: FastifyRequest): Promise<string[]> {
  if (typedTick(body, 'all')) return waitingIds(db, consultation.id, responsesAsked(body), largestBulk)
  const ticked = typedTicks(body, 'response').flatMap((ids) => ids.split(','))
  return [...new Set(ticked)].filter((id) => id !== '' && !isUnstorable(id)).slice(0, largestBulk)
}

async function confirmation(
  { db }: Dependencies,
  request: FastifyRequest,
  act: BulkAct,
  ids: string[],
  staffId: string,
) {
  const { consultation } = request
  const answers = await answersAmong(db, consultation.id, ids)
  const why = (answer: BulkAnswer | undefined) => whySkipped(answer, act, staffId)
  const ready = answers.filter((answer) => why(answer) === null)
  const { notAdopted, drawn, others } = shownBefore(ready)
  const readyIds = ready.map(({ id }) => id)
  const [words, voice] = await Promise.all([
    firstWords(
      db,
      [...notAdopted, ...drawn].map(({ id }) => id),
    ),
    act === 'approve'
      ? clausePlaces(db, consultation.id).then((places) => warningsOf({ db, consultation, places }, readyIds))
      : null,
  ])
  const shown = (answer: BulkAnswer) => ({
    ...shownAnswer(consultation, answer),
    words: excerpt(words.get(answer.id) ?? '', firstCharacters),
  })
  return {
    ...frameOf(request, act),
    ids: readyIds,
    voice,
    seenAt: lastOf(ready).toISOString(),
    outcomes: Object.entries(outcomeNames).flatMap(([key, name]) => {
      const count = ready.filter(({ outcome }) => outcome === key).length
      return count > 0 ? [{ name, count }] : []
    }),
    points: ready.reduce((sum, { points }) => sum + points, 0),
    notAdopted: notAdopted.map(shown),
    drawn: drawn.map(shown),
    others,
    skipped: skippedAnswers(consultation, ids, answers, why),
    mustBeTyped: mustBeTyped(ready.length),
  }
}

interface Meant {
  act: BulkAct
  note: string
  seenAt: Date
}

/** Does it to each in a list of its own. @returns the ids of those to which it was not done */
async function done(
  { db }: Dependencies,
  { id: consultationId }: Consultation,
  ids: string[],
  { act, note, seenAt }: Meant,
  by: Act,
): Promise<string[]> {
  const left: string[] = []
  for (const id of ids) {
    const isSeen = await standsSince(db, consultationId, id, seenAt)
    const one = () =>
      act === 'approve'
        ? approveResponse(db, consultationId, id, by)
        : returnResponse(db, consultationId, { id, returnNote: note }, by)
    if (!isSeen || !(await doneUnless('stale', one()))) left.push(id)
  }
  return left
}

/** What is said of those to which it was not done: as they stand now, or that they have changed in between. */
async function leftAsTheyWere(
  { db }: Dependencies,
  consultation: Consultation,
  ids: string[],
  act: BulkAct,
  { staffId }: Act,
): Promise<SkippedAnswer[]> {
  if (ids.length === 0) return []
  const answers = await answersAmong(db, consultation.id, ids)
  return skippedAnswers(consultation, ids, answers, (answer) => whySkipped(answer, act, staffId) ?? 'changed')
}

/** When the last of these answers was submitted: what is submitted later nobody has seen here. */
function lastOf(answers: BulkAnswer[]): Date {
  return new Date(Math.max(0, ...answers.map(({ submittedAt }) => submittedAt?.getTime() ?? 0)))
}

/** What no page of ours has sent is before anything was submitted. */
function instantIn(typed: string): Date {
  return new Date(Date.parse(typed) || 0)
}

function frameOf({ consultation }: FastifyRequest, act: BulkAct): BulkPage {
  const back = `${responsesAddress(consultation)}?state=submitted`
  return { consultation, act, actName: bulkActNames[act], back }
}

const nothingTicked = () =>
  new PageError(422, 'nothing_ticked', '还没有勾选答复', '请返回待批准的答复，先勾选，再批准或者退回。')
