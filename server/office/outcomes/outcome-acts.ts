import type { FastifyInstance } from 'fastify'
import type { Act } from '../../../db/act.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { keepReport, versionedReport } from '../../../db/queries/outcomes/outcome-editions.ts'
import { publishOutcome } from '../../../db/queries/outcomes/outcome-publication.ts'
import { doneUnless, refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { editionForm, reportForm } from '../../rules/outcomes/outcome-forms.ts'
import type { FieldError } from '../../rules/typed.ts'
import { actBy } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { commentedClauses, type NextEdition, nextEdition, outcomePage } from './outcome.ts'

/**
 * POST /office/:slug/outcome/report: keeps the report that is being written; an empty one comes from the data again.
 * …/editions: publishes, by an approver; a later edition says what it corrects.
 */
export function outcomeActs(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post('/outcome/report', async (request, reply) => {
    const { consultation } = request
    const { typed, values, errors } = reportForm.sent(request.body)
    if (!values) {
      const page = await outcomePage(deps, request, await nextEdition(deps, consultation))
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/outcomes/outcome', { ...page, typed: typing, errors })
    }
    return (await doneUnless('stale', keepReport(db, consultation.id, values, actOf(request, deps))))
      ? reply.redirect(`/office/${consultation.slug}/outcome`, 303)
      : conflict(deps, request, reply, versionedReport(consultation.id), typed)
  })

  app.post('/outcome/editions', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'approver')
    const next = await nextEdition(deps, consultation)
    const { typed, values, errors } = editionForm(next.before.length > 0).sent(request.body)
    const wrong = [...problemsOf(next), ...errors]
    if (!values || wrong.length > 0) {
      const page = await outcomePage(deps, request, next)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/outcomes/outcome', { ...page, typed: typing, errors: wrong })
    }
    await publish(deps, consultation, next, values.note, act)
    return reply.redirect(`/office/${consultation.slug}/outcome`, 303)
  })
}

function problemsOf({ obstacles, wrong }: NextEdition): FieldError[] {
  return [
    ...obstacles.map(({ text }) => ({ field: 'obstacles', message: text })),
    ...wrong.map(({ said, actual }) => ({
      field: 'report',
      message: `情况说明写“${said}”，实际是 ${actual}`,
    })),
  ]
}

async function publish(
  { db }: Dependencies,
  consultation: Consultation,
  { report, counts, before, progress, places }: NextEdition,
  note: string | null,
  act: Act,
): Promise<void> {
  const number = (before[0]?.edition ?? 0) + 1
  const clauses = commentedClauses(places, progress)
  const edition = { number, report, numbers: counts, note, clauses }
  await publishOutcome(db, consultation, edition, act).catch(refusedAs(movedOn))
}

const movedOn = () =>
  new PageError(
    409,
    'outcome_moved_on',
    '没有公布：情况刚刚变了',
    '可能有新的待审意见，或同事先公布了。请返回核对后再试。',
  )
