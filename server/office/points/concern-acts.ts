import type { FastifyInstance } from 'fastify'
import { undoMove } from '../../../db/queries/points/concern-undo.ts'
import { findConcern } from '../../../db/queries/points/concerns.ts'
import { gather, letGo } from '../../../db/queries/points/gathering.ts'
import { mergeConcerns } from '../../../db/queries/points/merging.ts'
import { removeConcern, rewordConcern } from '../../../db/queries/points/worded-concerns.ts'
import { refusedAs, type Why, whyRefused } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf } from '../../plugins/roles.ts'
import { concernForm } from '../../rules/points/concern-form.ts'
import { departmentEnded } from '../../rules/points/point-form.ts'
import { typedText } from '../../rules/typed.ts'
import { pickedComments, pickedPoints } from '../answers/response-target.ts'
import { conflict } from '../versions/conflict.ts'
import { concernAsked, concernPage, type OfConcern } from './concern.ts'
import { concernAddress, movedMeanwhile, nothingPicked, seenIn } from './concerns.ts'
import { knownThings } from './known-things.ts'

/**
 * POST /office/:slug/concerns/:concern: other words for it; …/points gathers what was ticked into it, …/points/removal lets
 * go of it; …/merger puts all its points into another, …/undoing takes the last of these back, …/removal removes one without points. POST /office/:slug/concerns/points gathers into the one that the form names.
 */
export function concernActs(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post<OfConcern>('/concerns/:concern', async (request, reply) => {
    const { consultation } = request
    const id = request.params.concern
    const known = await knownThings(deps, consultation.id)
    const { typed, values, errors } = concernForm(known).sent(request.body)
    let refused: Why | null = null
    if (values) {
      const { theme, department, ...facts } = values
      const worded = { ...facts, id, themeId: theme, departmentId: department }
      refused = await whyRefused(rewordConcern(db, consultation.id, worded, actOf(request, deps)))
      if (!refused) return reply.redirect(concernAddress(consultation, id), 303)
    }
    const concern = await findConcern(db, consultation.id, id)
    if (!concern || (refused && refused !== 'closed'))
      return conflict(deps, request, reply, { kind: 'concern', row: id }, typed, { known })
    const page = await concernPage(deps, request, { concern, known })
    return reply.code(422).page('office/points/concern', {
      ...page,
      typed,
      errors: refused ? [departmentEnded] : errors,
    })
  })

  app.post<OfConcern>('/concerns/:concern/points', async (request, reply) => {
    const { consultation } = request
    const { id } = (await concernAsked(deps, request)).concern
    const picked = pickedIn(request.body)
    await gather(db, consultation.id, id, picked, actOf(request, deps)).catch(refusedAs(movedMeanwhile))
    return reply.redirect(concernAddress(consultation, id), 303)
  })

  app.post('/concerns/points', async (request, reply) => {
    const { consultation } = request
    const id = typedText(request.body, 'into')
    const picked = pickedIn(request.body)
    const act = actOf(request, deps)
    await gather(db, consultation.id, id, picked, act, seenIn(request.body)).catch(refusedAs(movedMeanwhile))
    return reply.redirect(concernAddress(consultation, id), 303)
  })

  app.post<OfConcern>('/concerns/:concern/points/removal', async (request, reply) => {
    const { consultation } = request
    const { id } = (await concernAsked(deps, request)).concern
    const { pointIds } = pickedIn(request.body)
    const letting = letGo(db, consultation.id, id, pointIds, actOf(request, deps))
    await letting.catch(refusedAs(movedMeanwhile))
    return reply.redirect(concernAddress(consultation, id), 303)
  })

  app.post<OfConcern>('/concerns/:concern/merger', async (request, reply) => {
    const { consultation } = request
    const { id: from } = (await concernAsked(deps, request)).concern
    const into = typedText(request.body, 'into')
    await mergeConcerns(db, consultation.id, { from, into }, actOf(request, deps))
    return reply.redirect(concernAddress(consultation, into), 303)
  })

  app.post<OfConcern>('/concerns/:concern/undoing', async (request, reply) => {
    const { consultation } = request
    const { id } = (await concernAsked(deps, request)).concern
    const undoing = undoMove(db, consultation.id, id, typedText(request.body, 'move'), actOf(request, deps))
    await undoing.catch(refusedAs(movedMeanwhile))
    return reply.redirect(concernAddress(consultation, id), 303)
  })

  app.post<OfConcern>('/concerns/:concern/removal', async (request, reply) => {
    const { consultation } = request
    const { id } = (await concernAsked(deps, request)).concern
    await removeConcern(db, consultation.id, id, actOf(request, deps)).catch(refusedAs(movedMeanwhile))
    return reply.redirect(`/office/${consultation.slug}/concerns`, 303)
  })
}

/** @throws PageError 422 where nothing was ticked */
function pickedIn(form: unknown) {
  const picked = { pointIds: pickedPoints(form), comments: pickedComments(form) }
  if (picked.pointIds.length + picked.comments.length === 0) throw nothingPicked()
  return picked
}
