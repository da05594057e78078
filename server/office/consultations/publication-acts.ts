import type { FastifyInstance } from 'fastify'
import type { Act } from '../../../db/act.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { publishConsultation, publishRound } from '../../../db/queries/consultations/publication.ts'
import type { Round } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { changedMeanwhile } from '../../plugins/page-error.ts'
import { periodForm } from '../../rules/consultations/facts-form.ts'
import { writeNotice } from '../../rules/consultations/notice.ts'
import { isShortened } from '../../rules/consultations/periods.ts'
import type { CalendarOverrides } from '../../rules/consultations/working-days.ts'
import { endOfDay, shanghaiDay } from '../../rules/days.ts'
import type { ValuesIn } from '../../rules/form.ts'
import { typedText } from '../../rules/typed.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'
import { showPublication } from './publication.ts'
import { readinessOf } from './readiness.ts'

/** POST /office/:slug/publication: an approver, who is not the drafter, puts the waiting round out as they saw it. */
export function publicationActs(app: FastifyInstance, deps: Dependencies): void {
  app.post('/publication', async (request, reply) => {
    const { body, consultation } = request
    const act = actBy(request, deps, 'approver')
    const readiness = await readinessOf(deps.db, consultation, act.now)
    const { calendar, waiting } = readiness
    if (!waiting) throw notNow('没有等待公布的稿件，可能刚刚已经公布。')
    const { round, checks } = waiting
    if (round.createdBy === act.staffId) throw notNow('起草和审批要由两个人办理，请让另一位审批人员批准。')

    const form = periodForm(shanghaiDay(act.now), consultation.documentType, calendar)
    const typed = form.typed(body)
    const problems = checks.flatMap(({ problem }) => problem ?? [])
    const wrong = problems.map((message) => ({ field: 'checks', message }))
    if (wrong.length > 0) return showPublication(deps, request, reply, readiness, typed, wrong)
    if (typedText(body, 'version') !== String(round.version)) throw changedMeanwhile()
    if (!consultation.publishedAt) {
      await publishFirst(deps, consultation, round, typedText(body, 'revision'), act)
    } else if (typed.closes_on === '') {
      // It is only to be read.
      await publishRound(deps.db, consultation, round, null, act)
    } else {
      const { values, errors } = form.read(typed)
      if (!values) return showPublication(deps, request, reply, readiness, typed, errors)
      const period = periodOf(consultation, values, act, calendar)
      await publishRound(deps.db, consultation, round, period, act)
    }
    return reply.redirect(`/office/${consultation.slug}/publication`, 303)
  })
}

/** @param revision of the consultation that the approver saw */
async function publishFirst(
  { db }: Dependencies,
  consultation: Consultation,
  round: Round,
  revision: string,
  act: Act,
): Promise<void> {
  if (revision !== String(consultation.revision)) throw changedMeanwhile()
  const { opensAt, closesAt, notice, noticeSigner, noticeDay, organ } = consultation
  const period = { opensAt: opensAtOrNow(opensAt, act.now), closesAt }
  const kept = {
    notice: notice ?? writeNotice(consultation),
    noticeSigner: noticeSigner ?? organ,
    noticeDay: noticeDay ?? shanghaiDay(act.now),
  }
  await publishConsultation(db, consultation, round, period, kept, act)
}

function periodOf(
  { documentType }: Consultation,
  { closesOn, shortPeriodReason }: ValuesIn<ReturnType<typeof periodForm>>,
  { now }: Act,
  calendar: CalendarOverrides,
) {
  const shortened = isShortened(shanghaiDay(now), closesOn, documentType, calendar)
  return {
    opensAt: now,
    closesAt: endOfDay(closesOn),
    shortPeriodReason: shortened ? shortPeriodReason : null,
  }
}

function opensAtOrNow(opensAt: Date, now: Date): Date {
  return new Date(Math.max(opensAt.getTime(), now.getTime()))
}
