import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { concernCounts, concernPage } from '../../../db/queries/points/concern-pages.ts'
import type { Concern, ConcernFilters } from '../../../db/queries/points/concerns.ts'
import { makeConcern } from '../../../db/queries/points/worded-concerns.ts'
import { ifRefused, refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { outcomeNames, responseStateNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'
import { concernForm } from '../../rules/points/concern-form.ts'
import { departmentEnded } from '../../rules/points/point-form.ts'
import { typedText } from '../../rules/typed.ts'
import { pickedComments, pickedPoints } from '../answers/response-target.ts'
import { field } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { knownThings, namesOf } from './known-things.ts'
import {
  type ConcernGroup,
  concernFiltersOf,
  concernGroups,
  concernsAddress,
  namesOfFilters,
} from './narrowed-concerns.ts'

/** A concern in a list. */
interface ListedConcern {
  id: string
  href: string
  sentence: string
  count: number
  theme: string | null
  department: string | null
  dueOn: string | null
  answer: string | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/points/concerns': {
      consultation: Consultation
      clauses: { name: string; count: number; href: string; concerns: ListedConcern[] }[]
      /** Of all that is asked for. */
      count: number
      /** The clause, theme or department alone of which the page is; null where it is of all. */
      only: string | null
      /** As views/office/_filter.eta has them. */
      groups: ConcernGroup[]
      /** To which those that are ticked can be given. */
      departments: [id: string, name: string][]
      next: string | null
      mayWrite: boolean
    }
  }
}

const pageSize = 100

/**
 * GET /office/:slug/concerns?clause=&theme=&department=&after=: what was gathered, clause by clause; of one, or of a theme or
 * department. POST makes a concern of the points that were ticked.
 */
export function concerns(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/concerns', async (request, reply) => {
    const { consultation } = request
    const after = field(request.query, 'after')
    const known = await knownThings(deps, consultation.id)
    const places = known.clauses
    const filters = concernFiltersOf(request.query, known)
    const counts = await concernCounts(db, consultation.id, filters)
    const clauses = [...places.keys()].filter((key) => counts.has(key))
    const addressOf = (query: Partial<ConcernFilters> & { after?: string }) =>
      concernsAddress(consultation, { ...filters, ...query })
    const { theme, department } = filters
    const page = { after, limit: pageSize + 1, theme, department }
    const found = await concernPage(db, consultation.id, clauses, page)
    const shown = found.slice(0, pageSize)
    const last = found.length > pageSize ? shown.at(-1) : null
    return reply.page('office/points/concerns', {
      consultation,
      count: clauses.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0),
      only: namesOfFilters(filters, known),
      groups: concernGroups(consultation, filters, known),
      departments: namesOf(known).openDepartments,
      mayWrite: mayWrite(request),
      clauses: clauses.flatMap((key) => {
        const here = shown.filter(({ clause }) => clause === key)
        const name = places.get(key)?.name ?? key
        const listed = here.map((concern) => listedConcern(consultation, concern))
        const href = addressOf({ clause: key })
        return listed.length > 0 ? [{ name, count: counts.get(key) ?? 0, href, concerns: listed }] : []
      }),
      next: last ? addressOf({ after: last.id }) : null,
    })
  })

  app.post('/concerns', async (request, reply) => {
    const { consultation } = request
    const known = await knownThings(deps, consultation.id)
    const { values, errors } = concernForm(known).sent(request.body)
    const picked = { pointIds: pickedPoints(request.body), comments: pickedComments(request.body) }
    if (picked.pointIds.length + picked.comments.length === 0) throw nothingPicked()
    if (!values) throw notGathered(errors.map(({ message }) => message).join('；'))
    const { sentence, clause, theme, department } = values
    const id = await makeConcern(
      db,
      consultation.id,
      { sentence, clause, themeId: theme, departmentId: department },
      picked,
      actOf(request, deps),
      seenIn(request.body),
    )
      .catch(
        ifRefused('closed', () => {
          throw notGathered(departmentEnded.message)
        }),
      )
      .catch(refusedAs(movedMeanwhile))
    return reply.redirect(concernAddress(consultation, id), 303)
  })
}

export function concernAddress({ slug }: Consultation, id: string): string {
  return `/office/${slug}/concerns/${id}`
}

function listedConcern(
  consultation: Consultation,
  { id, sentence, count, theme, department, dueOn, response }: Concern,
) {
  return {
    href: concernAddress(consultation, id),
    ...{ id, sentence, count, theme, department, dueOn },
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

/** The concern in which the points of a form were seen, as its page put it into it; null where they were seen in none. */
export function seenIn(form: unknown): string | null {
  return typedText(form, 'from') || null
}

export function movedMeanwhile(): PageError {
  return new PageError(
    409,
    'moved_meanwhile',
    '这些具体意见刚刚有变化',
    '可能有同事刚刚把它们归到了别处，或者它们已经有了批准的答复。您这一步没有保存。请返回上一页，看过现在的样子再做。',
  )
}
