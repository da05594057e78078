import { and, asc, eq, inArray } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { ProposedWording } from '../../../server/text/comparing/proposed-difference.ts'
import { proposedWordings } from '../../../server/text/words/proposed-wordings.ts'
import type { Database } from '../../database.ts'
import {
  comments,
  concerns,
  points,
  revisedWordings,
  wordingComments,
  wordingConcerns,
  wordingPoints,
} from '../../schema/index.ts'

/** A comment that led to a wording, whole or by points of it. */
export interface CommentBehind {
  publicId: string
  isPublished: boolean
  /** What it wanted the clause to say, in so many words. */
  wordings: ProposedWording[]
  /** The concerns into which its points on the clause were gathered. */
  concerns: string[]
}

/** What led to a wording. */
export interface Behind {
  comments: CommentBehind[]
  concerns: { id: string; sentence: string }[]
}

/** What led to some wordings, by their ids; what nothing led to is there with nothing. */
export async function behindWordings(db: Database, ids: string[]): Promise<Map<string, Behind>> {
  if (ids.length === 0) return new Map()
  const [whole, parts, gathered] = await Promise.all([
    commentsBehind(db, ids),
    pointsBehind(db, ids),
    db.query
      .select({ wordingId: wordingConcerns.wordingId, id: concerns.id, sentence: concerns.sentence })
      .from(wordingConcerns)
      .innerJoin(concerns, eq(concerns.id, wordingConcerns.concernId))
      .where(inArray(wordingConcerns.wordingId, ids))
      .orderBy(asc(concerns.createdAt), asc(concerns.id)),
  ])
  return new Map(
    ids.map((wording) => [
      wording,
      {
        comments: whole
          .filter(({ wordingId }) => wordingId === wording)
          .map(({ commentId, publicId, state, ...own }) => {
            const on = parts.filter((one) => one.wordingId === wording && one.commentId === commentId)
            const ticked = on.filter(({ pointId }) => pointId !== null)
            const meant = ticked.length > 0 ? ticked : on
            const said = ticked.flatMap(({ text }) => proposedWordings(text))
            return {
              publicId,
              isPublished: state === 'published',
              wordings: said.length > 0 || own.proposal === null ? said : [own],
              concerns: meant.flatMap(({ concernId }) => concernId ?? []),
            }
          }),
        concerns: gathered
          .filter(({ wordingId }) => wordingId === wording)
          .map(({ id, sentence }) => ({ id, sentence })),
      },
    ]),
  )
}

function commentsBehind(db: Database, ids: string[]) {
  const { publicId, state, proposal, wording, quote } = comments
  return db.query
    .select({
      wordingId: wordingComments.wordingId,
      commentId: comments.id,
      ...{ publicId, state, proposal, wording, quote },
    })
    .from(wordingComments)
    .innerJoin(comments, eq(comments.id, wordingComments.commentId))
    .where(and(inArray(wordingComments.wordingId, ids), inArray(state, [...admittedStates])))
    .orderBy(asc(wordingComments.wordingId), asc(publicId))
}

/** The points of those comments on the wording's clause, with what they say; `pointId` where it was ticked itself. */
async function pointsBehind(db: Database, ids: string[]) {
  const { start, end } = points
  const rows = await db.query
    .select({
      wordingId: wordingComments.wordingId,
      commentId: points.commentId,
      pointId: wordingPoints.pointId,
      concernId: points.concernId,
      ...{ start, end, body: comments.body },
    })
    .from(wordingComments)
    .innerJoin(revisedWordings, eq(revisedWordings.id, wordingComments.wordingId))
    .innerJoin(
      points,
      and(
        eq(points.commentId, wordingComments.commentId),
        eq(points.kind, 'point'),
        eq(points.clause, revisedWordings.clause),
      ),
    )
    .innerJoin(comments, eq(comments.id, points.commentId))
    .leftJoin(
      wordingPoints,
      and(eq(wordingPoints.wordingId, wordingComments.wordingId), eq(wordingPoints.pointId, points.id)),
    )
    .where(inArray(wordingComments.wordingId, ids))
  return rows.map(({ start, end, body, ...row }) => ({
    ...row,
    text: [...body].slice(start, end).join(''),
  }))
}
