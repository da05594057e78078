import { index, instant, integer, json, primaryKey, table, text } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { staff } from '../staff/staff.ts'
import { comments } from '../submissions/submissions.ts'
import { themes } from './themes.ts'

/** What one person said a comment is about, when the portal had proposed something or somebody else had been asked before. */
export const themeReadings = table(
  'theme_readings',
  {
    commentId: text('comment_id')
      .notNull()
      .references(() => comments.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    /** Null: under none. It may be gone since. */
    themeId: text('theme_id'),
    /** What was proposed; null where nothing was, or where it was not shown. */
    proposedId: text('proposed_id'),
    readAt: instant('read_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.commentId, t.staffId] }),
    index('theme_readings_consultation').on(t.consultationId, t.commentId),
  ],
)

/** The theme that the portal proposes for a comment that nobody has put under one. Nothing of it leaves the office. */
export const themeProposals = table(
  'theme_proposals',
  {
    commentId: text('comment_id')
      .primaryKey()
      .references(() => comments.id),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    themeId: text('theme_id')
      .notNull()
      .references(() => themes.id),
    /** In thousandths. */
    confidence: integer('confidence').notNull(),
    /** What decided: words of lists only, nothing that only its sender wrote. */
    words: json<string[]>('words').notNull(),
  },
  (t) => [index('theme_proposals_queue').on(t.consultationId, t.confidence, t.commentId)],
)

/** A theme that nobody has made yet, by the comments that it would take; what they say is read from them when it is shown. */
export interface KeptCandidate {
  title: string
  words: string[]
  /** Public ids of comments that are one point, the most typical first. */
  comments: string[]
  /** Ids of parts of split letters, the most typical first; not there in what was found before they were read. */
  points?: string[]
  people: number
  stances: Record<string, number>
  /** Which sentence of which comment, or of which part of one. */
  sentences: { comment: string; at: number; point?: string }[]
}

/** How far the learning has come. */
export interface LearningStanding {
  /** Points that were read, and how many of them a person has put under a theme. */
  read: number
  assigned: number
  /** How many the portal proposes, by the id of the theme. */
  proposed: Record<string, number>
  /** Comments that two persons have read, and on how many they agree; what was proposed and read, and what was confirmed. */
  twice: number
  agreed: number
  checked: number
  confirmed: number
  candidates: KeptCandidate[]
  /** Points that fit no candidate. */
  rest: number
}

/** When a consultation's comments are to be read for themes, when they were, and what came of it. */
export const themeLearning = table('theme_learning', {
  consultationId: text('consultation_id')
    .primaryKey()
    .references(() => consultations.id),
  /** Null where nothing has been asked since. */
  askedAt: instant('asked_at'),
  learntAt: instant('learnt_at'),
  /** How many acts of staff have put something under a theme since it was asked last. */
  acts: integer('acts').notNull(),
  standing: json<LearningStanding>('standing'),
})
