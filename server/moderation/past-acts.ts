import type { Database } from '../../db/database.ts'
import type { Decision } from '../../db/queries/moderation/decisions.ts'
import { reopeningsOn, revisionsOn } from '../../db/queries/moderation/reviews.ts'
import { staffNames } from '../../db/queries/staff/staff.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import { nameOf, stateNames } from '../rules/names.ts'
import type { Reading } from './reading.ts'

/** A decision on a comment, that it was looked at again, or that its author changed its words. */
export interface PastAct {
  at: string
  by: string
  said: string
}

/** What became of a comment before, the newest first: every decision stays. */
export async function pastActs(
  db: Database,
  { comment, decisions, reasons }: Pick<Reading, 'comment' | 'decisions' | 'reasons'>,
): Promise<PastAct[]> {
  const agreedBy = decisions.map(({ decision }) => decision.agreedBy)
  const [reopened, revised, agreeing] = await Promise.all([
    reopeningsOn(db, comment.id),
    revisionsOn(db, comment.id),
    staffNames(db, agreedBy),
  ])
  const names = new Map(reasons.map(({ code, name }) => [code, name]))
  return [
    ...decisions.map(({ decision, by }) => ({
      when: decision.createdAt,
      by: [by, agreeing.get(decision.agreedBy ?? '')].filter((name) => name !== undefined).join('、'),
      said: decisionInWords(decision, names),
    })),
    ...reopened.map(({ createdAt, by, reason }) => ({
      when: createdAt,
      by,
      said: reason ? `重新审核：${reason}` : '重新审核',
    })),
    // Not the words themselves: nobody has looked for personal data in them.
    ...revised.map(({ at }) => ({ when: at, by: '提出人', said: '修改了意见' })),
  ]
    .sort((a, b) => b.when.getTime() - a.when.getTime())
    .map(({ when, ...act }) => ({ at: shanghaiMinute(when), ...act }))
}

function decisionInWords(
  { admission, publication, reason, transferred, note }: Decision,
  reasons: ReadonlyMap<string, string>,
): string {
  return [
    `决定：${nameOf(stateNames, stateAfter(admission, publication))}`,
    reason ? `（${reasons.get(reason) ?? reason}）` : '',
    transferred ? '，已转办' : '',
    note ? `。备注：${note}` : '',
  ].join('')
}
