import type { FastifyInstance } from 'fastify'
import type { Act } from '../../../db/act.ts'
import { Refused } from '../../../db/open.ts'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { publishConsultation, publishRound } from '../../../db/queries/consultations/publication.ts'
import type { Round } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { checkPeriod } from '../../rules/consultations/facts-form.ts'
import { writeNotice } from '../../rules/consultations/notice.ts'
import { isShortened } from '../../rules/consultations/periods.ts'
import type { CalendarOverrides } from '../../rules/consultations/working-days.ts'
import { endOfDay, shanghaiDay } from '../../rules/days.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { changedMeanwhile, notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'
import { showPublication, type TypedPeriod } from './publication.ts'
import { readinessOf } from './readiness.ts'

/** POST /office/:slug/publication: an approver, who is not the drafter, puts the waiting round out as they saw it. */
export function publicationActs(app: FastifyInstance, deps: Dependencies): void {
  app.post('/publication', async (request, reply) => {
    const { body, consultation } = request
    const act = actBy(request, deps, 'approver')
    const readiness = await readinessOf(deps.db, consultation, act.now)
    if (!readiness) throw notNow('没有等待公布的稿件，可能刚刚已经公布。')
    const { round, checks } = readiness
    if (round.createdBy === act.staffId) throw notNow('起草和审批要由两个人办理，请让另一位审批人员批准。')

    const typed = readPeriod(body)
    const problems = checks.flatMap(({ problem }) => problem ?? [])
    const errors = problems.map((message) => ({ field: 'checks', message }))
    if (errors.length > 0) return showPublication(deps, request, reply, typed, errors)
    if (typedText(body, 'version') !== String(round.version)) throw changedMeanwhile()
    const wrong = consultation.publishedAt
      ? await publishLater(deps, consultation, round, typed, act)
      : await publishFirst(deps, consultation, round, typedText(body, 'revision'), act)
    if (wrong.length > 0) return showPublication(deps, request, reply, typed, wrong)
    return reply.redirect(`/office/${consultation.slug}/publication`, 303)
  })
}

function readPeriod(form: unknown): TypedPeriod {
  return {
    closes_on: typedText(form, 'closes_on'),
    short_period_reason: typedText(form, 'short_period_reason'),
  }
}

/** @param revision of the consultation that the approver saw */
async function publishFirst(
  { db }: Dependencies,
  consultation: Consultation,
  round: Round,
  revision: string,
  act: Act,
): Promise<FieldError[]> {
  if (revision !== String(consultation.revision)) throw changedMeanwhile()
  const { opensAt, closesAt, notice, noticeSigner, noticeDay, organ } = consultation
  const period = { opensAt: opensAtOrNow(opensAt, act.now), closesAt }
  const kept = {
    notice: notice ?? writeNotice(consultation),
    noticeSigner: noticeSigner ?? organ,
    noticeDay: noticeDay ?? shanghaiDay(act.now),
  }
  await unlessRefused(publishConsultation(db, consultation, round, period, kept, act))
  return []
}

/** A later round has a new period, or, where no closing day was typed, is only to be read. */
async function publishLater(
  { db }: Dependencies,
  consultation: Consultation,
  round: Round,
  typed: TypedPeriod,
  act: Act,
): Promise<FieldError[]> {
  if (typed.closes_on === '') {
    await unlessRefused(publishRound(db, consultation, round, null, act))
    return []
  }
  const calendar = await calendarOverrides(db)
  const errors = checkPeriod(
    { ...typed, opens_on: shanghaiDay(act.now) },
    consultation.documentType,
    calendar,
  )
  if (errors.length > 0) return errors
  await unlessRefused(
    publishRound(db, consultation, round, periodOf(consultation, typed, act, calendar), act),
  )
  return []
}

function periodOf(
  { documentType }: Consultation,
  typed: TypedPeriod,
  { now }: Act,
  calendar: CalendarOverrides,
) {
  const shortened = isShortened(shanghaiDay(now), typed.closes_on, documentType, calendar)
  return {
    opensAt: now,
    closesAt: endOfDay(typed.closes_on),
    shortPeriodReason: shortened ? typed.short_period_reason : null,
  }
}

function opensAtOrNow(opensAt: Date, now: Date): Date {
  return new Date(Math.max(opensAt.getTime(), now.getTime()))
}

async function unlessRefused(publishing: Promise<void>): Promise<void> {
  try {
    await publishing
  } catch (error) {
    throw error instanceof Refused ? changedMeanwhile() : error
  }
}
