import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  countFiltered,
  countResponses,
  type ListedResponse,
  type ResponseFilters,
  responsesIn,
} from '../../../db/queries/answers/listed-responses.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { staffNames } from '../../../db/queries/staff/staff.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import {
  accountNames,
  admittedStates,
  outcomeNames,
  responseStateNames,
} from '../../rules/answers/responses.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { typedTick } from '../../rules/typed.ts'
import { field } from '../comments/reading-address.ts'
import { filterFields, listAddress, responsesAddress, responsesAsked } from './responses-address.ts'

interface Progress {
  admitted: number
  answered: number
  outcomes: { name: string; count: number }[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/responses': {
      consultation: Consultation
      progress: Progress
      states: { name: string; count: number; href: string; current: boolean }[]
      /** What narrows the list besides the state, and how many it lets through; null where nothing does. */
      narrowed: { names: string[]; count: number; all: string } | null
      next: string | null
      /** The same page with every box ticked, or with none; null where nothing is done with many. */
      bulk: { action: string; kept: { name: string; value: string }[]; ticked: boolean; other: string } | null
      responses: (Omit<ListedResponse, 'createdAt'> & { outcomeName: string; time: string; href: string })[]
    }
  }
}

const pageSize = 100

/**
 * GET /office/:slug/responses?state=&drafter=&approver=&returned=&after=: the answers in one state, and how far the
 * answering has come. Those that wait for approval can be ticked by approvers.
 */
export function responses(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/responses', async (request, reply) => {
    const { consultation, query } = request
    const filters = responsesAsked(query)
    const after = field(query, 'after')
    const [counts, found, progress, narrowed] = await Promise.all([
      countResponses(db, consultation.id),
      responsesIn(db, consultation.id, filters, { after, limit: pageSize + 1 }),
      progressOf({ db }, consultation.id),
      narrowedBy(db, consultation, filters),
    ])
    const address = responsesAddress(consultation)
    const responses = found.slice(0, pageSize)
    const last = found.length > pageSize ? responses.at(-1) : null
    return reply.page('office/answers/responses', {
      consultation,
      progress,
      states: Object.entries(responseStateNames).map(([key, name]) => ({
        name,
        count: counts.find((row) => row.state === key)?.count ?? 0,
        href: `${address}?state=${key}`,
        current: key === filters.state,
      })),
      narrowed,
      next: last ? listAddress(consultation, filters, { after: last.id }) : null,
      bulk:
        filters.state === 'submitted' && mayApprove(request) && responses.length > 0
          ? bulkOf(consultation, filters, after, typedTick(query, 'ticked'))
          : null,
      responses: responses.map(({ createdAt, ...response }) => ({
        ...response,
        outcomeName: nameOf(outcomeNames, response.outcome),
        time: shanghaiMinute(createdAt),
        href: `${address}/${response.id}`,
      })),
    })
  })
}

async function narrowedBy(db: Dependencies['db'], consultation: Consultation, filters: ResponseFilters) {
  const { state, drafter, approver, returned } = filters
  if (!drafter && !approver && !returned) return null
  const [names, count] = await Promise.all([
    staffNames(db, [drafter, approver]),
    countFiltered(db, consultation.id, filters),
  ])
  const called = (id: string | null) => (id ? (names.get(id) ?? '') : null)
  return {
    names: [
      called(drafter) && `由${called(drafter)}${state === 'submitted' ? '送审' : '起草'}`,
      called(approver) && `可以由${called(approver)}批准`,
      returned ? '已被退回' : null,
    ].filter((name) => name !== null),
    count,
    all: listAddress(consultation, { state }),
  }
}

function mayApprove(request: FastifyRequest): boolean {
  return hasRole(memberOf(request).grants, ['approver'], request.consultation.id)
}

function bulkOf(consultation: Consultation, filters: ResponseFilters, after: string | null, ticked: boolean) {
  const here = { ...(after ? { after } : {}), ...(ticked ? {} : { ticked: 'yes' }) }
  return {
    action: `${responsesAddress(consultation)}/bulks`,
    kept: filterFields(filters),
    ticked,
    other: listAddress(consultation, filters, here),
  }
}

/** Answered of all that were admitted; an answer counts once it is approved. */
async function progressOf({ db }: Pick<Dependencies, 'db'>, consultationId: string): Promise<Progress> {
  const [cells, answers] = await Promise.all([
    countCells(db, consultationId),
    answeredCells(db, consultationId),
  ])
  const admitted: readonly string[] = admittedStates
  return {
    admitted: cells.reduce((sum, cell) => (admitted.includes(cell.state) ? sum + cell.count : sum), 0),
    answered: answers.reduce((sum, cell) => sum + cell.count, 0),
    outcomes: Object.entries(accountNames).map(([outcome, name]) => ({
      name,
      count: answers.reduce((sum, cell) => (cell.outcome === outcome ? sum + cell.count : sum), 0),
    })),
  }
}
