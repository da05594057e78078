import type { FastifyInstance } from 'fastify'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { campaignsOf, campaignTotals } from '../../../db/queries/campaigns/campaigns.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import { countArrivals } from '../../../db/queries/comments/arrival-counts.ts'
import { endorsementsByClause } from '../../../db/queries/comments/endorsed-clauses.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { assignmentsOf } from '../../../db/queries/departments/clause-departments.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type Equation, reconcile } from '../../rules/comments/equation.ts'
import { isOffered } from '../../rules/consultations/offers.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { type ClauseTally, clauseTallies, type Tally, tally } from './clause-tallies.ts'
import { type Card, cardsOf } from './overview-cards.ts'
import { type CountedLink, readingAddress } from './reading-address.ts'

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
  const [cells, arrived, clauses, answers, assignments, themes, campaigns, alike, endorsements] =
    await Promise.all([
      countCells(db, id),
      countArrivals(db, id),
      orderedClauses(db, id),
      answeredCells(db, id),
      assignmentsOf(db, id),
      themesOf(db, id),
      campaignsOf(db, [id], shownCampaigns),
      campaignTotals(db, id),
      endorsementsByClause(db, id),
    ])
  const rows = clauseTallies(slug, clauses, { cells, answers, assignments, endorsements })
  const endorsed = rows.reduce((sum, row) => sum + row.endorsements, 0)
  return {
    equation: reconcile(arrived.comments, cells),
    clauses: rows,
    total: tally(cells),
    endorsements: endorsed > 0 || isOffered(consultation, 'endorsements') ? endorsed : null,
    most: Math.max(1, ...rows.map((row) => row.received)),
    cards: cardsOf(consultation, cells, answers, { ...arrived, alike }, now()),
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
