import { asc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { Draft, Unit } from '../../../server/text/outlining/outline.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { units } from '../../schema/index.ts'

export type StoredUnit = typeof units.$inferSelect

/** A round's units in document order. */
export function roundUnits(db: Database, roundId: string): Promise<StoredUnit[]> {
  return db.query.select().from(units).where(eq(units.roundId, roundId)).orderBy(asc(units.position))
}

/** What was stored of a round, as the text's own functions take it. */
export function draftOf(round: Pick<Draft, 'title' | 'artefacts'>, stored: StoredUnit[]): Draft {
  const read = stored.map(({ kind, cells, ...unit }): Unit => {
    const { key, level, label, citation, heading, text } = unit
    return {
      key,
      kind: kindOf(kind),
      level,
      label,
      citation,
      heading,
      text,
      ...(cells ? { table: cells } : {}),
    }
  })
  return { title: round.title, artefacts: round.artefacts, units: read }
}

function kindOf(stored: string): Unit['kind'] {
  return stored === 'heading' || stored === 'table' ? stored : 'clause'
}

/** The statements that store a round's units, for the list in which the round changes. */
export function insertUnits(tx: Pick<Query, 'insert'>, roundId: string, read: Unit[]) {
  const rows = read.map((unit, position) => ({
    id: uuid(),
    roundId,
    position,
    kind: unit.kind,
    level: unit.level,
    label: unit.label,
    citation: unit.citation,
    heading: unit.heading,
    text: unit.text,
    key: unit.key,
    cells: unit.table ?? null,
  }))
  return batches(rows).map((batch) => tx.insert(units).values(batch))
}

/** SQLite takes at most 32,766 values in one statement; a unit has eleven. */
function batches<Row>(rows: Row[]): Row[][] {
  const size = 500
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
