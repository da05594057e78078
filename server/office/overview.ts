import type { FastifyReply, FastifyRequest } from 'fastify'
import { type CountCell, countCells, countReceived } from '../../db/queries/aggregates.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../db/queries/ordered-clauses.ts'
import type { Dependencies } from '../dependencies.ts'
import { type Equation, reconcile } from '../rules/equation.ts'
import { stanceNames, stateNames, wholeDraft, wholeDraftName } from '../rules/names.ts'
import { consultationOf } from './consultation.ts'

interface Share {
  value: string
  name: string
  count: number
}

export interface Tally {
  received: number
  stances: Share[]
  states: Share[]
}

export interface ClauseTally extends Tally {
  key: string
  label: string | null
  title: string
}

export interface Overview {
  equation: Equation
  clauses: ClauseTally[]
  total: Tally
  /** The most comments on one clause: the length of the longest bar. */
  most: number
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/overview': { consultation: Consultation; overview: Overview }
  }
}

/** GET /office/:slug */
export function overviewPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    return reply.page('office/overview', { consultation, overview: await overviewOf(deps, consultation) })
  }
}

/** The consultation at a glance: the equation, and each clause with its comments by stance and state. */
async function overviewOf({ db }: Dependencies, { id }: Consultation): Promise<Overview> {
  const [cells, received, clauses] = await Promise.all([
    countCells(db, id),
    countReceived(db, id),
    orderedClauses(db, id),
  ])
  const rows = [{ key: wholeDraft, label: null, title: wholeDraftName }, ...clauses.map(entitled)].map(
    (row) => ({
      ...row,
      ...tally(cells.filter((cell) => cell.clause === row.key)),
    }),
  )
  return {
    equation: reconcile(received, cells),
    clauses: rows,
    total: tally(cells),
    most: Math.max(1, ...rows.map((row) => row.received)),
  }
}

/** What follows a clause's number in its name, so that the number can be set off. */
function entitled({ key, label, name }: OrderedClause) {
  return { key, label, title: label && name.startsWith(label) ? name.slice(label.length) : name }
}

function tally(cells: CountCell[]): Tally {
  return {
    received: cells.reduce((sum, cell) => sum + cell.count, 0),
    stances: shares(cells, 'stance', stanceNames),
    states: shares(cells, 'state', stateNames),
  }
}

function shares(
  cells: CountCell[],
  by: 'stance' | 'state',
  names: Readonly<Record<string, string>>,
): Share[] {
  return Object.entries(names).map(([value, name]) => ({
    value,
    name,
    count: cells.reduce((sum, cell) => sum + (cell[by] === value ? cell.count : 0), 0),
  }))
}
