import type pg from 'pg'

/** A column of a PostgreSQL table, by what it holds. */
export interface PostgresColumn {
  name: string
  type: keyof typeof expressions
  /** Whether the database counts it up. */
  counts: boolean
}

/** How a value is read so that it is as it is everywhere, and how it is stored from a row in JSON. */
const expressions = {
  text: { read: (name: string) => name, stored: (value: string) => value },
  integer: { read: (name: string) => name, stored: (value: string) => `(${value})::integer` },
  boolean: {
    read: (name: string) => `${name}::integer`,
    stored: (value: string) => `(${value})::integer::boolean`,
  },
  'timestamp with time zone': {
    read: (name: string) => `(extract(epoch FROM ${name}) * 1000)::float8`,
    stored: (value: string) => `to_timestamp((${value})::bigint / 1000.0)`,
  },
  jsonb: { read: (name: string) => `${name}::text`, stored: (value: string) => `(${value})::jsonb` },
}

export const quoted = (name: string) => `"${name}"`

/** The expression that reads a column. */
export function readOf({ name, type }: PostgresColumn): string {
  return expressions[type].read(quoted(name))
}

/** The expression that takes a column's value out of `stored`, where it stands at this place. */
export function storedFrom({ type }: PostgresColumn, place: number): string {
  return expressions[type].stored(`stored ->> ${place}`)
}

/** The columns of each table but those that are made from others. @throws Error where one is of another type */
export async function columnsByTable(client: pg.ClientBase): Promise<Map<string, PostgresColumn[]>> {
  const { rows } = await client.query<{ table: string; name: string; type: string; counts: boolean }>(
    `SELECT table_name AS table, column_name AS name, data_type AS type, is_identity = 'YES' AS counts
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
     AND table_name NOT IN ('applied_migrations', 'public_search', 'staff_search')
     ORDER BY table_name COLLATE "C", ordinal_position`,
  )
  const tables = new Map<string, PostgresColumn[]>()
  for (const { table, name, type, counts } of rows) {
    if (!isKnown(type)) throw new Error(`${table}.${name} is of type ${type}, which is not copied`)
    tables.set(table, [...(tables.get(table) ?? []), { name, type, counts }])
  }
  return tables
}

function isKnown(type: string): type is PostgresColumn['type'] {
  return type in expressions
}

/** The primary key in an order that is the same everywhere: texts by their bytes. */
export async function orderOf(client: pg.ClientBase, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type
     FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
     WHERE indisprimary AND indrelid = $1::regclass ORDER BY array_position(indkey, attnum)`,
    [quoted(table)],
  )
  return rows.map(({ name, type }) => quoted(name) + (type === 'text' ? ' COLLATE "C"' : '')).join(', ')
}
