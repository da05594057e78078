import type { FastifyRequest } from 'fastify'
import type { RevisedWording, WaitingWording } from '../../../db/queries/answers/revised-wordings.ts'
import { memberOf } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { type Difference, differences } from '../../text/comparing/differences.ts'

interface ShownWording {
  /** What it changes in the clause as it was put out; empty where it restores that. */
  pieces: Difference[]
  restores: boolean
  reason: string
  time: string
}

/** How a clause reads by what was approved, and by what waits for a second person. */
export interface ShownWordings {
  approved: ShownWording | null
  waiting:
    | (ShownWording & { by: string; returnNote: string | null; mayApprove: boolean; isOwn: boolean })
    | null
  /** What waited of earlier rounds when the next one went out: to be proposed again for this one, or not. */
  carried: (ShownWording & { id: string; round: number; by: string; returnNote: string | null })[]
}

/** The wordings of a clause, of which any may not be there. */
export interface Standing {
  approved: RevisedWording | null
  waiting: WaitingWording | null
  carried: WaitingWording[]
}

/** @param clause as it was put out */
export function shownWordings(
  request: FastifyRequest,
  clause: { text: string },
  { approved, waiting, carried }: Standing,
): ShownWordings {
  const { grants, id: memberId } = memberOf(request)
  const isApprover = hasRole(grants, ['approver'], request.consultation.id)
  const isOwn = waiting?.staffId === memberId
  return {
    approved: approved && shown(clause, approved),
    waiting: waiting && {
      ...shown(clause, waiting),
      by: waiting.proposer,
      returnNote: waiting.returnNote,
      mayApprove: isApprover && !isOwn && waiting.returnNote === null,
      isOwn,
    },
    carried: carried.map((one) => ({
      ...shown(clause, one),
      ...{ id: one.id, round: one.round, by: one.proposer, returnNote: one.returnNote },
    })),
  }
}

function shown(clause: { text: string }, { text, reason, updatedAt }: RevisedWording): ShownWording {
  const restores = restoresClause(clause, { text })
  return {
    pieces: restores ? [] : differences(clause.text, text),
    restores,
    reason,
    time: shanghaiMinute(updatedAt),
  }
}

/** Whether a wording is the clause as it was put out, so that nothing is changed any more. */
export function restoresClause(clause: { text: string }, wording: { text: string }): boolean {
  return clause.text === wording.text
}
