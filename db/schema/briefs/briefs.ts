import type { BriefSection, SectionKind } from '../../../server/rules/briefs/brief.ts'
import { index, instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'

/** 意见情况摘要 as of a day (YYYY-MM-DD, Shanghai): asked for, being made, or made. */
export const briefs = table(
  'briefs',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    day: text('day').notNull(),
    /** Null where it has been made since it was asked for last. */
    askedAt: instant('asked_at'),
    /** Null where it has not been made yet; its sections are those of then. */
    madeAt: instant('made_at'),
    /** How many comments have been read of how many, while it is made. */
    done: integer('done').notNull(),
    total: integer('total').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.day] }), index('briefs_asked').on(t.askedAt)],
)

/** A part of a brief: of the whole, of a clause or of a theme. No words of comments stand in it, only places in them. */
export const briefSections = table(
  'brief_sections',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    day: text('day').notNull(),
    kind: text('kind').$type<SectionKind>().notNull(),
    /** A clause's key or a theme's id; empty for the whole. */
    key: text('key').notNull(),
    said: json<BriefSection>('said').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.day, t.kind, t.key] })],
)
