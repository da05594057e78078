import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { RunnableQuery } from 'drizzle-orm/runnable-query'

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

/** A `must` returned no row: somebody else was first, or what it asked for is not there. Nothing was changed. */
export class Refused extends Error {
  override name = 'Refused'
  /** The place in the list of the statement that returned no row. */
  readonly statement: number
  readonly label: string | null

  constructor(statement: number, label: string | null) {
    super(`statement ${label ?? statement} returned no row`)
    this.statement = statement
    this.label = label
  }
}

const musts = new WeakMap<object, string | null>()

/**
 * Marks the statement that decides a list: where it returns no row, the whole list is undone and throws Refused.
 * @param label tells the deciders of one list apart
 */
export function must<Deciding extends Statement<unknown[]>>(
  statement: Deciding,
  label: string | null = null,
): Deciding {
  musts.set(statement, label)
  return statement
}

export function isMust(statement: object): boolean {
  return musts.has(statement)
}

/** The refusal of a list whose statement at this place returned no row. */
export function refusal(statements: readonly object[], place: number): Refused {
  return new Refused(place, musts.get(statements[place] ?? {}) ?? null)
}
