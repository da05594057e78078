import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type Concern, concernsOf, makeConcern } from '../../../db/queries/points/concerns.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { outcomeNames, responseStateNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'
import { concernForm } from '../../rules/points/concern-form.ts'
import { pickedComments, pickedPoints } from '../answers/response-target.ts'
import { knownThings } from './known-things.ts'

/** A concern in a list. */
interface ListedConcern {
  href: string
  sentence: string
  count: number
  theme: string | null
  department: string | null
  answer: string | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/points/concerns': {
      consultation: Consultation
      clauses: { name: string; concerns: ListedConcern[] }[]
      count: number
    }
  }
}

/** GET /office/:slug/concerns: what was gathered, clause by clause. POST makes a concern of the points that were ticked. */
export function concerns(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/concerns', async (request, reply) => {
    const { consultation } = request
    const [places, found] = await Promise.all([
      clausePlaces(db, consultation.id),
      concernsOf(db, consultation.id),
    ])
    return reply.page('office/points/concerns', {
      consultation,
      count: found.length,
      clauses: [...places].flatMap(([key, { name }]) => {
        const here = found.filter(({ clause }) => clause === key)
        const listed = here.map((concern) => listedConcern(consultation, concern))
        return listed.length > 0 ? [{ name, concerns: listed }] : []
      }),
    })
  })

  app.post('/concerns', async (request, reply) => {
    const { consultation } = request
    const known = await knownThings(deps, consultation.id)
    const { values, errors } = concernForm(known).sent(request.body)
    const picked = { pointIds: pickedPoints(request.body), comments: pickedComments(request.body) }
    if (picked.pointIds.length + picked.comments.length === 0) throw nothingPicked()
    if (!values) throw notGathered(errors.map(({ message }) => message).join('；'))
    const { theme, department, ...facts } = values
    const id = await makeConcern(
      db,
      consultation.id,
      { ...facts, themeId: theme, departmentId: department },
      picked,
      actOf(request, deps),
    )
    return reply.redirect(concernAddress(consultation, id), 303)
  })
}

export function concernAddress({ slug }: Consultation, id: string): string {
  return `/office/${slug}/concerns/${id}`
}

function listedConcern(
  consultation: Consultation,
  { id, sentence, count, theme, department, response }: Concern,
) {
  return {
    href: concernAddress(consultation, id),
    ...{ sentence, count, theme, department },
    answer:
      response &&
      `${nameOf(outcomeNames, response.outcome)}（${nameOf(responseStateNames, response.state)}）`,
  }
}

export function nothingPicked(): PageError {
  return new PageError(
    422,
    'nothing_picked',
    '还没有勾选具体意见',
    '请返回上一页，先勾选具体意见，再选择要办的事。',
  )
}

function notGathered(advice: string): PageError {
  return new PageError(
    422,
    'not_gathered',
    '还没有归并',
    `${advice}。请返回上一页填好再提交，勾选的内容还在。`,
  )
}
