import { index, instant, json, primaryKey, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { comments } from '../submissions/submissions.ts'

/** 主题: what comments are about. A comment that has one of `words`, on `clause` where it is set, is proposed for it. */
export const themes = table(
  'themes',
  {
    id: text('id').primaryKey(),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    name: text('name').notNull(),
    words: json<string[]>('words').notNull(),
    clause: text('clause'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('themes_name').on(t.consultationId, t.name)],
)

/** The comments that a person has put under a theme. */
export const commentThemes = table(
  'comment_themes',
  {
    themeId: text('theme_id')
      .notNull()
      .references(() => themes.id),
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
  },
  (t) => [primaryKey({ columns: [t.themeId, t.commentId] }), index('comment_themes_comment').on(t.commentId)],
)
