import { findRound } from '../../db/queries/drafts/rounds.ts'
import type { IntakeList } from '../../db/queries/intakes/intake-letters.ts'
import { confirmedLetters, storeLetter, unstoredLetters } from '../../db/queries/intakes/intake-letters.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiDay } from '../rules/days.ts'
import { isLate } from '../rules/intakes/intake-form.ts'
import type { KindOfWork } from './work.ts'

/**
 * Enters the letters of confirmed lists. A letter and what is left of its list change together, so that a node that dies
 * loses nothing and stores nothing twice.
 */
export const letterEntering: KindOfWork = {
  name: 'intake_letters',
  batch: 50,
  waiting: ({ db }, most) => unstoredLetters(db, most),
  async work(deps, keys) {
    const { db, seals, now } = deps
    const letters = await confirmedLetters(db, seals, keys)
    const lists = new Map(letters.map(({ list }) => [list.id, list]))
    const closingDays = new Map<string, string | null>()
    for (const list of lists.values()) closingDays.set(list.id, await closingDayOf(deps, list))
    const stored = await Promise.allSettled(
      letters.map(({ list, letter }) => {
        const closingDay = closingDays.get(list.id) ?? null
        const late = closingDay !== null && isLate(letter.intake.receivedOn, closingDay)
        return storeLetter(db, seals, list, letter, late, now())
      }),
    )
    // Only when none is under way any more: those that failed are tried again by themselves.
    for (const one of stored) if (one.status === 'rejected') throw one.reason
  },
}

async function closingDayOf({ db }: Dependencies, list: IntakeList): Promise<string | null> {
  const round = await findRound(db, list.consultationId, list.round)
  return round?.closesAt ? shanghaiDay(round.closesAt) : null
}
