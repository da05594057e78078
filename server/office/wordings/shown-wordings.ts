import type { FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { RevisedWording, WaitingWording } from '../../../db/queries/wordings/revised-wordings.ts'
import type { Behind } from '../../../db/queries/wordings/wordings-behind.ts'
import { memberOf } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { type Difference, differences } from '../../text/comparing/differences.ts'
import { ledBy } from '../../text/comparing/led-by.ts'

interface ShownWording {
  /** What it changes in the clause as it was put out; empty where it restores that. */
  pieces: Difference[]
  restores: boolean
  reason: string
  time: string
  led: ShownLed[]
}

/** A changed sentence with the concerns and the letters that led to it; without pieces what led to all of them. */
interface ShownLed {
  pieces: Difference[] | null
  concerns: { href: string; name: string }[]
  letters: { href: string; name: string }[]
  /** So many more letters. */
  more: number
}

const mostLetters = 20

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
  behind: ReadonlyMap<string, Behind>,
): ShownWordings {
  const shown = (clause: { text: string }, wording: RevisedWording) =>
    shownWording(request.consultation, clause, wording, behind.get(wording.id))
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

function shownWording(
  { slug }: Pick<Consultation, 'slug'>,
  clause: { text: string },
  { text, reason, updatedAt }: RevisedWording,
  behind: Behind = { comments: [], concerns: [] },
): ShownWording {
  const restores = restoresClause(clause, { text })
  const pieces = restores ? [] : differences(clause.text, text)
  return {
    pieces,
    led: ledBy(clause.text, pieces, behind).map(({ pieces, comments, concerns }) => ({
      pieces,
      concerns: concerns.map(({ id, sentence }) => ({
        href: `/office/${slug}/concerns/${id}`,
        name: sentence,
      })),
      letters: comments.slice(0, mostLetters).map(({ publicId }, place) => ({
        href: `/office/${slug}/splits/${publicId}`,
        name: `意见 ${place + 1}`,
      })),
      more: Math.max(0, comments.length - mostLetters),
    })),
    restores,
    reason,
    time: shanghaiMinute(updatedAt),
  }
}

/** Whether a wording is the clause as it was put out, so that nothing is changed any more. */
export function restoresClause(clause: { text: string }, wording: { text: string }): boolean {
  return clause.text === wording.text
}
