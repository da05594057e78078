import * as postgres from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { storableJson, storableText, storedJson } from './storable.ts'

/** The engine of this process, chosen once by DATABASE_URL. */
export const dialect = /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '') ? 'postgres' : 'sqlite'

const postgresColumns = {
  table: postgres.pgTable,
  text: postgres.customType<{ data: string }>({ dataType: () => 'text', toDriver: storableText }),
  integer: (name: string) => postgres.integer(name),
  boolean: (name: string) => postgres.boolean(name),
  instant: (name: string) => postgres.timestamp(name, { withTimezone: true, precision: 3, mode: 'date' }),
  json: <T>(name: string) =>
    postgres.customType<{ data: T }>({ dataType: () => 'jsonb', toDriver: storableJson })(name),
  sequence: (name: string) => postgres.integer(name).primaryKey().generatedByDefaultAsIdentity(),
  index: postgres.index,
  uniqueIndex: postgres.uniqueIndex,
  primaryKey: postgres.primaryKey,
  check: postgres.check,
}

const sqliteColumns = {
  table: sqlite.sqliteTable,
  text: sqlite.customType<{ data: string }>({ dataType: () => 'text', toDriver: storableText }),
  integer: (name: string) => sqlite.integer(name),
  boolean: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
  instant: (name: string) => sqlite.integer(name, { mode: 'timestamp_ms' }),
  json: <T>(name: string) =>
    sqlite.customType<{ data: T; driverData: string }>({
      dataType: () => 'text',
      toDriver: storableJson,
      fromDriver: (json): T => storedJson(json),
    })(name),
  sequence: (name: string) => sqlite.integer(name).primaryKey({ autoIncrement: true }),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  check: sqlite.check,
}

/**
 * The column builders of this process's engine. PostgreSQL's types are canonical: seen through them, nothing
 * synchronous (`.all()`, `.get()`) compiles, so one set of queries runs on both engines.
 */
export const {
  table,
  /** A text; one with a NUL or half of a surrogate pair is refused with UnstorableText. */
  text,
  integer,
  boolean,
  /** A moment: Date in and out, to the millisecond. */
  instant,
  /** A value read and written whole; null is a null column. */
  json,
  /** An integer primary key that the database counts up, and that a rebuilt table keeps. */
  sequence,
  index,
  uniqueIndex,
  primaryKey,
  check,
} = dialect === 'postgres' ? postgresColumns : (sqliteColumns as unknown as typeof postgresColumns)
