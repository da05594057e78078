import type { FastifyInstance } from 'fastify'
import {
  countResponses,
  type ListedResponse,
  responsesIn,
} from '../../../db/queries/answers/listed-responses.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import {
  accountNames,
  admittedStates,
  outcomeNames,
  responseStateNames,
} from '../../rules/answers/responses.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import { field } from '../comments/reading-address.ts'

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
      next: string | null
      responses: (Omit<ListedResponse, 'createdAt'> & { outcomeName: string; time: string; href: string })[]
    }
  }
}

const pageSize = 100

/** GET /office/:slug/responses?state=&after=: the answers in one state, and how far the answering has come. */
export function responses(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/responses', async (request, reply) => {
    const { consultation } = request
    const state = stateAsked(request.query)
    const after = field(request.query, 'after')
    const [counts, found, progress] = await Promise.all([
      countResponses(db, consultation.id),
      responsesIn(db, consultation.id, { state, after, limit: pageSize + 1 }),
      progressOf({ db }, consultation.id),
    ])
    const address = `/office/${consultation.slug}/responses`
    const responses = found.slice(0, pageSize)
    const last = found.length > pageSize ? responses.at(-1) : null
    return reply.page('office/answers/responses', {
      consultation,
      progress,
      states: Object.entries(responseStateNames).map(([key, name]) => ({
        name,
        count: counts.find((row) => row.state === key)?.count ?? 0,
        href: `${address}?state=${key}`,
        current: key === state,
      })),
      next: last ? `${address}?state=${state}&after=${last.id}` : null,
      responses: responses.map(({ createdAt, ...response }) => ({
        ...response,
        outcomeName: nameOf(outcomeNames, response.outcome),
        time: shanghaiMinute(createdAt),
        href: `${address}/${response.id}`,
      })),
    })
  })
}

function stateAsked(query: unknown): string {
  const state: unknown = Reflect.get(Object(query), 'state')
  return typeof state === 'string' && Object.hasOwn(responseStateNames, state) ? state : 'draft'
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
