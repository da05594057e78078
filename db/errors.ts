import Sqlite from 'better-sqlite3'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import pg from 'pg'
import { DatabaseError } from './database-error.ts'

/** A text that no engine keeps faithfully: it holds a NUL or half of a surrogate pair. */
export class UnstorableText extends Error {
  override name = 'UnstorableText'

  constructor() {
    super('a text holds a NUL or half of a surrogate pair')
  }
}

/** A column of JSON holds something else: its row was damaged on the disk, or written by another program. */
export class DamagedJson extends Error {
  override name = 'DamagedJson'

  constructor() {
    super('what is stored as JSON is none')
  }
}

/** Whether `error` says that a row with this key was there already. */
export function isUniqueViolation(error: unknown): boolean {
  const codes = ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']
  return error instanceof DatabaseError && codes.includes(error.code)
}

/** Runs one piece of work; whatever an engine throws leaves without the statement's values. */
export async function withoutValues<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw told(error)
  }
}

const running = ['execute', 'run', 'all', 'get', 'values']

/** The same prepared query, whose errors leave without the statement's values. */
export function quiet<Prepared extends object>(prepared: Prepared): Prepared {
  for (const name of running) {
    const run: unknown = Reflect.get(prepared, name)
    if (typeof run !== 'function') continue
    const value = (...args: unknown[]) => withoutValues(() => run.apply(prepared, args))
    Object.defineProperty(prepared, name, { value })
  }
  return prepared
}

function told(error: unknown): unknown {
  if (error instanceof DrizzleQueryError) return told(error.cause)
  if (error instanceof Sqlite.SqliteError) return new DatabaseError(error.code, error.message)
  if (!(error instanceof pg.DatabaseError)) return error
  const { code = 'unknown', message } = error
  if (code === '22021' || code === '22P05') return new UnstorableText()
  return new DatabaseError(code, quotesValues(code) ? `data exception ${code}` : message)
}

/** PostgreSQL quotes the value it could not read in the messages of class 22. */
function quotesValues(code: string): boolean {
  return code.startsWith('22')
}
