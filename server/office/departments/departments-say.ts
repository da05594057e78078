import type { Database } from '../../../db/database.ts'
import type { AnswerTarget } from '../../../db/queries/answers/answer-targets.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type Cosignature, cosignaturesOf } from '../../../db/queries/departments/cosignatures.ts'
import { confirmedReplies } from '../../../db/queries/departments/department-replies.ts'
import { type AssignedThing, positionNames } from '../../rules/departments/assignments.ts'
import { nameOf } from '../../rules/names.ts'
import { type ShownReply, shownReply } from './given-thing.ts'

/** What a department said that was asked to sign. */
export interface ShownCosignature extends Cosignature {
  positionName: string
  /** It differs, and that is not settled. */
  isUnresolved: boolean
}

export interface DepartmentsSay {
  replies: ShownReply[]
  cosignatures: ShownCosignature[]
}

/** What departments have confirmed of what an answer is for, and how they signed the concern that it is. */
export async function departmentsSay(
  db: Database,
  { id, slug }: Consultation,
  target: AnswerTarget,
): Promise<DepartmentsSay> {
  const [replies, cosignatures] = await Promise.all([
    confirmedReplies(db, id, thingsIn(target)),
    target.kind === 'concern' ? shownCosignatures(db, target.id) : [],
  ])
  return {
    replies: replies.map((one) => shownReply(one, `/office/${slug}/departments/${one.departmentId}/letters`)),
    cosignatures,
  }
}

function thingsIn(target: AnswerTarget): AssignedThing[] {
  const comments = (ids: string[]): AssignedThing[] => ids.map((id) => ({ kind: 'comment', target: id }))
  switch (target.kind) {
    case 'concern':
      return [{ kind: 'concern', target: target.id }]
    case 'points':
      return [
        ...target.ids.map((id): AssignedThing => ({ kind: 'point', target: id })),
        ...comments(target.comments),
      ]
    case 'comments':
      return comments(target.ids)
    case 'reading':
      return []
  }
}

export async function shownCosignatures(db: Database, concernId: string): Promise<ShownCosignature[]> {
  const rows = await cosignaturesOf(db, concernId)
  return rows.map((row) => ({
    ...row,
    positionName: row.position === null ? '还没有会签' : nameOf(positionNames, row.position),
    isUnresolved: row.position === 'differ' && !row.resolved,
  }))
}
