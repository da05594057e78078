import type { Proposing } from '../../../db/queries/wordings/proposals.ts'
import type { Sources } from '../../../db/queries/wordings/wording-sources.ts'
import { changesDraft } from '../../rules/answers/one-voice.ts'
import { accountNames } from '../../rules/answers/responses.ts'
import { nameOf, proposalNames } from '../../rules/names.ts'
import type { Difference } from '../../text/comparing/differences.ts'
import { type Edit, editsOfAll } from '../../text/comparing/merging.ts'
import { proposedDifference } from '../../text/comparing/proposed-difference.ts'

/** A wording as one or many comments, or one or many points of comments, propose it. */
export interface GroupedProposal {
  /** What its box sends: comment or point. */
  name: 'comment' | 'point'
  /** The comments or points that propose it, as the form sends them. */
  ids: string
  count: number
  /** How often they have been endorsed, in 人次; nobody is verified. */
  endorsements: number
  author: string
  /** What the first of them says about it. */
  body: string
  /** 修改, 删除 or 在其后增加 */
  kind: string
  /** What it would change, piece by piece, one wording after the other. */
  pieces: Difference[][]
  /** The same, where it stands in the clause. */
  edits: Edit[]
  /** The concerns into which its points were gathered. */
  concerns: { href: string; sentence: string }[]
  /** What was answered to the first of them that has an approved answer. */
  outcome: string | null
  /** An approved answer says that the draft changes for one of them. */
  isAccepted: boolean
  /** The round on which it was said first, and the one whose wording it led to already; null where that is this round, or none. */
  saidOn: number | null
  usedIn: number | null
  /** It was ticked. */
  chosen: boolean
}

/** What is known of a clause beside its words. */
export interface Around {
  round: number
  /** What led to the revised wording. */
  ticked: Sources
  /** What led to those of earlier rounds, with the round. */
  used: ReadonlyMap<string, number>
  /** Where a concern is read, by its id. */
  addressOf(concern: string): string
}

/**
 * The wordings that are proposed for a clause, the most often proposed first, each once: that of a campaign is read
 * once and counts in full. Those of points stand apart from those of whole comments; last what led to a wording before.
 */
export function groupedProposals(
  clause: string,
  proposing: Proposing[],
  { round, ticked, used, addressOf }: Around,
): GroupedProposal[] {
  const groups = new Map<string, Proposing[]>()
  for (const one of proposing) {
    const said = one.wordings.map(({ proposal, wording, quote }) => [
      proposal,
      wording?.replace(/\s+/g, ''),
      quote?.exact ?? null,
    ])
    const key = JSON.stringify([one.pointId !== null, said])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((group) => {
      const [first] = group
      if (!first) return []
      const outcome = group.find((one) => one.outcome !== null)?.outcome ?? null
      const saidOn = Math.min(...group.map((one) => one.round))
      const concerns = group.flatMap(({ concern }) => (concern ? [concern] : []))
      return [
        {
          name: first.pointId === null ? ('comment' as const) : ('point' as const),
          ids: group.map(idOf).join(','),
          count: group.length,
          endorsements: group.reduce((sum, { endorsements }) => sum + endorsements, 0),
          author: first.maskedName ?? '未署名',
          body: first.body,
          kind: [
            ...new Set(first.wordings.map(({ proposal }) => nameOf(proposalNames, proposal ?? ''))),
          ].join('、'),
          pieces: first.wordings.map((wording) => proposedDifference(clause, wording)),
          edits: editsOfAll(clause, first.wordings),
          concerns: [...new Map(concerns.map(({ id, sentence }) => [id, sentence]))].map(
            ([id, sentence]) => ({
              href: addressOf(id),
              sentence,
            }),
          ),
          outcome: outcome && nameOf(accountNames, outcome),
          isAccepted: group.some((one) => one.outcome !== null && changesDraft(one.outcome)),
          saidOn: saidOn < round ? saidOn : null,
          usedIn: group.map((one) => used.get(idOf(one))).find((one) => one !== undefined) ?? null,
          chosen: group.some((one) =>
            (one.pointId === null ? ticked.comments : ticked.points).includes(idOf(one)),
          ),
        },
      ]
    })
    .sort((a, b) => Number(a.usedIn !== null) - Number(b.usedIn !== null))
}

function idOf({ id, pointId }: Proposing): string {
  return pointId ?? id
}

/** By which a group is known while its wordings are put together. */
export function groupId({ ids }: GroupedProposal): string {
  return ids.split(',')[0] ?? ''
}
