import type { ListedLetter } from '../../../db/queries/intakes/intake-letters.ts'
import type { Day } from '../../rules/days.ts'
import { isLate, offlineChannelNames } from '../../rules/intakes/intake-form.ts'
import { nameRows } from '../../rules/intakes/row-errors.ts'
import {
  identityNames,
  nameOf,
  proposalNames,
  stanceNames,
  visibilityNames,
  wholeDraft,
  wholeDraftName,
} from '../../rules/names.ts'
import type { ClauseName } from '../../text/words/clause-names.ts'

/** A letter of a list, as its preview shows it. */
export interface ShownLetter {
  rows: string
  facts: string[]
  comments: { clause: string; stance: string; body: string; wording: string | null }[]
}

/**
 * @param names what the clauses are called, by key
 * @param closingDay of the round that it answers; null where that has none yet
 */
export function shownLetter(
  { submission, intake, rows }: ListedLetter,
  names: ReadonlyMap<string, ClauseName>,
  closingDay: Day | null,
): ShownLetter {
  const { channel, identity, name, organisation, contact, region, visibility, comments } = submission
  return {
    rows: nameRows(rows),
    facts: [
      intake.reference,
      nameOf(offlineChannelNames, channel),
      `${intake.receivedOn} 收到${closingDay !== null && isLate(intake.receivedOn, closingDay) ? '（逾期）' : ''}`,
      intake.onBehalf ? '代填' : null,
      nameOf(identityNames, identity),
      name ?? '未署名',
      organisation,
      contact,
      region,
      nameOf(visibilityNames, visibility),
    ].filter((fact) => fact !== null),
    comments: comments.map(({ clause, stance, body, proposal, wording }) => ({
      clause: clause === wholeDraft ? wholeDraftName : (names.get(clause)?.name ?? clause),
      stance: nameOf(stanceNames, stance),
      body,
      wording: wording && `${nameOf(proposalNames, proposal ?? '')}：${wording}`,
    })),
  }
}
