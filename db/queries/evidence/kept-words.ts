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
  const hidden = new Map(sealed.map((row) => [`${row.commentId} ${row.version}`, row]))
  return {
    replaced: (id, version) => replaced.get(`${id} ${version}`) ?? null,
    original(id, version) {
      const row = hidden.get(`${id} ${version}`)
      return row ? JSON.parse(openedOr(seals, row.sealed, originalPlace(id), '{}')) : null
    },
  }
}
