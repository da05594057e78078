import { findRound } from '../../db/queries/drafts/rounds.ts'
import { storeLetter, waitingLetters } from '../../db/queries/intakes/intake-letters.ts'
import { dropStaleList, finishList, runningList } from '../../db/queries/intakes/intake-lists.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiDay } from '../rules/days.ts'
import { isLate } from '../rules/intakes/intake-form.ts'

const step = 50
/** A list that nobody confirms holds names and contacts: it is dropped after a week. In milliseconds. */
const longestWait = 7 * 24 * 60 * 60 * 1000

/**
 * Goes on with the list of letters that has been running longest, by one step. A letter and what is left of the list change
 * together, so that a node that dies loses nothing and stores nothing twice.
 * @returns whether there was one
 */
export async function enterLists({ db, seals, now }: Dependencies): Promise<boolean> {
  const list = await runningList(db)
  if (!list) {
    await dropStaleList(db, new Date(now().getTime() - longestWait))
    return false
  }
  const letters = await waitingLetters(db, seals, list, -1, step)
  const round = await findRound(db, list.consultationId, list.round)
  const closingDay = round?.closesAt ? shanghaiDay(round.closesAt) : null
  await Promise.all(
    letters.map((letter) => {
      const late = closingDay !== null && isLate(letter.intake.receivedOn, closingDay)
      return storeLetter(db, seals, list, letter, late, now())
    }),
  )
  if (letters.length < step) await finishList(db, list, now())
  return true
}
