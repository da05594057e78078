import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { addUnitItem, answerUnitItem, removeUnitItem } from '../../../db/queries/answers/unit-items.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { readAnswer } from '../../rules/answers/answer-form.ts'
import { textProblem, typedText } from '../../rules/typed.ts'
import { unitPageOf } from './unit.ts'

const longestBody = 5000

/** POST /office/:slug/units/:unit/items: what the unit says of one clause. */
export function newUnitItem(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, now } = deps
    const page = await unitPageOf(deps, request)
    const { consultation, unit, address, clauses } = page
    const item = { clause: typedText(request.body, 'clause'), body: typedText(request.body, 'body') }
    const problems: [string, string | null][] = [
      ['clause', clauses.some(({ key }) => key === item.clause) ? null : '请选择条款'],
      ['body', textProblem(item.body, { name: '意见内容', required: true, most: longestBody })],
    ]
    const errors = problems.flatMap(([field, message]) => (message ? [{ field, message }] : []))
    if (errors.length > 0) return reply.code(422).page('office/answers/unit', { ...page, item, errors })
    await addUnitItem(db, consultation.id, unit.id, item, memberOf(request).id, now())
    return reply.redirect(`${address}#items`, 303)
  }
}

/** POST …/items/:item/answer: the office's answer to it. */
export function unitItemAnswer(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, now } = deps
    const page = await unitPageOf(deps, request)
    const { unit, address, items } = page
    const item = items.find(({ id }) => id === Reflect.get(Object(request.params), 'item'))
    if (!item) throw notFound()
    const typed = { outcome: typedText(request.body, 'outcome'), reason: typedText(request.body, 'reason') }
    const { answer, errors } = readAnswer({ ...typed, summary: '' }, false)
    if (!answer) {
      return reply
        .code(422)
        .page('office/answers/unit', { ...page, answer: { id: item.id, ...typed }, errors })
    }
    await answerUnitItem(db, { id: item.id, opinionId: unit.id }, answer, memberOf(request).id, now())
    return reply.redirect(`${address}#items`, 303)
  }
}

/** POST …/items/:item/removal */
export function unitItemRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, now } = deps
    const { unit, address } = await unitPageOf(deps, request)
    const id: unknown = Reflect.get(Object(request.params), 'item')
    try {
      await removeUnitItem(db, { id: String(id), opinionId: unit.id }, memberOf(request).id, now())
    } catch (error) {
      throw error instanceof Refused ? notFound() : error
    }
    return reply.redirect(`${address}#items`, 303)
  }
}
