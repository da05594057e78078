import type { IntakeList } from '../../../db/queries/intakes/intake-letters.ts'
import { storedLetters } from '../../../db/queries/intakes/intake-letters.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiMinute } from '../../rules/days.ts'

/** A table of letters, as its pages name it. */
export interface ShownList {
  id: string
  fileName: string
  at: string
  state: IntakeList['state']
  stateName: string
  letters: number
  comments: number
  stored: number
}

const stateNames: Readonly<Record<string, string>> = { prepared: '待确认', running: '录入中', done: '已录入' }

/** What is shown of a table, with how many of its letters have been entered. */
export async function shownList({ db }: Dependencies, list: IntakeList): Promise<ShownList> {
  const { id, fileName, state, letters, comments, createdAt } = list
  return {
    id,
    fileName: fileName ?? '表格',
    at: shanghaiMinute(createdAt),
    state,
    stateName: stateNames[state] ?? state,
    letters,
    comments,
    stored: await storedLetters(db, list),
  }
}
