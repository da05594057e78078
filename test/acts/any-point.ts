import { points } from '../../db/schema/index.ts'

import type { Around } from './around.ts'

/** A point, of whatever comment; null where there is none. */
export async function anyPoint({ db, chance }: Around) {
  const count = await db.query.$count(points)
  const [row] = await db.query
    .select()
    .from(points)
    .orderBy(points.markedAt, points.start, points.id)
    .limit(1)
    .offset(chance(Math.max(1, count)))
  return row ?? null
}
