import { and, eq, getTableColumns, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { hidden, holds } from '../../../server/rules/retractions/hiding.ts'
import type { Query, Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { forgetKeys } from '../../evidence/forgotten-keys.ts'
import { digests } from '../../schema/index.ts'
import { sources } from './office-sources.ts'
import type { Source } from './source.ts'

/** A row of the office's texts that holds the words. */
export interface OfficeText {
  source: Source
  key: (string | number)[]
  since: Date | null
  /** What its columns say that hold them. */
  said: Record<string, unknown>
  /** The whole row, where it is vouched for. */
  row: Record<string, unknown>
}

/** Every text of the office in a consultation that holds the words, whether it is out already or may be put out later. */
export async function textsHolding(
  db: Database,
  consultationId: string,
  words: string,
): Promise<OfficeText[]> {
  const found: OfficeText[] = []
  for (const source of sources) {
    // Only a clause gives its words to a quotation, and there may be a million of those.
    if (source.place === 'quote' && !found.some(({ source: { place } }) => place === 'unit')) continue
    found.push(...(await holdingIn(db, source, consultationId, words)))
  }
  return found
}

async function holdingIn(
  { slow: query }: Database,
  source: Source,
  consultationId: string,
  words: string,
): Promise<OfficeText[]> {
  const { key, columns, since } = source
  const keys = Object.fromEntries(key.map((column, place) => [`key${place}`, column]))
  const rows: Record<string, unknown>[] = await query
    .select({
      ...(source.facts ? getTableColumns(source.table) : columns),
      ...keys,
      ...(since ? { publicSince: since } : {}),
    })
    .from(source.table)
    .where(
      and(
        source.within(consultationId, query),
        or(...Object.values(columns).map((column) => written(column, words))),
      ),
    )
  return rows.flatMap((row) => {
    const said = Object.fromEntries(
      Object.keys(columns).flatMap((name) => (holds(row[name], words) ? [[name, row[name]]] : [])),
    )
    if (Object.keys(said).length === 0) return []
    const publicSince = row.publicSince instanceof Date ? row.publicSince : null
    return [
      {
        source,
        key: key.map((_, place) => row[`key${place}`] as string | number),
        since: publicSince,
        said,
        row,
      },
    ]
  })
}

/** Whether a column holds the words as they are written, in JSON too; it finds too much rather than too little. */
function written(column: PgColumn, words: string): SQL {
  const text = sql`cast(${column} as text)`
  const escaped = JSON.stringify(words).slice(1, -1)
  return sql`(replace(${text}, ${words}, '') <> ${text} or replace(${text}, ${escaped}, '') <> ${text})`
}

/**
 * The statement that takes the words out of a text. It returns no row where the text says something else by now, or is
 * gone.
 */
export function hideIn(
  tx: Pick<Query, 'update'>,
  { source, key, said, row }: OfficeText,
  words: string,
  now: Date,
) {
  const { table, place, columns } = source
  const shown = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, hidden(value, words, place)]),
  )
  const unchanged = Object.entries(columns).flatMap(([name, column]) =>
    typeof said[name] === 'string' ? [eq(column, said[name])] : [],
  )
  const hiding = tx
    .update(table)
    .set(shown)
    .where(and(...source.key.map((column, at) => eq(column, key[at])), ...unchanged))
    .returning(Object.fromEntries(source.key.map((column, at) => [`key${at}`, column])))
  return attests(hiding, now, ...(source.facts?.({ ...row, ...shown }) ?? []))
}

/** The statements after which no digest tells what a text said before. */
export function forgetSaid(tx: Pick<Query, 'update'>, { source, row }: OfficeText): Statement[] {
  const facts = source.facts?.(row) ?? []
  return facts.map(({ kind, row }) => forgetKeys(tx, kind, eq(digests.row, row)))
}
