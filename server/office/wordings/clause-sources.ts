import type { Database } from '../../../db/database.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import { concernPage } from '../../../db/queries/points/concern-pages.ts'
import { proposalsOn } from '../../../db/queries/wordings/proposals.ts'
import { type Sources, usedBefore } from '../../../db/queries/wordings/wording-sources.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'
import { merged } from '../../text/comparing/merging.ts'
import { type GroupedProposal, groupedProposals, groupId } from './grouped-proposals.ts'

/** What may lead to other words for a clause: the wordings that are proposed for it, and the concerns that are about it. */
export interface ClauseSources {
  proposals: GroupedProposal[]
  /** More comments or points propose a wording than are shown. */
  moreProposals: boolean
  /** How many of the wordings an approved answer accepts that led to no wording of an earlier round. */
  accepted: number
  /** Of those the ones that touch the same words, as long as nobody has chosen. */
  unchosen: GroupedProposal[][]
  /** What is ticked and stands in neither list, such as comments that propose no wording: box by box, as the form sends it. */
  others: { name: string; ids: string; count: number }[]
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
  { key, round, text }: OrderedClause,
  ticked: Sources,
): Promise<ClauseSources> {
  const [proposing, concerns, used] = await Promise.all([
    proposalsOn(db, id, key, mostProposals + 1),
    concernPage(db, id, [key], { after: null, limit: mostConcerns, theme: null, department: null }),
    usedBefore(db, id, { key, round }),
  ])
  const address = (concern: string) => `/office/${slug}/concerns/${concern}`
  const around = { round, ticked, used, addressOf: address }
  const proposals = groupedProposals(text, proposing.slice(0, mostProposals), around)
  const accepted = proposals.filter(isOpenAccepted)
  return {
    proposals,
    moreProposals: proposing.length > mostProposals,
    accepted: accepted.length,
    unchosen: clashesOf(text, accepted).filter((group) => group.every(({ chosen }) => !chosen)),
    others: Object.entries({
      comment: without(ticked.comments, shownOf(proposals, 'comment')),
      point: without(ticked.points, shownOf(proposals, 'point')),
      concern: without(
        ticked.concerns,
        concerns.map(({ id }) => id),
      ),
    }).flatMap(([name, ids]) => (ids.length > 0 ? [{ name, ids: ids.join(','), count: ids.length }] : [])),
    ownConcerns: concerns.map(({ id, sentence, count, response }) => ({
      ...{ id, sentence, count },
      outcome: response?.state === 'approved' ? nameOf(outcomeNames, response.outcome) : null,
      href: address(id),
      chosen: ticked.concerns.includes(id),
    })),
  }
}

/** An approved answer accepts it, and it led to no wording of an earlier round. */
export function isOpenAccepted({ isAccepted, usedIn }: GroupedProposal): boolean {
  return isAccepted && usedIn === null
}

/** Those that touch the same words of a clause, and want them to be different ones. */
export function clashesOf(clause: string, proposals: readonly GroupedProposal[]): GroupedProposal[][] {
  const { clashing } = merged(
    clause,
    proposals.map((one) => ({ id: groupId(one), edits: one.edits })),
  )
  return clashing.map((ids) => proposals.filter((one) => ids.includes(groupId(one))))
}

function shownOf(proposals: readonly GroupedProposal[], name: GroupedProposal['name']): string[] {
  return proposals.filter((one) => one.name === name).flatMap(({ ids }) => ids.split(','))
}

function without(ids: readonly string[], shown: readonly string[]): string[] {
  const known = new Set(shown)
  return ids.filter((id) => !known.has(id))
}
