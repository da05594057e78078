import { inArray } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { staff } from '../schema/index.ts'

/** The names of members of staff by their ids, disabled accounts included. */
export async function staffNames(
  db: Database,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter((id) => id !== null)
  if (known.length === 0) return new Map()
  const rows = await db.query
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(inArray(staff.id, known))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
