import type { FastifyInstance } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { addUnitItem, answerUnitItem, removeUnitItem } from '../../../db/queries/answers/unit-items.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { readAnswer } from '../../rules/answers/answer-form.ts'
import { textProblem, typedText } from '../../rules/typed.ts'
import { type OfUnit, unitAddress, unitAsked, unitClauses, unitPage } from './unit.ts'

const longestBody = 5000

interface OfItem {
  Params: OfUnit['Params'] & { item: string }
}

/**
 * POST /office/:slug/units/:unit/items: what the unit says of one clause; …/:item/answer: the office's answer to it;
 * …/:item/removal.
 */
export function unitItems(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.post<OfUnit>('/units/:unit/items', async (request, reply) => {
    const { body, consultation } = request
    const unit = await unitAsked(deps, request)
    const clauses = await unitClauses(deps, consultation)
    const item = { clause: typedText(body, 'clause'), body: typedText(body, 'body') }
    const problems: [string, string | null][] = [
      ['clause', clauses.some(({ key }) => key === item.clause) ? null : '请选择条款'],
      ['body', textProblem(item.body, { name: '意见内容', required: true, most: longestBody })],
    ]
    const errors = problems.flatMap(([field, message]) => (message ? [{ field, message }] : []))
    if (errors.length > 0) {
      const page = await unitPage(deps, request, unit)
      return reply.code(422).page('office/answers/unit', { ...page, item, errors })
    }
    await addUnitItem(db, consultation.id, unit.id, item, memberOf(request).id, now())
    return reply.redirect(`${unitAddress(consultation, unit)}#items`, 303)
  })

  app.post<OfItem>('/units/:unit/items/:item/answer', async (request, reply) => {
    const { body, consultation } = request
    const unit = await unitAsked(deps, request)
    const item = unit.items.find(({ id }) => id === request.params.item)
    if (!item) throw notFound()
    const typed = { outcome: typedText(body, 'outcome'), reason: typedText(body, 'reason') }
    const { answer, errors } = readAnswer({ ...typed, summary: '' }, false)
    if (!answer) {
      const page = { ...(await unitPage(deps, request, unit)), answer: { id: item.id, ...typed } }
      return reply.code(422).page('office/answers/unit', { ...page, errors })
    }
    await answerUnitItem(db, { id: item.id, opinionId: unit.id }, answer, memberOf(request).id, now())
    return reply.redirect(`${unitAddress(consultation, unit)}#items`, 303)
  })

  app.post<OfItem>('/units/:unit/items/:item/removal', async (request, reply) => {
    const unit = await unitAsked(deps, request)
    const item = { id: request.params.item, opinionId: unit.id }
    try {
      await removeUnitItem(db, item, memberOf(request).id, now())
    } catch (error) {
      throw error instanceof Refused ? notFound() : error
    }
    return reply.redirect(`${unitAddress(request.consultation, unit)}#items`, 303)
  })
}
