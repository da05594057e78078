import { createHash } from 'node:crypto'
import { and, count, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { comments, examinations, rounds, units } from '../../schema/index.ts'

/** So many are asked about at once. */
const size = 1000

/** How many of these comments stand in each clause, the most first. @param ids the inner ones */
export async function clausesOf(
  { slow }: Database,
  ids: readonly string[],
): Promise<{ clause: string; name: string | null; count: number }[]> {
  const found = new Map<string, { clause: string; name: string | null; count: number }>()
  for (const some of parts(ids)) {
    const rows = await slow
      .select({
        consultationId: comments.consultationId,
        clause: comments.clause,
        name: sql<string | null>`max(coalesce(${units.label}, ${units.citation}))`,
        count: count(),
      })
      .from(comments)
      .leftJoin(
        rounds,
        and(eq(rounds.consultationId, comments.consultationId), eq(rounds.number, comments.round)),
      )
      .leftJoin(units, and(eq(units.roundId, rounds.id), eq(units.key, comments.clause)))
      .where(inArray(comments.id, some))
      .groupBy(comments.consultationId, comments.clause)
    for (const { consultationId, ...row } of rows) {
      const key = `${consultationId} ${row.clause}`
      found.set(key, { ...row, count: row.count + (found.get(key)?.count ?? 0) })
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count)
}

/** Those of these comments in which most was found that wants a person: words that flag, personal data, much text. */
export async function riskiestOf(db: Database, ids: readonly string[], most: number): Promise<string[]> {
  const risks: { id: string; risk: number }[] = []
  for (const some of parts(ids)) {
    const rows = await db.slow
      .select({
        id: comments.id,
        length: sql<number>`length(${comments.body})`.mapWith(Number),
        flagged: examinations.flagged,
        unhandled: examinations.unhandled,
      })
      .from(comments)
      .leftJoin(
        examinations,
        and(eq(examinations.commentId, comments.id), eq(examinations.version, comments.version)),
      )
      .where(inArray(comments.id, some))
    for (const { id, length, flagged, unhandled } of rows) {
      risks.push({ id, risk: (flagged?.length ?? 0) * 10 + (unhandled ?? 0) * 3 + length / 1000 })
    }
  }
  return risks
    .sort((a, b) => b.risk - a.risk)
    .slice(0, most)
    .map(({ id }) => id)
}

/** Some of these, drawn by a lot that is the same however often it is drawn. */
export function drawn(ids: readonly string[], lot: string, most: number): string[] {
  const rank = (id: string) => createHash('sha256').update(`${lot} ${id}`).digest('hex')
  return ids
    .map((id) => [rank(id), id] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, most)
    .map(([, id]) => id)
}

function parts(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, place) =>
    ids.slice(place * size, (place + 1) * size),
  )
}
