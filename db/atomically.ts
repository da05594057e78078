import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { RunnableQuery } from 'drizzle-orm/runnable-query'
import type { Why } from './refused.ts'

export interface Written extends PgQueryResultHKT {
  readonly type: { rowCount: number }
}

/** What builds statements on both engines; a write without `returning` answers how many rows it touched. */
export type Query = Pick<
  PgDatabase<Written>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'
>

/** What builds statements that only read. */
export type Reads = Pick<Query, 'select' | 'selectDistinct' | '$count'>

/** A statement that has been built and not yet awaited. */
export type Statement<Result = unknown> = RunnableQuery<Result, 'pg'> & PromiseLike<Result>

/** The rows of each statement of a list, in its order; none where a statement returns none. */
export type RowsOfEach<Statements extends readonly Statement[]> = {
  -readonly [Place in keyof Statements]: Statements[Place] extends Statement<infer Result>
    ? Result extends unknown[]
      ? Result
      : []
    : never
}

/**
 * Runs a list of statements, all or nothing.
 * @throws Refused when a `must` of the list returned no row; DatabaseError when the engine refused one
 */
export type Atomically = <const Statements extends readonly Statement[]>(
  build: (tx: Query) => Statements,
) => Promise<RowsOfEach<Statements>>

const musts = new WeakMap<object, Why>()

/**
 * Marks the statement that decides a list: where it returns no row, the whole list is undone and throws Refused.
 * @param why what it means that there is no row
 */
export function must<Deciding extends Statement<unknown[]>>(why: Why, statement: Deciding): Deciding {
  musts.set(statement, why)
  return statement
}

/** Why a list is refused where this statement of it returned no row; null where that refuses nothing. */
export function reasonOf(statement: object): Why | null {
  return musts.get(statement) ?? null
}
