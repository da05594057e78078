import { getTableColumns, is, Table } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as schema from '../../db/schema/index.ts'

const columns = Object.values(schema)
  .filter((value) => is(value, Table))
  .flatMap((table) => Object.values(getTableColumns(table)))

test('every value comes from the app: a prepared insert would give its first default to every row', () => {
  expect(columns.length).toBeGreaterThan(50)
  const defaulted = columns.filter(
    ({ defaultFn, onUpdateFn, default: sqlDefault }) => defaultFn ?? onUpdateFn ?? sqlDefault,
  )
  expect(defaulted.map(({ name }) => name)).toEqual([])
})
