import type { FastifyInstance } from 'fastify'
import {
  addUnitItem,
  answerUnitItem,
  removeUnitItem,
  versionedItem,
} from '../../../db/queries/answers/unit-items.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { itemAnswerForm } from '../../rules/answers/answer-form.ts'
import { unitItemForm } from '../../rules/answers/unit-item-form.ts'
import { conflict } from '../versions/conflict.ts'
import { type OfUnit, unitAddress, unitAsked, unitClauses, unitPage } from './unit.ts'

interface OfItem {
  Params: OfUnit['Params'] & { item: string }
}

/**
 * POST /office/:slug/units/:unit/items: what the unit says of one clause; …/:item/answer: the office's answer to it;
 * …/:item/removal.
 */
export function unitItems(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post<OfUnit>('/units/:unit/items', async (request, reply) => {
    const { consultation } = request
    const unit = await unitAsked(deps, request)
    const clauses = await unitClauses(deps, consultation)
    const { typed, values, errors } = unitItemForm(new Set(clauses.map(({ key }) => key))).sent(request.body)
    if (!values) {
      const page = await unitPage(deps, request, unit, null, clauses)
      return reply
        .code(422)
        .page('office/answers/unit', { ...page, typed: { ...page.typed, ...typed }, errors })
    }
    await addUnitItem(db, consultation.id, unit.id, values, actOf(request, deps))
    return reply.redirect(`${unitAddress(consultation, unit)}#items`, 303)
  })

  app.post<OfItem>('/units/:unit/items/:item/answer', async (request, reply) => {
    const { consultation } = request
    const unit = await unitAsked(deps, request)
    const item = unit.items.find(({ id }) => id === request.params.item)
    if (!item) throw notFound()
    const { typed, values, errors } = itemAnswerForm.sent(request.body)
    if (!values) {
      const page = await unitPage(deps, request, unit, { at: item.id, typed, errors })
      return reply.code(422).page('office/answers/unit', page)
    }
    const answering = answerUnitItem(db, consultation.id, item, values, actOf(request, deps))
    return (await doneUnless('stale', answering))
      ? reply.redirect(`${unitAddress(consultation, unit)}#items`, 303)
      : conflict(deps, request, reply, versionedItem(consultation.id, item), typed)
  })

  app.post<OfItem>('/units/:unit/items/:item/removal', async (request, reply) => {
    const unit = await unitAsked(deps, request)
    const item = { id: request.params.item, opinionId: unit.id }
    await removeUnitItem(db, request.consultation.id, item, actOf(request, deps))
    return reply.redirect(`${unitAddress(request.consultation, unit)}#items`, 303)
  })
}
