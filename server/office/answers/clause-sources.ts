import type { Database } from '../../../db/database.ts'
import { proposalsOn } from '../../../db/queries/answers/proposals.ts'
import type { Sources } from '../../../db/queries/answers/wording-sources.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import { concernPage } from '../../../db/queries/points/concern-pages.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'
import { type GroupedProposal, groupedProposals } from './grouped-proposals.ts'

/** What may lead to other words for a clause: the wordings that are proposed for it, and the concerns that are about it. */
export interface ClauseSources {
  proposals: GroupedProposal[]
  /** More comments or points propose a wording than are shown. */
  moreProposals: boolean
  /** How many of the wordings an approved answer accepts. */
  accepted: number
  ownConcerns: {
    id: string
    sentence: string
    count: number
    outcome: string | null
    href: string
    chosen: boolean
  }[]
}

const mostProposals = 200
const mostConcerns = 100

/** @param ticked what is ticked of them */
export async function clauseSources(
  db: Database,
  { id, slug }: Consultation,
  { key, text }: OrderedClause,
  ticked: Sources,
): Promise<ClauseSources> {
  const [proposing, concerns] = await Promise.all([
    proposalsOn(db, id, key, mostProposals + 1),
    concernPage(db, id, [key], { after: null, limit: mostConcerns }),
  ])
  const address = (concern: string) => `/office/${slug}/concerns/${concern}`
  const proposals = groupedProposals(text, proposing.slice(0, mostProposals), ticked, address)
  return {
    proposals,
    moreProposals: proposing.length > mostProposals,
    accepted: proposals.filter(({ isAccepted }) => isAccepted).length,
    ownConcerns: concerns.map(({ id, sentence, count, response }) => ({
      ...{ id, sentence, count },
      outcome: response?.state === 'approved' ? nameOf(outcomeNames, response.outcome) : null,
      href: address(id),
      chosen: ticked.concerns.includes(id),
    })),
  }
}
