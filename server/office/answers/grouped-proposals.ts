import type { Proposing } from '../../../db/queries/answers/proposals.ts'
import { nameOf, proposalNames } from '../../rules/names.ts'
import type { Difference } from '../../text/comparing/differences.ts'
import { type Edit, editsOf } from '../../text/comparing/merging.ts'
import { proposedDifference } from '../../text/comparing/proposed-difference.ts'

/** A wording as one or many comments propose it. */
export interface GroupedProposal {
  /** The comments that propose it, as the form sends them. */
  ids: string
  count: number
  /** How often they have been endorsed, in 人次; nobody is verified. */
  endorsements: number
  author: string
  /** What the first of them says about it. */
  body: string
  /** 修改, 删除 or 在其后增加 */
  kind: string
  /** What it would change, piece by piece. */
  pieces: Difference[]
  /** The same, where it stands in the clause. */
  edits: Edit[]
  /** The revised wording names one of them. */
  chosen: boolean
}

/**
 * The wordings that are proposed for a clause, the most often proposed first, each once: that of a campaign is read
 * once and counts in full.
 * @param chosen the comments that led to the revised wording
 */
export function groupedProposals(
  clause: string,
  proposing: Proposing[],
  chosen: ReadonlySet<string>,
): GroupedProposal[] {
  const groups = new Map<string, Proposing[]>()
  for (const comment of proposing) {
    const { proposal, wording, quote } = comment
    const key = JSON.stringify([proposal, wording?.replace(/\s+/g, ''), quote?.exact ?? null])
    groups.set(key, [...(groups.get(key) ?? []), comment])
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((group) => {
      const [first] = group
      if (!first) return []
      return [
        {
          ids: group.map(({ id }) => id).join(','),
          count: group.length,
          endorsements: group.reduce((sum, { endorsements }) => sum + endorsements, 0),
          author: first.maskedName ?? '未署名',
          body: first.body,
          kind: nameOf(proposalNames, first.proposal ?? ''),
          pieces: proposedDifference(clause, first),
          edits: editsOf(clause, first),
          chosen: group.some(({ id }) => chosen.has(id)),
        },
      ]
    })
}
