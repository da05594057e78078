import { index, instant, json, sequence, table, text } from '../columns.ts'

/** 操作日志: every staff act. States, positions and digests only: no personal data. Append-only by trigger. */
export const log = table(
  'log',
  {
    number: sequence('number'),
    at: instant('at').notNull(),
    staffId: text('staff_id'),
    act: text('act').notNull(),
    subject: text('subject').notNull(),
    detail: json<Record<string, unknown>>('detail').notNull(),
  },
  (t) => [index('log_subject').on(t.subject), index('log_at').on(t.at)],
)
