import { and, asc, gt, inArray, isNotNull } from 'drizzle-orm'
import type { FactKind } from '../../../server/rules/evidence/facts.ts'
import type { Database } from '../../database.ts'
import { comments, digests, submissions } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { digestsOfRows } from './digests.ts'
import { type KindOfRow, kindsOfRows } from './kinds.ts'
import { type EvidenceProblem, wrongWith } from './problems.ts'

const page = 500

const kinds: readonly Pick<KindOfRow, 'kind' | 'table' | 'keys' | 'holds'>[] = [
  { kind: 'submissions', table: submissions, keys: [submissions.id], holds: undefined },
  { kind: 'comments', table: comments, keys: [comments.id], holds: undefined },
  // An entry of the log that is gone is missed by its chain.
  ...kindsOfRows.filter(({ kind }) => kind !== 'log'),
]

/** What is vouched for and gone, though nobody of the portal took it away. */
export async function* removedRows(db: Database, seals: Seals): AsyncGenerator<EvidenceProblem> {
  for (let after = 0; ; ) {
    const made = await db.query
      .select({ number: digests.number, kind: digests.kind, row: digests.row })
      .from(digests)
      .where(and(gt(digests.number, after), isNotNull(digests.key)))
      .orderBy(asc(digests.number))
      .limit(page)
    for (const kind of kinds) {
      const rows = new Set(made.filter((digest) => digest.kind === kind.kind).map(({ row }) => row))
      yield* await removedAmong(db, seals, kind, rows)
    }
    const last = made.at(-1)
    if (!last) return
    after = last.number
  }
}

async function removedAmong(
  db: Database,
  seals: Seals,
  { kind, table, keys, holds }: (typeof kinds)[number],
  rows: Set<string>,
): Promise<EvidenceProblem[]> {
  const [first] = keys
  if (!first || rows.size === 0) return []
  const found: Record<string, unknown>[] = await db.query
    .select(Object.fromEntries(keys.map((key, place) => [`key${place}`, key])))
    .from(table)
    .where(
      and(
        holds,
        inArray(
          first,
          [...rows].map((row) => row.split(' ')[0] ?? row),
        ),
      ),
    )
  for (const row of found) rows.delete(keys.map((_, place) => row[`key${place}`]).join(' '))
  const digestsOf = await digestsOfRows(db, [...rows])
  return [...rows].flatMap((row) => {
    const latest = digestsOf(kind as FactKind, row).at(-1)
    const gone = { kind, row, version: 1, content: null }
    if (latest && wrongWith(seals, latest, gone) === null) return []
    return [{ kind, row, problem: 'removed' as const, since: latest?.at ?? null }]
  })
}
