import { inArray } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { type comments, originals, versions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { originalPlace } from '../moderation/originals.ts'
import { openedOr } from './parts.ts'

type Comment = typeof comments.$inferSelect
type Words = Pick<Comment, 'stance' | 'body' | 'proposal' | 'wording' | 'quote'>

/** What comments said before. */
export interface KeptWords {
  /** What a version said when it was replaced. */
  replaced(id: string, version: number): Words | null
  /** What a version said before it was redacted. */
  original(id: string, version: number): Pick<Words, 'body' | 'wording'> | null
  /** The clause on which a comment came. */
  firstClause(comment: Pick<Comment, 'id' | 'clause'>): string
  /** The clause on which a version put it, where whoever entered it corrected that; else null. */
  putOn(comment: Pick<Comment, 'id' | 'clause'>, version: number): string | null
}

/** What these comments said before they were revised or redacted. */
export async function keptWords(
  db: Database,
  seals: Seals,
  said: readonly Pick<Comment, 'id'>[],
): Promise<KeptWords> {
  const ids = said.map(({ id }) => id)
  const [earlier, sealed] = await Promise.all([
    db.query.select().from(versions).where(inArray(versions.commentId, ids)),
    db.query.select().from(originals).where(inArray(originals.commentId, ids)),
  ])
  const replaced = new Map(earlier.map((row) => [`${row.commentId} ${row.version}`, row]))
  const moves = (id: string) =>
    earlier
      .filter(({ commentId, clause }) => commentId === id && clause !== null)
      .sort((a, b) => a.version - b.version)
  const hidden = new Map(sealed.map((row) => [`${row.commentId} ${row.version}`, row]))
  return {
    firstClause: ({ id, clause }) => moves(id)[0]?.clause ?? clause,
    putOn: ({ id, clause }, version) =>
      replaced.get(`${id} ${version - 1}`)?.clause
        ? (moves(id).find((move) => move.version >= version)?.clause ?? clause)
        : null,
    replaced: (id, version) => replaced.get(`${id} ${version}`) ?? null,
    original(id, version) {
      const row = hidden.get(`${id} ${version}`)
      return row ? JSON.parse(openedOr(seals, row.sealed, originalPlace(id), '{}')) : null
    },
  }
}
