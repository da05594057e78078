import { correctionsOf } from '../../../db/queries/consultations/corrections.ts'
import { clauseWordings, lastRoundWith } from '../../../db/queries/drafts/clause-wordings.ts'
import { findRound } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { wholeDraft } from '../../rules/names.ts'
import { type Difference, differences } from '../../text/comparing/differences.ts'
import { printUnit } from '../../text/outlining/print.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import { clausesOf, type Scope, type Seen, withRound } from '../scope.ts'

/** What became of a clause over the rounds, and what of it was corrected. */
export interface ClauseChanges {
  /** The rounds in which its words are others than in the round before. */
  changed: { round: number; before: string; text: string; differences: Difference[] }[]
  /** The round in which it stands no longer; null while it does. */
  goneIn: number | null
  corrections: { round: number; day: string; before: string; after: string; reason: string }[]
}

/**
 * The newest round that has a clause, so that one which a later round dropped can still be read with its comments; and
 * the number of the newest of all.
 * @throws PageError 404 where nothing is published
 */
export async function scopeOfClause(
  deps: Dependencies,
  seen: Seen,
  key: string,
): Promise<{ scope: Scope; current: number }> {
  const scope = await withRound(deps, seen)
  const current = scope.round.number
  if (key === wholeDraft || clausesOf(scope).some((clause) => clause.key === key)) return { scope, current }
  const number = await lastRoundWith(deps.db, seen.consultation.id, key)
  const round = number === null ? null : await findRound(deps.db, seen.consultation.id, number)
  return { scope: round ? { ...scope, round, names: nameClauses(round.units) } : scope, current }
}

/** @param current the number of the newest published round */
export async function clauseChanges(
  { db }: Dependencies,
  consultationId: string,
  key: string,
  current: number,
): Promise<ClauseChanges> {
  const [wordings, corrections] = await Promise.all([
    clauseWordings(db, consultationId, key),
    correctionsOf(db, consultationId),
  ])
  const last = wordings.at(-1)?.round ?? current
  return {
    changed: wordings.flatMap((wording, place) => {
      const before = wordings[place - 1]
      if (!before || before.text === wording.text) return []
      return [
        {
          round: wording.round,
          before: printUnit(before),
          text: printUnit(wording),
          differences: differences(before.text, wording.text),
        },
      ]
    }),
    goneIn: last < current ? last + 1 : null,
    corrections: corrections
      .filter(({ place }) => place === key)
      .map(({ round, createdAt, before, after, reason }) => ({
        round,
        day: shanghaiDay(createdAt),
        before,
        after,
        reason,
      })),
  }
}
