import { json, table, text } from '../columns.ts'

/** What the administrator sets for the whole site: one row a subject, its value read and written whole. */
export const settings = table('settings', {
  key: text('key').primaryKey(),
  value: json<Record<string, unknown>>('value').notNull(),
})

/** Days that the calendar of 节假日 and 调休 has otherwise than the built-in one: `workday` or `holiday`. */
export const calendarDays = table('calendar_days', {
  day: text('day').primaryKey(),
  kind: text('kind').notNull(),
})
