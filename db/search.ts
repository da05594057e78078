import { and, desc, eq, gt, notExists, notInArray, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { bigrams, type Sought, sought } from '../server/text/words/bigrams.ts'
import type { Query } from './atomically.ts'
import { dialect, integer, table, text } from './columns.ts'
import type { Database } from './database.ts'
import { filled } from './filled.ts'

const indexTable = (name: string) =>
  table(name, { rowid: integer('rowid').primaryKey(), words: text('words').notNull() })

/** Made by triggers-and-search.*.sql: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL. */
const indexes = {
  /** Holds only what the public may read, and is written when that is published. */
  public: indexTable('public_search'),
  staff: indexTable('staff_search'),
}

/** Some tens of milliseconds of the writer's time. */
const pagesAStep = 500

export type SearchIndex = keyof typeof indexes

/** The statements after which a comment is found by `text` alone, whatever it was found by before. */
export function remember(tx: Query, index: SearchIndex, comment: number, text: string) {
  return [forget(tx, index, comment), insertEntry[index](tx, { comment, words: bigrams(text) })]
}

const entering = (index: SearchIndex) =>
  filled((tx: Query, { comment, words }: { comment: number; words: string }) =>
    tx.insert(indexes[index]).values({ rowid: comment, words: indexed(words) }),
  )

/** The statement after which a comment that an index knows is found by `text` alone; it learns of no other. */
export function rememberAnew(tx: Pick<Query, 'update'>, index: SearchIndex, comment: number, text: string) {
  return tx
    .update(indexes[index])
    .set({ words: indexed(bigrams(text)) })
    .where(eq(indexes[index].rowid, comment))
}

/** The words of a text as an index holds them. */
export const searchWords = bigrams

/**
 * The statement after which a comment is found by a text, on a condition and unless it is found by something already.
 * @param held its {@link searchWords}
 */
export function rememberUnlessFound(
  tx: Query,
  index: SearchIndex,
  comment: number,
  held: string,
  condition: SQL,
) {
  const { rowid } = indexes[index]
  const known = tx.select({ rowid }).from(indexes[index]).where(eq(rowid, comment))
  const entry = {
    rowid: sql<number>`cast(${comment} as integer)`.as('rowid'),
    words: sql<string>`${indexed(held)}`.as('words'),
  }
  return tx.insert(indexes[index]).select(
    tx
      .select(entry)
      .from(sql`(select 1) as entry`)
      .where(and(notExists(known), condition)),
  )
}

/** The condition that an index does not know a comment, of those after a number. */
export function unremembered(
  tx: Pick<Query, 'select'>,
  index: SearchIndex,
  comment: PgColumn,
  after: number,
): SQL {
  const { rowid } = indexes[index]
  return notInArray(comment, tx.select({ rowid }).from(indexes[index]).where(gt(rowid, after)))
}

/** How many entries an index has beyond these comments' numbers. */
export function strangersIn(
  db: Pick<Database, 'query'>,
  index: SearchIndex,
  known: SQLWrapper,
): Promise<number> {
  return db.query.$count(indexes[index], sql`${indexes[index].rowid} not in ${known}`)
}

/** The highest number of a comment that an index knows; 0 where it is empty. */
export async function lastRemembered(db: Pick<Database, 'query'>, index: SearchIndex): Promise<number> {
  const { rowid } = indexes[index]
  const [row] = await db.query.select({ rowid }).from(indexes[index]).orderBy(desc(rowid)).limit(1)
  return row?.rowid ?? 0
}

function indexed(words: string): SQL {
  return dialect === 'postgres' ? sql`to_tsvector('simple', ${words})` : sql`${words}`
}

/** The statement after which a comment is not found any more. */
export function forget(tx: Query, index: SearchIndex, comment: number) {
  return deleteEntry[index](tx, { comment })
}

const forgetting = (index: SearchIndex) =>
  filled((tx: Query, { comment }: { comment: number }) =>
    tx.delete(indexes[index]).where(eq(indexes[index].rowid, comment)),
  )

const insertEntry = { public: entering('public'), staff: entering('staff') }
const deleteEntry = { public: forgetting('public'), staff: forgetting('staff') }

/**
 * Rewrites an index without what was forgotten, in short steps between which others write. On SQLite a deletion only
 * marks an entry, even with secure-delete, and its words stay in the file until then; PostgreSQL's vacuum does the same.
 */
export async function eraseForgotten(db: Pick<Database, 'atomically'>, index: SearchIndex): Promise<void> {
  if (dialect === 'postgres') return
  const name = `${index}_search`
  const commands = table(name, { command: text(name), rank: integer('rank') })
  const changes = { total: sql<number>`total_changes()` }
  let pages = -pagesAStep
  for (;;) {
    const [[before], , [after]] = await db.atomically((tx) => [
      tx.select(changes).from(sql`(select 1)`),
      tx.insert(commands).values({ command: 'merge', rank: pages }),
      tx.select(changes).from(sql`(select 1)`),
    ])
    if ((after?.total ?? 0) - (before?.total ?? 0) < 2) return
    pages = pagesAStep
  }
}

/** The condition that a comment holds all that was looked for; punctuation alone is found nowhere. */
export function found(index: SearchIndex, comment: PgColumn, query: string): SQL {
  const words = sought(query)
  if (!words) return sql`1 = 0`
  const { rowid } = indexes[index]
  return sql`${comment} in (select ${rowid} from ${indexes[index]} where ${matches(index, words)})`
}

function matches(index: SearchIndex, { pairs, initials }: Sought): SQL {
  if (dialect === 'postgres') {
    const expression = [...pairs, ...initials.map((initial) => `${initial}:*`)].join(' & ')
    return sql`${indexes[index].words} @@ to_tsquery('simple', ${expression})`
  }
  const expression = [...pairs.map((pair) => `"${pair}"`), ...initials.map((initial) => `"${initial}"*`)]
  return sql`${indexes[index]} match ${expression.join(' ')}`
}
