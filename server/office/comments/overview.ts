import type { FastifyInstance } from 'fastify'
import { assignmentsOf } from '../../../db/queries/answers/clause-departments.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { campaignsOf, campaignTotals } from '../../../db/queries/campaigns/campaigns.ts'
import { type CountCell, countCells, countReceived } from '../../../db/queries/comments/aggregates.ts'
import { countSubmissions } from '../../../db/queries/comments/arrival-counts.ts'
import { endorsementsByClause } from '../../../db/queries/comments/endorsements.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { lateCount } from '../../../db/queries/intakes/intakes.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { endorsedStates } from '../../rules/comments/endorsements.ts'
import { type Equation, reconcile } from '../../rules/comments/equation.ts'
import { isOffered } from '../../rules/consultations/offers.ts'
import { stanceNames, stateNames, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { admittedIn, answeredIn, type Card, cardsOf } from './overview-cards.ts'
import { type CountedLink, readingAddress } from './reading-address.ts'

interface Share {
  value: string
  name: string
  count: number
}

interface Tally {
  received: number
  stances: Share[]
  states: Share[]
}

interface ClauseTally extends Tally {
  key: string
  label: string | null
  title: string
  departments: string[]
  reading: string
  board: string | null
  pending: number
  /** Admitted, and of those with an approved answer. */
  admitted: number
  answered: number
  endorsements: number
}

interface Overview {
  equation: Equation
  clauses: ClauseTally[]
  total: Tally
  /** The most comments on one clause: the length of the longest bar. */
  most: number
  /** 附议 in 人次, of all clauses; null where it is not offered and there is none. */
  endorsements: number | null
  cards: Card[]
  themes: CountedLink[]
  campaigns: CountedLink[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/comments/overview': { consultation: Consultation; overview: Overview }
  }
}

const shownCampaigns = 5

/** GET /office/:slug */
export function overview(app: FastifyInstance, deps: Dependencies): void {
  app.get('/', async (request, reply) => {
    const { consultation } = request
    const overview = await overviewOf(deps, consultation)
    return reply.page('office/comments/overview', { consultation, overview })
  })
}

/** The consultation at a glance: the equation, and each clause with its comments by stance and state. */
async function overviewOf({ db, now }: Dependencies, consultation: Consultation): Promise<Overview> {
  const { id, slug } = consultation
  const [
    cells,
    received,
    late,
    people,
    clauses,
    answers,
    assignments,
    themes,
    campaigns,
    alike,
    endorsements,
  ] = await Promise.all([
    countCells(db, id),
    countReceived(db, id),
    lateCount(db, id),
    countSubmissions(db, id),
    orderedClauses(db, id),
    answeredCells(db, id),
    assignmentsOf(db, id),
    themesOf(db, id),
    campaignsOf(db, [id], shownCampaigns),
    campaignTotals(db, id),
    endorsementsByClause(db, id, endorsedStates.internal),
  ])
  const rows = [{ key: wholeDraft, label: null, title: wholeDraftName }, ...clauses.map(entitled)].map(
    (row) => ({
      ...row,
      ...tally(cells.filter((cell) => cell.clause === row.key)),
      departments: assignments.flatMap(({ clause, name }) => (clause === row.key ? [name] : [])),
      reading: readingAddress(slug, { clause: row.key }),
      board: row.key === wholeDraft ? null : `/office/${slug}/clauses/${row.key}`,
      pending: countIn(cells, row.key, 'pending'),
      admitted: admittedIn(cells.filter((cell) => cell.clause === row.key)),
      answered: answeredIn(answers.filter((cell) => cell.clause === row.key)),
      endorsements: endorsements.get(row.key) ?? 0,
    }),
  )
  const endorsed = rows.reduce((sum, row) => sum + row.endorsements, 0)
  return {
    equation: reconcile(received, cells),
    clauses: rows,
    total: tally(cells),
    endorsements: endorsed > 0 || isOffered(consultation, 'endorsements') ? endorsed : null,
    most: Math.max(1, ...rows.map((row) => row.received)),
    cards: cardsOf(consultation, cells, answers, { people, late, alike }, now()),
    themes: themes.map(({ id: theme, name, comments: count }) => ({
      name,
      count,
      href: readingAddress(slug, { theme }),
    })),
    campaigns: campaigns.map(({ id: campaign, body, count }) => ({
      name: excerpt(body, 60),
      count,
      href: readingAddress(slug, { campaign }),
    })),
  }
}

function countIn(cells: CountCell[], clause: string, state: string): number {
  return cells.reduce(
    (sum, cell) => (cell.clause === clause && cell.state === state ? sum + cell.count : sum),
    0,
  )
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
